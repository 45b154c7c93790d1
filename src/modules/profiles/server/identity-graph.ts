import { sql } from 'kysely'
import type { Interval } from '#modules/profiles/identity/known.ts'
import type { Identifier } from '#modules/profiles/identity/observation.ts'
import { guestsOf } from '#modules/profiles/server/identity-rows.ts'
import { loadDecisions } from '#modules/profiles/server/list-decisions.ts'
import { loadMask } from '#modules/profiles/server/masking/load-mask.ts'
import { knowingPerson } from '#modules/profiles/server/masking/mask-person.ts'
import { numberList } from '#modules/profiles/server/number-list.ts'
import { behaviour, eventsOfPerson, unitsOfPerson } from '#modules/profiles/server/person-events.ts'
import { personNumber } from '#modules/profiles/server/person-numbers.ts'
import type { ProfileDeps } from '#modules/profiles/server/profile-deps.ts'
import { unitsOfPeople } from '#modules/profiles/server/units-of-people.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Tx } from '#platform/pg/database.ts'
import type { ToldSource } from '#slots/source-teller.ts'

type NodeRow = Identifier & {
  unit: number
  person: number
  holders: number[]
  intervals: Interval[]
  first: number
}
type LinkRow = { units: number[]; alias: boolean; time: number; messageId: string; source: string | null }
type Activity = { first: number; last: number; events: number }

// More than anybody reads in a picture; the oldest evidence is what joined them.
const mostLinks = 500

/** Identifiers of a person, what joined them, whose devices were when, and what users decided. */
export async function identityGraph(deps: ProfileDeps, ctx: WorkspaceCtx, publicId: string) {
  const person = await personNumber(deps, ctx, publicId)
  const { nodes, links, sourceOf, units, decisions, mask } = await deps.database.read(ctx, async (tx) => {
    const nodes = await loadNodes(tx, person)
    const all = nodes.map((node) => node.unit)
    const links = await loadLinks(tx, all)
    return {
      nodes,
      links,
      sourceOf: await deps.sourceNames(
        tx,
        ctx,
        links.flatMap((link) => link.source ?? []),
      ),
      units: await unitsOfPerson(tx, person),
      decisions: await loadDecisions(tx, all, ctx.language),
      mask: await loadMask(tx, ctx),
    }
  })
  const theirs = knowingPerson(mask, { identifiers: nodes, attributes: {} })
  const activity = await loadActivity(deps, ctx, nodes, eventsOfPerson(deps.personOf, units))
  return {
    nodes: nodes.map((node) => {
      const shown = presentNode(deps, ctx, person, node, activity.get(node.unit))
      return { ...shown, identifier: theirs.identifier(shown.identifier) }
    }),
    links: links
      .flatMap((link) => presentLink(link, nodes, sourceOf))
      .slice(0, mostLinks)
      .map((link) => ({ ...link, a: theirs.identifier(link.a), b: theirs.identifier(link.b) })),
    decisions: decisions.map((one) => ({ ...one, identifiers: one.identifiers.map(theirs.identifier) })),
  }
}

async function loadNodes(tx: Tx, person: number): Promise<NodeRow[]> {
  return tx.rows<NodeRow>(sql`
    select unit, kind, value, person, holders::float8[] as holders, intervals, first_time as first
    from profiles.identifier where workspace_id = ${tx.workspace} and seen
      and unit = any(${unitsOfPeople(tx.workspace, [person])})
    order by unit = ${person} desc, first_time, unit`)
}

async function loadLinks(tx: Tx, units: readonly number[]): Promise<LinkRow[]> {
  return tx.rows<LinkRow>(sql`
    select units::float8[] as units, alias, time, message_id as "messageId", source from profiles.link
    where workspace_id = ${tx.workspace} and first_unit = any(${units}::bigint[]) 
    order by time, message_id, first_unit, units limit ${mostLinks}`)
}

async function loadActivity(
  deps: ProfileDeps,
  ctx: WorkspaceCtx,
  nodes: readonly NodeRow[],
  condition: string,
) {
  const ws = ctx.workspace.num
  const spans = await deps.ch.query<{ unit: number; first: number; last: number }>(
    `SELECT unit, toUnixTimestamp64Milli(min(first)) AS first, toUnixTimestamp64Milli(max(last)) AS last
     FROM unit_activity WHERE ws = {ws:UInt32} AND unit IN (${numberList(nodes.map((node) => node.unit))}) GROUP BY unit`,
    { ws },
  )
  const counts = await deps.ch.query<{ unit: number; events: number }>(
    `SELECT unit, count() AS events FROM events WHERE ${condition} AND ${behaviour} GROUP BY unit`,
    { ws },
  )
  const events = new Map(counts.map((row) => [row.unit, row.events]))
  return new Map(
    spans.map(({ unit, first, last }): [number, Activity] => [
      unit,
      { first, last, events: events.get(unit) ?? 0 },
    ]),
  )
}

function presentNode(
  deps: ProfileDeps,
  ctx: WorkspaceCtx,
  person: number,
  node: NodeRow,
  activity?: Activity,
) {
  const idOf = (one: number) => deps.personIds.encode(ctx.workspace.num, one)
  const stamp = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())
  return {
    identifier: { kind: node.kind, value: node.value },
    ref: idOf(node.unit),
    profileId: idOf(node.person),
    root: node.unit === person,
    firstSeen: stamp(Math.min(node.first, activity?.first ?? node.first)),
    lastSeen: stamp(activity?.last ?? null),
    events: activity?.events ?? 0,
    alsoHeldBy: [node.person, ...guestsOf(node)].filter((one) => one !== person).map(idOf),
    intervals: node.intervals.map((one) => ({
      from: stamp(one.from),
      to: stamp(one.to),
      profileId: idOf(one.person),
    })),
  }
}

/** A set of identifiers seen together, as pairs of those that are this person's. */
function presentLink(link: LinkRow, nodes: readonly NodeRow[], sourceOf: (id: string) => ToldSource) {
  const named = link.units.flatMap((unit) => nodes.find((node) => node.unit === unit) ?? [])
  return named.flatMap((a, at) =>
    named.slice(at + 1).map((b) => ({
      a: { kind: a.kind, value: a.value },
      b: { kind: b.kind, value: b.value },
      time: new Date(link.time).toISOString(),
      messageId: link.messageId,
      source: link.source === null ? null : sourceOf(link.source),
      rule: link.alias ? 'alias' : 'together',
    })),
  )
}
