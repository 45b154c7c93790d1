import { createHash } from 'node:crypto'
import type { AnyQuestion } from '#modules/analytics/server/analysis.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'

/**
 * Names an answer by everything that shapes it besides data: the question, its days, the zone; of the asker whom they may ask
 * about (audience, scope and recycle bin as they are compiled, values included), how they see personal data, and whether they
 * may see orders. Two askers share an answer only where all of it is equal.
 */
export function answerKey(inquiry: Inquiry, { range: _, ...question }: AnyQuestion, days: unknown): string {
  const { mask } = inquiry
  const shaped = {
    question,
    days,
    zone: inquiry.zone,
    whom: [inquiry.whom, inquiry.given],
    sight: mask.full ? 'full' : [...mask.personal].toSorted(),
    orders: inquiry.ctx.permissions.has('order:read'),
  }
  return createHash('sha256').update(inOneOrder(shaped)).digest('base64url')
}

/** JSON whose objects have their keys in order: the same question is asked in many spellings. */
function inOneOrder(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    one !== null && typeof one === 'object' && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  )
}
