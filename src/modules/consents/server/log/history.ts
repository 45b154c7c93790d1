import { sql } from 'kysely'
import type { ConsentEntry } from '#modules/consents/contract/shapes.ts'
import type { ConsentDeps } from '#modules/consents/server/consent-deps.ts'
import type { ActorName, WorkspaceCtx } from '#platform/context.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'
import type { PageQuery } from '#platform/http/define-routes.ts'
import type { Tx } from '#platform/pg/database.ts'
import type { ChannelKind } from '#slots/channel-kind.ts'

export type EntryRow = {
  seq: number
  channel: ChannelKind
  topic: string
  state: ConsentEntry['state']
  at: Date
  source: ConsentEntry['source']
  proof: ConsentEntry['proof']
  by: string
  by_kind: ActorName['kind']
  applied: boolean
}

/** Everything a person said, newest first. */
export const entriesOf = (
  tx: Tx,
  person: number,
  after: { time: string; seq: number } | undefined,
  limit: number,
): Promise<EntryRow[]> =>
  tx.rows<EntryRow>(sql`
    select e.seq, e.channel, e.topic, e.state, e.at, e.source, e.proof, e.by, e.by_kind, e.applied
    from consents.entry e
    where e.workspace_id = ${tx.workspace} and e.unit in (
      select unit from read.identifier where workspace_id = ${tx.workspace} and person = ${person})
      and (${after === undefined} or (e.at, e.seq) < (${after?.time ?? null}::timestamptz, ${after?.seq ?? 0}))
    order by e.at desc, e.seq desc limit ${limit}`)

export async function consentHistory(
  deps: Pick<ConsentDeps, 'database' | 'profiles'>,
  ctx: WorkspaceCtx,
  publicId: string,
  { limit, cursor }: PageQuery,
): Promise<{ items: ConsentEntry[]; next: string | null }> {
  const person = await deps.profiles.personNumber(ctx, publicId)
  const key = decodeCursor(cursor, ['time', 'place'])
  const after = key && { time: String(key[0]), seq: Number(key[1]) }
  const rows = await deps.database.read(ctx, (tx) => entriesOf(tx, person, after, limit + 1))
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  // What was typed on a form may be a phone number or a name: it is masked like everything else.
  const mask = await deps.profiles.maskOfPerson(ctx, person)
  return {
    items: page.map((row) => ({ ...presentEntry(row), proof: mask.full ? row.proof : mask.json(row.proof) })),
    next: rows.length > limit && last ? encodeCursor([last.at.toISOString(), last.seq]) : null,
  }
}

export const presentEntry = (row: EntryRow): ConsentEntry => ({
  channel: row.channel,
  topic: row.topic === '' ? null : row.topic,
  state: row.state,
  at: row.at.toISOString(),
  source: row.source,
  proof: row.proof,
  by: { kind: row.by_kind, name: row.by },
  applied: row.applied,
})
