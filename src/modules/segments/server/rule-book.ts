import { sql } from 'kysely'
import { personOfSql } from '#modules/profiles/index.ts'
import type { Rule } from '#modules/rules/contract.ts'
import { type CompileEnv, listReferences } from '#modules/rules/index.ts'
import { type RuleRow, readRules } from '#modules/segments/server/segment-store.ts'
import type { SegmentsOptions } from '#modules/segments/server/segments-deps.ts'
import { readyNumbers } from '#modules/segments/server/snapshots/snapshot-store.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

/** A segment as evaluation needs it. */
export type KnownSegment = {
  id: string
  num: number
  kind: 'rule' | 'list'
  rule: Rule
  state: 'building' | 'live' | 'failed'
  /** Segments its rule names. */
  uses: ReadonlySet<string>
  /** Events it reads, through other segments too. */
  events: ReadonlySet<string>
  /** Whether it asks for companies or households, and what others in them did; through other segments too. */
  circles: { asked: boolean; counted: boolean; events: ReadonlySet<string> }
  /** Conditions, those of other segments included. */
  weight: number
}

/** The rules of a workspace as they stand now. */
export type WorkspaceRules = {
  /** Numbers of lists and snapshots, by the id a rule says. */
  lists: ReadonlyMap<string, number>
  segments: ReadonlyMap<string, KnownSegment>
  byNum: ReadonlyMap<number, KnownSegment>
  env(now: number): CompileEnv
}

export type RuleBook = { of(workspace: number): Promise<WorkspaceRules> }

type Parsed = Pick<WorkspaceRules, 'segments' | 'byNum' | 'lists'> & { revision: number }

/**
 * Rules are parsed once per revision, which one short transaction compares; so every process sees a saved rule at
 * once, and a preview pays two milliseconds for it instead of reading all segments.
 */
export function openRuleBook(
  deps: Pick<SegmentsOptions, 'database' | 'ch' | 'profiles' | 'tags' | 'consents'>,
): RuleBook {
  const held = new Map<number, Parsed>()
  const personOf = personOfSql(deps.ch.database)

  async function read(tx: Tx, workspace: number) {
    const row = await tx.row<{ timezone: string; revision: number }>(sql`
      select w.timezone, coalesce(r.version, 0) as revision from platform.workspace w
      left join segments.revision r on r.workspace_id = w.num where w.num = ${workspace}`)
    if (!row) throw new AppError('workspace.missing', 'missing', 'There is no such workspace.')
    const known = held.get(workspace)
    const parsed = known?.revision === row.revision ? known : await parse(tx, workspace, row.revision)
    held.set(workspace, parsed)
    return { timezone: row.timezone, parsed }
  }

  return {
    of: (workspace) =>
      deps.database.system(async (tx) => {
        const { timezone, parsed } = await read(tx, workspace)
        const tagChildren = await deps.tags.tagDescendants(tx, workspace)
        const normalise = await deps.profiles.normaliser(tx, workspace)
        const attributeType = await deps.profiles.attributeTypes(tx, workspace)
        const consents = await deps.consents.rules(tx, workspace)
        return {
          ...parsed,
          env: (now) => ({
            now,
            timezone,
            workspace,
            personOf,
            tagChildren,
            normalise,
            tables: {
              events: 'events',
              people: 'people',
              circles: 'circle',
              circleMembers: 'circle_member',
              reach: 'person_reach',
            },
            consents,
            unitsOf,
            segments: (id) => parsed.segments.get(id)?.rule,
            lists: (id) => parsed.lists.get(id),
            // These are stored normalised; no other attribute is.
            attributeType,
          }),
        }
      }),
  }
}

/** All units whose events may be of these people; too many do no harm, the person of each event is checked. */
const unitsOf = (persons: string): string =>
  `SELECT person AS unit FROM (${persons})
    UNION ALL SELECT unit FROM unit_person WHERE person IN (${persons})
    UNION ALL SELECT unit FROM device_owner WHERE arrayExists(p -> p IN (${persons}), persons)`

async function parse(tx: Tx, workspace: number, revision: number): Promise<Parsed> {
  const segments = knowSegments(await readRules(tx, workspace))
  const snapshots = await readyNumbers(tx, workspace)
  const all = [...segments.values()]
  const lists = all.filter((one) => one.kind === 'list')
  return {
    revision,
    segments,
    byNum: new Map(all.map((one) => [one.num, one])),
    lists: new Map([...lists, ...snapshots].map((one) => [one.id, one.num])),
  }
}

/** Adds to each segment what it reaches through others. */
export function knowSegments(rows: readonly RuleRow[]): Map<string, KnownSegment> {
  const direct = new Map(
    rows.map((row) => [row.id, { row, references: listReferences(row.rule), leaves: countLeaves(row.rule) }]),
  )
  const reach = (id: string, seen: Set<string>): void => {
    if (seen.has(id) || !direct.has(id)) return
    seen.add(id)
    for (const next of direct.get(id)?.references.segments ?? []) reach(next, seen)
  }
  return new Map(
    rows.map((row) => {
      const reached = new Set<string>()
      reach(row.id, reached)
      const parts = [...reached].flatMap((id) => direct.get(id) ?? [])
      const known: KnownSegment = {
        ...row,
        uses: direct.get(row.id)?.references.segments ?? new Set(),
        events: new Set(parts.flatMap((part) => [...part.references.events.keys()])),
        circles: {
          asked: parts.some((part) => part.references.circles.asked),
          counted: parts.some((part) => part.references.circles.counted),
          events: new Set(parts.flatMap((part) => [...part.references.circles.events])),
        },
        weight: parts.reduce((sum, part) => sum + part.leaves, 0),
      }
      return [row.id, known]
    }),
  )
}

function countLeaves(rule: Rule): number {
  if ('all' in rule) return rule.all.reduce((sum, child) => sum + countLeaves(child), 0)
  if ('any' in rule) return rule.any.reduce((sum, child) => sum + countLeaves(child), 0)
  if ('not' in rule) return countLeaves(rule.not)
  return 'sequence' in rule ? rule.sequence.length : 1
}

/** The segments that name this one, directly or through others. */
export function dependentsOf(
  segments: ReadonlyMap<string, Pick<KnownSegment, 'uses'>>,
  id: string,
): Set<string> {
  const found = new Set<string>()
  const visit = (target: string): void => {
    for (const [other, { uses }] of segments) {
      if (!uses.has(target) || found.has(other)) continue
      found.add(other)
      visit(other)
    }
  }
  visit(id)
  found.delete(id)
  return found
}
