import { z } from 'zod'
import { Timestamp } from '#platform/http/define-routes.ts'

export const Identifier = z.object({ kind: z.string().min(1).max(64), value: z.string().min(1).max(512) })
export type Identifier = z.infer<typeof Identifier>

/** Values are what the sources sent: text, numbers, booleans, arrays, nested objects. */
export const Attributes = z.record(z.string(), z.unknown())

/** The member who looks after a person. */
export const Owner = z.object({ id: z.string(), name: z.string() })

export const Profile = z.object({
  id: z.string(),
  /** Shown name: `name`, else first and last name, else mail, phone or login. */
  name: z.string().nullable(),
  identifiers: z.array(Identifier),
  attributes: Attributes,
  /** Attributes and kinds of identifiers shown masked to who asks, and `name` where the shown name is. */
  masked: z.array(z.string()),
  tags: z.array(z.string()),
  owner: Owner.extend({ since: Timestamp }).nullable(),
  firstSeen: Timestamp.nullable(),
  lastSeen: Timestamp.nullable(),
})
export type Profile = z.infer<typeof Profile>

/** What a search box needs to name somebody. */
export const FoundPerson = Profile.pick({ id: true, name: true, identifiers: true, masked: true }).extend({
  owner: Owner.nullable(),
})
export type FoundPerson = z.infer<typeof FoundPerson>

/** A row of the people list: the columns that were asked for, out of attributes. */
export const PersonRow = Profile

/** A public person id in the path. */
export const OneProfile = z.object({ id: z.string().min(1).max(64) })
