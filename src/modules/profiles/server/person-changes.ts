import { sql } from 'kysely'
import type { ActorName } from '#platform/context.ts'
import type { Tx } from '#platform/pg/database.ts'

export type PersonChangeKind = 'owner' | 'attributes' | 'trashed' | 'restored'

/** Who did it, when and why; `batch`: as part of work on many that can be undone as a whole. */
export type ChangeTrace = {
  actor: ActorName
  at: number
  why?: string | null
  batch?: string | null
}

/** Notes what a user did to people, each with its own content, in the transaction that does it. */
export async function noteChanges(
  tx: Tx,
  kind: PersonChangeKind,
  changes: readonly { person: number; content: Record<string, unknown> }[],
  { actor, at, why, batch }: ChangeTrace,
): Promise<void> {
  if (changes.length === 0) return
  await tx.run(sql`
    insert into profiles.person_change (workspace_id, unit, kind, content, at, by, by_kind, why, batch)
    select ${tx.workspace}::int, person, ${kind}::text, content, ${new Date(at)}::timestamptz, ${actor.name}::text,
      ${actor.kind}::text, ${why ?? null}::text, ${batch ?? null}::text
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as r (person bigint, content jsonb)`)
}
