import { z } from 'zod'
import { SourceRef } from '#modules/access/contract.ts'
import { Timestamp } from '#platform/http/define-routes.ts'

/** Any text: sources name attributes as they like (`How did you hear about us?`). */
export const AttributeName = z
  .string()
  .min(1)
  .max(200)
  .refine((name) => /^\P{Cc}+$/u.test(name) && name.trim() === name, {
    message: 'no control characters, no spaces at either end',
  })

/** What somebody can declare an attribute to be. */
export const declaredTypes = [
  'text',
  'number',
  'boolean',
  'date',
  'enum',
  'multi_enum',
  'phone',
  'email',
  'reference',
] as const
export const DeclaredType = z.enum(declaredTypes)
export type DeclaredType = z.infer<typeof DeclaredType>
/** Seen in the first value, and not declared by anybody: `list` and `object` are such types only. */
export const AttributeType = z.enum([...declaredTypes, 'list', 'object'])
export type AttributeType = z.infer<typeof AttributeType>

export const optionColors = ['blue', 'teal', 'green', 'amber', 'orange', 'red', 'purple', 'grey'] as const

/** One value of an enum: what is stored, and what it is called. */
export const AttributeOption = z.object({
  value: z.string().trim().min(1).max(200),
  zh: z.string().trim().max(100).default(''),
  en: z.string().trim().max(100).default(''),
  color: z.enum(optionColors).nullable().default(null),
})
export type AttributeOption = z.infer<typeof AttributeOption>

const Labels = z.object({ zh: z.string().trim().max(100), en: z.string().trim().max(100) })
const Options = z
  .array(AttributeOption)
  .max(500)
  .refine((options) => new Set(options.map((one) => one.value)).size === options.length, {
    message: 'every value stands once',
  })

const Said = z.object({
  labels: Labels,
  description: z.string().trim().max(2000),
  type: DeclaredType,
  /** Of an enum, in the order they are offered. */
  options: Options,
  /** Of a reference: whose id the value is. */
  refersTo: z.enum(['person', 'company']).nullable(),
  /** Shown masked, see `POST /api/profiles/:id/reveal`. */
  personal: z.boolean(),
  /** The search box of the list of people finds its values. */
  searchable: z.boolean(),
  group: z.string().trim().max(100),
  /** Not offered where attributes are chosen; values and rules stay. */
  archived: z.boolean(),
})

export const DescribeAttribute = Said.partial().extend({ name: AttributeName })
export type DescribeAttribute = z.infer<typeof DescribeAttribute>
export const NewAttribute = Said.partial().extend({ name: AttributeName, type: DeclaredType })
export type NewAttribute = z.infer<typeof NewAttribute>

export const Attribute = Said.extend({
  name: z.string(),
  /** In the language of who asks, else in the other one. */
  label: z.string().nullable(),
  type: AttributeType,
  /** Whether somebody said what type it is; else it is what the first value looked like. */
  declared: z.boolean(),
  /** Who have a value. */
  people: z.number().int(),
  /** Of those, whose value does not fit the declared type. It stays as it was sent. */
  misfits: z.number().int(),
  examples: z.array(z.string()),
})
export type Attribute = z.infer<typeof Attribute>

export const AttributeEntry = Attribute.extend({
  everyone: z.number().int(),
  /** As values are stored: text, number, true/false, lists of them. */
  typesSeen: z.array(
    z.object({
      type: z.enum(['text', 'number', 'boolean', 'text_list', 'number_list', 'boolean_list', 'object']),
      people: z.number().int(),
    }),
  ),
  /** Some of the values that do not fit. */
  misfitExamples: z.array(z.string()),
  /** Sources that told it, since this was noted. */
  sources: z.array(SourceRef.extend({ since: Timestamp })),
  /** The latest call that told it. */
  lastSeen: Timestamp.nullable(),
  usedBy: z.array(z.object({ kind: z.enum(['segment']), id: z.string(), name: z.string() })),
})
export type AttributeEntry = z.infer<typeof AttributeEntry>
