import type { z } from 'zod'
import type { routes } from '#modules/tags/contract.ts'
import { requireOwner, type TagCare, type TagRow } from '#modules/tags/server/tag-store.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

type Said = Pick<
  z.infer<typeof routes.move.body>,
  'description' | 'color' | 'owner' | 'category' | 'validity'
>

/** What a tag is said to be after an edit; what the edit leaves out stays. */
export async function careAfter(tx: Tx, before: TagCare, said: Said): Promise<TagCare> {
  if (said.owner !== undefined && said.owner !== before.owner) await requireOwner(tx, said.owner)
  const { validity } = said
  return {
    description: said.description ?? before.description,
    color: said.color === undefined ? before.color : (said.color ?? ''),
    owner: said.owner === undefined ? before.owner : said.owner,
    category: said.category ?? before.category,
    ...(validity ? readValidity(validity) : pickValidity(before)),
  }
}

function readValidity({ from, until, days }: NonNullable<Said['validity']>) {
  if (from !== null && until !== null && Date.parse(from) >= Date.parse(until))
    throw new AppError('tag.bad_validity', 'invalid', 'A tag cannot end before it begins.', {
      details: { path: '/body/validity/until' },
    })
  return { valid_from: moment(from), valid_until: moment(until), valid_days: days }
}

const moment = (text: string | null) => (text === null ? null : new Date(text))
const pickValidity = ({ valid_from, valid_until, valid_days }: TagCare) => ({
  valid_from,
  valid_until,
  valid_days,
})

/** Whether the moment at which it comes off people is another. */
export const endsOtherwise = (a: TagRow, b: TagRow): boolean =>
  a.valid_days !== b.valid_days || a.valid_until?.getTime() !== b.valid_until?.getTime()
