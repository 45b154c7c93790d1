import { type CompileEnv, compileMany, type Params, type Restriction } from '#modules/rules/index.ts'
import type { KnownSegment } from '#modules/segments/server/rule-book.ts'

/** One row to write: a person whose membership, or whose moment of looking again, is not what is stored. */
export type MemberRow = {
  segment: number
  person: number
  member: 0 | 1
  flipped: 0 | 1
  /** ms; 0: never by itself */
  recheck: number
  /** ms; 0: unknown */
  since: number
}

export type ChangesQuery = { sql: string; params: Params }

// Lists of people go into the text, not into parameters: a list of 20,000 would be a URL of 200 kB.
const personsMark = Number.MAX_SAFE_INTEGER
const unitsMark = Number.MAX_SAFE_INTEGER - 1

/**
 * Rules over people (all of them when none are named), compared with what is stored, in one query: only the
 * differences leave ClickHouse. Who is in no row of `people` any more (merged away, erased) is in nothing.
 */
export function changesSql(
  segments: readonly KnownSegment[],
  env: CompileEnv,
  persons: readonly number[] | undefined,
): ChangesQuery {
  const { sql: now, params } = evaluationSql(segments, env, persons)
  const nums = segments.map((segment) => segment.num).join(', ')
  const sql = `SELECT person, c.1 AS segment, c.2 AS member, c.3 AS recheck, c.2 != c.4 AS flipped, toInt64(c.6) AS since
FROM (
  SELECT if(n.person = 0, w.person, n.person) AS person,
    arrayMap((s, i) -> tuple(toUInt32(s), toUInt8(n.bits[i]), toInt64(n.rechecks[i]),
      w.members[indexOf(w.segments, s)], w.rechecks[indexOf(w.segments, s)], w.sinces[indexOf(w.segments, s)]),
      CAST([${nums}], 'Array(UInt32)'), arrayEnumerate([${nums}])) AS judged,
    arrayFilter(c -> c.2 != c.4 OR c.3 != c.5, judged) AS changes
  FROM (${now}) AS n
  FULL JOIN (${storedSql(env.workspace, nums, persons)}) AS w ON n.person = w.person
  WHERE notEmpty(changes)
)
ARRAY JOIN changes AS c`
  return { sql, params }
}

function evaluationSql(
  segments: readonly KnownSegment[],
  env: CompileEnv,
  persons: readonly number[] | undefined,
) {
  const rules = segments.map((segment) => segment.rule)
  if (persons === undefined) {
    // compileMany takes no restriction at run time; its type will say so.
    return compileMany(rules, env, undefined as unknown as Restriction)
  }
  const query = compileMany(rules, env, { persons: [personsMark], units: [unitsMark] })
  const list = `(${persons.join(',')})`
  return splice(splice(query, personsMark, list), unitsMark, `(${unitsOfSql(list)})`)
}

function splice(query: ChangesQuery, mark: number, text: string): ChangesQuery {
  const name = Object.keys(query.params).find((key) => JSON.stringify(query.params[key]) === `[${mark}]`)
  if (name === undefined) return query
  const { [name]: _gone, ...params } = query.params
  return { sql: query.sql.replaceAll(`{${name}:Array(UInt64)}`, text), params }
}

/**
 * All units whose events may belong to these people; too many do no harm, the person of each event is checked.
 * A unit without an entry is its own person.
 */
function unitsOfSql(list: string): string {
  return `SELECT arrayJoin([${list.slice(1, -1)}]) AS unit
    UNION ALL SELECT unit FROM unit_person WHERE person IN ${list}
    UNION ALL SELECT unit FROM device_owner WHERE arrayExists(p -> p IN ${list}, persons)`
}

// By `argMax` and not by FINAL: only the rows of these people are merged, the others are read past.
function storedSql(workspace: number, nums: string, persons: readonly number[] | undefined): string {
  const only = persons === undefined ? '' : ` AND person IN (${persons.join(',')})`
  return `SELECT person, groupArray(segment) AS segments, groupArray(last.1) AS members, groupArray(last.2) AS rechecks,
      groupArray(last.3) AS sinces
    FROM (
      SELECT person, segment, argMax(tuple(member, recheck_at, toUnixTimestamp64Milli(since)), version) AS last
      FROM segment_member WHERE ws = ${workspace} AND segment IN (${nums})${only}
      GROUP BY person, segment HAVING last.1 = 1 OR last.2 > 0
    ) GROUP BY person`
}
