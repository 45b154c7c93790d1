import { sql } from 'kysely'
import { type Decision, type Identifier, identifiersOf } from '#modules/profiles/identity/observation.ts'
import { type ActorName, type Ctx, sayActor } from '#platform/context.ts'
import type { Tx } from '#platform/pg/database.ts'

export type PresentedDecision = {
  id: string
  type: 'merge' | 'unmerge'
  time: string
  by: string
  identifiers: Identifier[]
}

/** Merges and partings that name any of these units, newest first. */
export async function loadDecisions(
  tx: Tx,
  units: readonly number[],
  language: Ctx['language'],
): Promise<PresentedDecision[]> {
  const rows = await tx.rows<{ content: Decision; at: Date; by: string }>(sql`
    select content, at, made_by as by from profiles.decision where workspace_id = ${tx.workspace} and id in (
      select decision_id from profiles.decision_unit
      where workspace_id = ${tx.workspace} and unit = any(${units}::bigint[])) order by at desc, id desc`)
  // What an erasure has left of a decision may name nobody.
  const telling = rows.filter(({ content }) => identifiersOf(content).length > 0)
  return telling.map(({ content, at, by }) => ({
    id: content.id,
    type: content.kind,
    time: at.toISOString(),
    by: sayActor({ kind: (content.byKind ?? 'member') as ActorName['kind'], name: by }, language),
    identifiers: identifiersOf(content).map(({ kind, value }) => ({ kind, value })),
  }))
}
