import type { Profile } from '#modules/profiles/contract.ts'
import { loadMask } from '#modules/profiles/server/masking/load-mask.ts'
import type { Mask } from '#modules/profiles/server/masking/mask.ts'
import {
  knowingPerson,
  maskAttributes,
  maskedNames,
  shownName,
} from '#modules/profiles/server/masking/mask-person.ts'
import { numberList } from '#modules/profiles/server/number-list.ts'
import type { ReadDeps } from '#modules/profiles/server/profile-deps.ts'
import { type PersonFacts, readPeople } from '#modules/profiles/server/rebuild-people.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'

/**
 * People as the API shows them, in the given order; numbers that are nobody's any more are left out. `lastSeen`: what
 * the caller knows already of when they were last active; of whom it lacks, they never were.
 */
export async function presentPeople(
  deps: ReadDeps,
  ctx: WorkspaceCtx,
  persons: readonly number[],
  options: { inBinToo?: boolean; lastSeen?: ReadonlyMap<number, number> } = {},
): Promise<Profile[]> {
  const ws = ctx.workspace.num
  const { facts, mask } = await deps.database.read(ctx, async (tx) => ({
    facts: await readPeople(tx, ws, persons, options),
    mask: await loadMask(tx, ctx),
  }))
  const seen = options.lastSeen ?? (await lastSeenOf(deps, ws, [...facts.values()]))
  return persons.flatMap((person) => {
    const one = facts.get(person)
    return one ? [present(deps, ws, { facts: one, lastSeen: seen.get(person), mask })] : []
  })
}

/** One person, or `profile.missing`. */
export async function presentPerson(deps: ReadDeps, ctx: WorkspaceCtx, person: number): Promise<Profile> {
  const [profile] = await presentPeople(deps, ctx, [person])
  if (!profile) throw new AppError('profile.missing', 'missing', 'There is no such person.')
  return profile
}

type Seen = { facts: PersonFacts; lastSeen: number | undefined; mask: Mask }

function present(deps: ReadDeps, ws: number, { facts, lastSeen, mask }: Seen): Profile {
  const theirs = knowingPerson(mask, facts)
  return {
    id: deps.personIds.encode(ws, facts.person),
    name: shownName(theirs, facts),
    identifiers: facts.identifiers.map(({ kind, value }) => theirs.identifier({ kind, value })),
    attributes: maskAttributes(theirs, facts.attributes),
    masked: maskedNames(theirs, facts),
    tags: facts.tags,
    owner: facts.owner && {
      id: facts.owner.id,
      name: facts.owner.name,
      since: new Date(facts.owner.since).toISOString(),
    },
    firstSeen: new Date(facts.firstSeen).toISOString(),
    lastSeen: lastSeen === undefined ? null : new Date(lastSeen).toISOString(),
  }
}

/** SQL of (person, at): the last moment of every person that did anything. `only` is a condition on `unit`. */
export function lastSeenSql(personOf: ReadDeps['personOf'], only?: string): string {
  return `SELECT ${personOf('unit', 'ended')} AS person, max(ended) AS at
    FROM (SELECT unit, max(last) AS ended FROM unit_activity WHERE ws = {ws:UInt32}${only ? ` AND (${only})` : ''} GROUP BY unit)
    GROUP BY person`
}

async function lastSeenOf(
  deps: ReadDeps,
  ws: number,
  people: readonly PersonFacts[],
): Promise<Map<number, number>> {
  const units = people.flatMap((one) => one.units)
  const found = new Map<number, number>()
  // A statement may have 256 kB; a unit takes up to 17 characters.
  for (let at = 0; at < units.length; at += unitsPerQuery) {
    const rows = await deps.ch.query<{ person: number; at: number }>(
      `SELECT person, toUnixTimestamp64Milli(at) AS at FROM (${lastSeenSql(deps.personOf, `unit IN (${numberList(units.slice(at, at + unitsPerQuery))})`)})`,
      { ws },
    )
    for (const row of rows) found.set(row.person, Math.max(row.at, found.get(row.person) ?? row.at))
  }
  return found
}

const unitsPerQuery = 10_000
