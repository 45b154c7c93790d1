import { sql } from 'kysely'
import { refoldAll } from '#modules/profiles/identity/apply-observations.ts'
import { createIdentity, loadComponents } from '#modules/profiles/identity/identity-state.ts'
import type { Delta, LinkRow } from '#modules/profiles/identity/identity-store.ts'
import { type Decision, isBefore, type Moment, textOf } from '#modules/profiles/identity/observation.ts'
import { eraseClaims } from '#modules/profiles/server/erase-claims.ts'
import type { ErasurePlan } from '#modules/profiles/server/erasure-plan.ts'
import { loadStored, saveDelta } from '#modules/profiles/server/identity-rows.ts'
import { loadIdentitySettings } from '#modules/profiles/server/identity-settings.ts'
import { pruneDecision } from '#modules/profiles/server/prune-decision.ts'
import { loadTraits, saveTraits, type UnitTraits } from '#modules/profiles/server/unit-traits.ts'
import type { Tx } from '#platform/pg/database.ts'

export type ErasedIdentity = {
  delta: Delta
  /** People who stay and look different, besides those the delta names. */
  persons: number[]
}

/**
 * Removes identifiers and everything known through them, as if nobody had ever named them, and folds anew what they
 * were connected with. `earliest`: the first events that are left of those who stay. Memory of this workspace's
 * identity is void after.
 */
export async function eraseIdentity(
  tx: Tx,
  workspace: number,
  plan: ErasurePlan,
  earliest: ReadonlyMap<number, Moment>,
): Promise<ErasedIdentity> {
  const going = new Set(plan.erased.map((id) => id.unit))
  const gone = [...going]
  const components = await componentsOf(tx, workspace, [...gone, ...earliest.keys()])
  await eraseLinks(tx, workspace, [...plan.staying, ...gone], going)
  await eraseClaims(tx, workspace, plan.staying, going)
  await eraseDecisions(tx, workspace, plan)
  await eraseSharedTraits(tx, workspace, plan)
  for (const table of await tablesByUnit(tx))
    await tx.run(sql`
      delete from ${sql.table(table)} where workspace_id = ${workspace} and unit = any(${gone}::bigint[])`)
  const later = await moveFirstSights(tx, workspace, plan.staying, earliest)
  const delta = await foldAnew(tx, workspace, components)
  await saveDelta(tx, workspace, delta)
  await tx.run(sql`
    delete from profiles.identifier_guest
    where workspace_id = ${workspace} and person = any(${plan.persons}::bigint[])`)
  const rows = await tx.rows<{ person: number }>(sql`
    select distinct person from profiles.identifier where workspace_id = ${workspace} and unit = any(${later}::bigint[])`)
  return { delta, persons: rows.map((row) => row.person) }
}

async function componentsOf(tx: Tx, workspace: number, units: readonly number[]): Promise<number[]> {
  const rows = await tx.rows<{ component: number }>(sql`
    select distinct component from profiles.identifier
    where workspace_id = ${workspace} and unit = any(${units}::bigint[])`)
  return rows.map((row) => row.component)
}

/**
 * Who was first seen together with somebody erased was first seen later: by an event of their own, or by the first of a
 * set they were in. Answers whose first sight moved.
 */
async function moveFirstSights(
  tx: Tx,
  workspace: number,
  staying: readonly number[],
  earliest: ReadonlyMap<number, Moment>,
): Promise<number[]> {
  const links = await tx.rows<LinkRow>(sql`
    select units::float8[] as units, alias, time, message_id as "messageId" from profiles.link
    where workspace_id = ${workspace} and first_unit = any(${staying}::bigint[])`)
  const first = new Map<number, Moment>(earliest)
  for (const { units, time, messageId } of links)
    for (const unit of units) {
      const known = first.get(unit)
      if (!known || isBefore({ time, messageId }, known)) first.set(unit, { time, messageId })
    }
  const moments = [...first].map(([unit, { time, messageId }]) => ({ unit, time, messageId }))
  const moved = await tx.rows<{ unit: number }>(sql`
    update profiles.identifier i set first_time = m.time, first_message_id = m."messageId"
    from jsonb_to_recordset(${JSON.stringify(moments)}::jsonb) as m (unit bigint, time bigint, "messageId" text)
    where i.workspace_id = ${workspace} and i.unit = m.unit and i.unit = any(${staying}::bigint[])
      and (i.first_time, i.first_message_id) < (m.time, m."messageId")
    returning i.unit`)
  return moved.map((row) => row.unit)
}

/** Every table of this schema that says something about an identifier, those of later versions included. */
async function tablesByUnit(tx: Tx): Promise<string[]> {
  const rows = await tx.rows<{ name: string }>(sql`
    select n.nspname || '.' || c.relname as name from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attname = 'unit' and not a.attisdropped
    where n.nspname = 'profiles' and c.relkind = 'r' order by 1`)
  return rows.map((row) => row.name)
}

/**
 * The first of a set is the one its events are stamped with: without it the events are gone, and the set with them. Any
 * other leaves a smaller set, at the earliest of its sights; an alias says nothing without one of its ends.
 */
async function eraseLinks(tx: Tx, workspace: number, units: number[], going: ReadonlySet<number>) {
  const touched = await tx.rows<LinkRow>(sql`
    delete from profiles.link where workspace_id = ${workspace} and first_unit = any(${units}::bigint[])
      and units && ${[...going]}::bigint[]
    returning units::float8[] as units, alias, time, message_id as "messageId", source`)
  const left = new Map<string, LinkRow>()
  for (const link of touched) {
    if (link.alias || going.has(link.units[0] as number)) continue
    const smaller = { ...link, units: link.units.filter((unit) => !going.has(unit)) }
    const known = left.get(smaller.units.join())
    if (smaller.units.length < 2 || (known && isBefore(known, smaller))) continue
    left.set(smaller.units.join(), smaller)
  }
  for (const { units: named, time, messageId, source } of left.values())
    await tx.run(sql`
      insert into profiles.link as l (workspace_id, first_unit, units, alias, time, message_id, source)
      values (${workspace}, ${named[0]}, ${named}::bigint[], false, ${time}, ${messageId}, ${source ?? null})
      on conflict (workspace_id, first_unit, units) do update
        set time = excluded.time, message_id = excluded.message_id, source = excluded.source
        where (excluded.time, excluded.message_id collate "C") < (l.time, l.message_id collate "C")`)
}

async function eraseDecisions(tx: Tx, workspace: number, { erased }: ErasurePlan): Promise<void> {
  const units = erased.map((id) => id.unit)
  const names = new Set(erased.map(textOf))
  const decisions = await tx.rows<{ id: string; content: Decision }>(sql`
    select id, content from profiles.decision where workspace_id = ${workspace} and id in (
      select decision_id from profiles.decision_unit where workspace_id = ${workspace} and unit = any(${units}::bigint[]))`)
  await tx.run(sql`
    delete from profiles.decision_unit where workspace_id = ${workspace} and unit = any(${units}::bigint[])`)
  for (const { id, content } of decisions)
    await tx.run(sql`
      update profiles.decision set content = ${JSON.stringify(pruneDecision(content, names))}::jsonb where id = ${id}`)
  // One that only says which others it took back is kept while these are there.
  await tx.run(sql`
    delete from profiles.decision d where id = any(${decisions.map((one) => one.id)}::text[])
      and (not exists (select from profiles.decision_unit u where u.decision_id = d.id)
        or (content->'groups' = '[]' and content->'apart' = '[]' and not exists (
          select from profiles.decision o where content->'cancels' ? o.id)))`)
}

/** Values a shared device told while it was theirs. */
async function eraseSharedTraits(tx: Tx, workspace: number, { shared, persons }: ErasurePlan): Promise<void> {
  const traits = await loadTraits(
    tx,
    workspace,
    shared.map((one) => one.unit),
  )
  const changed = new Map<number, UnitTraits>()
  for (const { unit, intervals } of shared) {
    const theirs = intervals.filter((one) => persons.includes(one.person))
    const isTheirs = (time: number) =>
      theirs.some(({ from, to }) => (from === null || from <= time) && (to === null || time < to))
    const told = Object.entries(traits.get(unit) ?? {}).map(
      ([name, values]) => [name, values.filter(([, time]) => !isTheirs(time))] as const,
    )
    if (traits.has(unit))
      changed.set(unit, Object.fromEntries(told.filter(([, values]) => values.length > 0)))
  }
  await saveTraits(tx, workspace, changed)
}

async function foldAnew(tx: Tx, workspace: number, components: readonly number[]): Promise<Delta> {
  const settings = await loadIdentitySettings(tx, workspace)
  const state = createIdentity({
    settings,
    nextUnit: () => {
      throw new Error('an erasure must not learn')
    },
  })
  loadComponents(state, [], await loadStored(tx, workspace, components))
  return refoldAll(state)
}
