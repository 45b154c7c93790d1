import { sql } from 'kysely'
import type {
  ClaimRow,
  Delta,
  IdentifierRow,
  LinkRow,
  RunRow,
  StoredComponents,
} from '#modules/profiles/identity/identity-store.ts'
import type { Decision, Identifier } from '#modules/profiles/identity/observation.ts'
import type { Tx } from '#platform/pg/database.ts'

type Guest = { person: number; unit: number }

/** Components of those identifiers that exist. The workspace is explicit: the projector works on all of them. */
export async function findComponents(
  tx: Tx,
  workspace: number,
  ids: readonly Identifier[],
): Promise<number[]> {
  const rows = await tx.rows<{ component: number }>(sql`
    select distinct i.component from profiles.identifier i
    join unnest(${ids.map((id) => id.kind)}::text[], ${ids.map((id) => id.value)}::text[]) as w (kind, value)
      on i.kind = w.kind and i.value = w.value
    where i.workspace_id = ${workspace}`)
  return rows.map((row) => row.component)
}

/** Units of known identifiers, by `kind:value`. */
export async function findUnits(
  tx: Tx,
  workspace: number,
  ids: readonly Identifier[],
): Promise<Map<string, number>> {
  const distinct = [...new Map(ids.map((id) => [`${id.kind}:${id.value}`, id])).values()]
  const rows = await tx.rows<{ kind: string; value: string; unit: number }>(sql`
    select i.kind, i.value, i.unit from profiles.identifier i
    join unnest(${distinct.map((id) => id.kind)}::text[], ${distinct.map((id) => id.value)}::text[]) as w (kind, value)
      on i.kind = w.kind and i.value = w.value
    where i.workspace_id = ${workspace}`)
  return new Map(rows.map((row) => [`${row.kind}:${row.value}`, row.unit]))
}

/** Whole components: identifiers, and the links, runs and decisions that name any of their units. */
export async function loadStored(
  tx: Tx,
  workspace: number,
  components: readonly number[],
): Promise<StoredComponents> {
  if (components.length === 0) return { identifiers: [], links: [], runs: [], decisions: [] }
  const identifiers = await tx.rows<IdentifierRow>(sql`
    select unit, kind, value, person, intervals, holders::float8[] as holders, component, first_time as "firstTime",
      first_message_id as "firstMessageId", seen
    from profiles.identifier where workspace_id = ${workspace} and component = any(${components}::bigint[]) order by unit`)
  const units = identifiers.map((row) => row.unit)
  const links = await tx.rows<LinkRow>(sql`
    select units::float8[] as units, alias, time, message_id as "messageId", source from profiles.link
    where workspace_id = ${workspace} and first_unit = any(${units}::bigint[])`)
  const runs = await tx.rows<RunRow>(sql`
    select device, key::float8[] as key, time, message_id as "messageId" from profiles.device_run
    where workspace_id = ${workspace} and device = any(${units}::bigint[])`)
  const decisions = await tx.rows<{ content: Decision }>(sql`
    select content from profiles.decision where id in (
      select decision_id from profiles.decision_unit
      where workspace_id = ${workspace} and unit = any(${units}::bigint[])) order by at, id`)
  return { identifiers, links, runs, decisions: decisions.map((row) => row.content) }
}

export async function loadStoredClaims(
  tx: Tx,
  workspace: number,
  devices: readonly number[],
): Promise<ClaimRow[]> {
  return tx.rows<ClaimRow>(sql`
    select device, key::float8[] as key, times::float8[] as times, message_ids as "messageIds" from profiles.device_claim
    where workspace_id = ${workspace} and device = any(${devices}::bigint[])`)
}

/** Writes what a batch taught; part of the caller's transaction. Arrays travel as JSON: one round trip per table. */
export async function saveDelta(tx: Tx, workspace: number, delta: Delta): Promise<void> {
  await saveIdentifiers(tx, workspace, delta)
  await saveLinks(tx, workspace, delta.links)
  await saveRuns(tx, workspace, delta)
  if (delta.claims.length > 0)
    await tx.run(sql`
      insert into profiles.device_claim (workspace_id, device, key, times, message_ids)
      select ${workspace}, device, key, times, "messageIds" from jsonb_to_recordset(${JSON.stringify(delta.claims)}::jsonb)
        as c (device bigint, key bigint[], times bigint[], "messageIds" text[])`)
  for (const { decision, units } of delta.decisions) await saveDecision(tx, workspace, decision, units)
}

async function saveIdentifiers(tx: Tx, workspace: number, delta: Delta): Promise<void> {
  if (delta.identifiers.length === 0) return
  const rows = delta.identifiers.map((one) => one.row)
  await tx.run(sql`
    insert into profiles.identifier as i (workspace_id, unit, kind, value, person, intervals, holders, component,
      first_time, first_message_id, seen)
    select ${workspace}, unit, kind, value, person, intervals, holders, component, "firstTime", "firstMessageId", seen
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (unit bigint, kind text, value text, person bigint,
      intervals jsonb, holders bigint[], component bigint, "firstTime" bigint, "firstMessageId" text, seen boolean)
    on conflict (unit) do update set person = excluded.person, intervals = excluded.intervals,
      holders = excluded.holders, component = excluded.component, first_time = excluded.first_time,
      first_message_id = excluded.first_message_id, seen = excluded.seen`)
  await saveGuests(tx, workspace, delta)
}

/** Only what differs: a device that a whole class uses has hundreds of guests, and each of its lessons names it. */
async function saveGuests(tx: Tx, workspace: number, delta: Delta): Promise<void> {
  const gone: Guest[] = []
  const added: Guest[] = []
  for (const { row, before } of delta.identifiers) {
    const now = new Set(guestsOf(row))
    const had = new Set(before ? guestsOf(before) : [])
    for (const person of had) if (!now.has(person)) gone.push({ person, unit: row.unit })
    for (const person of now) if (!had.has(person)) added.push({ person, unit: row.unit })
  }
  if (gone.length > 0)
    await tx.run(sql`
      delete from profiles.identifier_guest i
      using jsonb_to_recordset(${JSON.stringify(gone)}::jsonb) as g (person bigint, unit bigint)
      where i.workspace_id = ${workspace} and i.person = g.person and i.unit = g.unit`)
  if (added.length > 0)
    await tx.run(sql`
      insert into profiles.identifier_guest (workspace_id, person, unit)
      select ${workspace}, person, unit from jsonb_to_recordset(${JSON.stringify(added)}::jsonb) as g (person bigint, unit bigint)
      on conflict do nothing`)
}

/** People besides the home who also have this identifier. */
export function guestsOf(answer: Pick<IdentifierRow, 'person' | 'holders' | 'intervals'>): number[] {
  const guests = new Set([...answer.holders, ...answer.intervals.map((one) => one.person)])
  guests.delete(answer.person)
  return [...guests]
}

async function saveLinks(tx: Tx, workspace: number, links: readonly LinkRow[]): Promise<void> {
  if (links.length === 0) return
  await tx.run(sql`
    insert into profiles.link (workspace_id, first_unit, units, alias, time, message_id, source)
    select ${workspace}, units[1], units, alias, time, "messageId", source
    from jsonb_to_recordset(${JSON.stringify(links)}::jsonb)
      as l (units bigint[], alias boolean, time bigint, "messageId" text, source text)
    on conflict (workspace_id, first_unit, units) do update set alias = excluded.alias, time = excluded.time,
      message_id = excluded.message_id, source = excluded.source`)
}

async function saveRuns(tx: Tx, workspace: number, { newRuns, goneRuns }: Delta): Promise<void> {
  if (goneRuns.length > 0)
    await tx.run(sql`
      delete from profiles.device_run d using jsonb_to_recordset(${JSON.stringify(goneRuns)}::jsonb)
        as g (device bigint, time bigint, "messageId" text)
      where d.workspace_id = ${workspace} and d.device = g.device and d.time = g.time and d.message_id = g."messageId"`)
  if (newRuns.length > 0)
    await tx.run(sql`
      insert into profiles.device_run (workspace_id, device, key, time, message_id)
      select ${workspace}, device, key, time, "messageId" from jsonb_to_recordset(${JSON.stringify(newRuns)}::jsonb)
        as r (device bigint, key bigint[], time bigint, "messageId" text)`)
}

async function saveDecision(
  tx: Tx,
  workspace: number,
  decision: Decision,
  units: readonly number[],
): Promise<void> {
  await tx.run(sql`
    insert into profiles.decision (id, workspace_id, kind, at, made_by, content)
    values (${decision.id}, ${workspace}, ${decision.kind}, ${new Date(decision.at)}, ${decision.by ?? ''}, ${JSON.stringify(decision)})`)
  await tx.run(sql`
    insert into profiles.decision_unit (workspace_id, unit, decision_id)
    select distinct ${workspace}::int, u, ${decision.id}::text from unnest(${units}::bigint[]) u`)
}
