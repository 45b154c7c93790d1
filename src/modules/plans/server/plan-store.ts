import { sql } from 'kysely'
import type { Plan, PlanContent } from '#modules/plans/contract.ts'
import type { Tx } from '#platform/pg/database.ts'

export type StoredPlan = { workspace: number; version: number; content: PlanContent }
const noPlan: Plan = {
  mode: 'mark',
  unplanned: 'allow',
  events: [],
  version: 0,
  changedAt: null,
  changedBy: null,
}

/** The plan in force; version 0 when there is none. */
export async function loadPlan(tx: Tx): Promise<Plan> {
  const row = await tx.row<{ version: number; content: PlanContent; at: Date; by: string }>(sql`
    select version, content, made_at as at, made_by as by from plans.version
    where workspace_id = ${tx.workspace} order by version desc limit 1`)
  if (!row) return noPlan
  return { ...named(row.content), version: row.version, changedAt: row.at.toISOString(), changedBy: row.by }
}

/** Versions from before names were planned say none. */
const named = (content: PlanContent): PlanContent => ({
  ...content,
  events: content.events.map((event) => ({
    ...event,
    labels: event.labels ?? unnamed,
    properties: event.properties.map((one) => ({ ...one, labels: one.labels ?? unnamed })),
  })),
})
const unnamed = { zh: '', en: '' }

/** Adds a version. False when somebody else has added it since. */
export async function addVersion(
  tx: Tx,
  plan: { version: number; content: PlanContent; at: Date; by: string },
): Promise<boolean> {
  const added = await tx.run(sql`
    insert into plans.version (workspace_id, version, content, made_at, made_by)
    values (${tx.workspace}, ${plan.version}, ${JSON.stringify(plan.content)}::jsonb, ${plan.at}, ${plan.by})
    on conflict do nothing`)
  return added === 1
}

/** Numbers of the versions in force, of those of the workspaces that have a plan. Any transaction will do. */
export async function versionsInForce(tx: Tx, workspaces: readonly number[]): Promise<Map<number, number>> {
  const rows = await tx.rows<{ workspace: number; version: number }>(sql`
    select workspace_id as workspace, max(version) as version from plans.version
    where workspace_id = any(${[...workspaces]}::int[]) group by workspace_id`)
  return new Map(rows.map((row) => [row.workspace, row.version]))
}

export async function loadVersion(
  tx: Tx,
  workspace: number,
  version: number,
): Promise<PlanContent | undefined> {
  const row = await tx.row<{ content: PlanContent }>(
    sql`select content from plans.version where workspace_id = ${workspace} and version = ${version}`,
  )
  return row?.content
}

/** The version that judged a row of the log. */
export async function judgedBy(tx: Tx, seq: number): Promise<number | undefined> {
  const row = await tx.row<{ version: number }>(sql`select version from plans.judged where seq = ${seq}`)
  return row?.version
}

export async function saveJudged(
  tx: Tx,
  rows: readonly { seq: number; workspace: number; version: number }[],
): Promise<void> {
  if (rows.length === 0) return
  await tx.run(sql`insert into plans.judged (seq, workspace_id, version) select * from unnest(
    ${rows.map((row) => row.seq)}::bigint[], ${rows.map((row) => row.workspace)}::int[],
    ${rows.map((row) => row.version)}::int[])`)
}
