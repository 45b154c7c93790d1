import { sql } from 'kysely'
import type { MessagingPolicy } from '#modules/consents/contract/shapes.ts'
import type { Tx } from '#platform/pg/database.ts'

type Cap = NonNullable<MessagingPolicy['frequency_cap']>

/** Of several the one that lets the least through. */
const strictest = (a: Cap | null, b: Cap): Cap =>
  a === null || b.messages / b.days < a.messages / a.days ? b : a

/** The cap somebody asked for, at any of their identifiers. */
export async function readCap(tx: Tx, units: readonly number[]): Promise<Cap | null> {
  const rows = await tx.rows<Cap>(sql`
    select messages, days from consents.person_cap
    where workspace_id = ${tx.workspace} and unit = any(${[...units]}::bigint[])`)
  return rows.reduce<Cap | null>(strictest, null)
}

/** Caps of their own, by person; most have none. */
export async function readCaps(tx: Tx, persons: readonly number[]): Promise<Map<number, Cap>> {
  const rows = await tx.rows<Cap & { person: number }>(sql`
    select i.person, c.messages, c.days from consents.person_cap c
    join read.identifier i on i.workspace_id = c.workspace_id and i.unit = c.unit
    where c.workspace_id = ${tx.workspace} and i.person = any(${[...persons]}::bigint[])`)
  const caps = new Map<number, Cap>()
  for (const { person, ...cap } of rows) caps.set(person, strictest(caps.get(person) ?? null, cap))
  return caps
}

/** Replaces what was asked for at any of these identifiers; it lies at the root. */
export async function writeCap(
  tx: Tx,
  { root, home }: { root: number; home: readonly number[] },
  cap: Cap | null,
  now: number,
): Promise<void> {
  await tx.run(sql`
    delete from consents.person_cap where workspace_id = ${tx.workspace} and unit = any(${[...home]}::bigint[])`)
  if (cap !== null)
    await tx.run(sql`
      insert into consents.person_cap (workspace_id, unit, messages, days, at)
      values (${tx.workspace}, ${root}, ${cap.messages}, ${cap.days}, ${new Date(now)})`)
}
