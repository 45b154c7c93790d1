import { sql } from 'kysely'
import type { Tx } from '#platform/pg/database.ts'

/**
 * Answers kept for repeated requests, and what finished jobs were told and answered, where they name the person. A
 * repeat of such a request within its day runs anew: that is the lesser harm.
 */
export async function forgetAnswers(tx: Tx, marks: readonly string[]): Promise<void> {
  const texts = [...new Set(marks.map(inJson))]
  if (texts.length === 0) return
  const names = (column: string) =>
    sql`exists (select from unnest(${texts}::text[]) as m (mark) where strpos(${sql.raw(column)}, m.mark) > 0)`
  await tx.run(
    sql`delete from platform.idempotency where workspace_id = ${tx.workspace} and ${names('body')}`,
  )
  await tx.run(sql`
    update platform.job set payload = '{}', result = null, error = null, title = null, note = null
    where workspace_id = ${tx.workspace} and state in ('done', 'failed', 'cancelled')
      and ${names("concat_ws(' ', payload, result, error, title, note)")}`)
}

/** As it stands in JSON; a short one only as a whole, or "u1" would be found everywhere. */
function inJson(mark: string): string {
  const text = JSON.stringify(mark)
  return mark.length < 8 ? text : text.slice(1, -1)
}
