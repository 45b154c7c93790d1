import { type CompileEnv, compileMany, type Params, type Restriction } from '#modules/rules/index.ts'
import type { KnownSegment } from '#modules/segments/server/rule-book.ts'

/** One row to write: a person whose membership, or whose moment of looking again, is not what is stored. */
export type MemberRow = {
  segment: number
  person: number
  member: 0 | 1
  flipped: 0 | 1
  /** ms, when to look again: not after the earliest moment at which the answer may change; 0: never by itself */
  recheck: number
  /** ms; 0: unknown */
  since: number
}

export type ChangesQuery = { sql: string; params: Params }

// People are named once, as one text that the engine takes apart: 20,000 numbers written out as four lists cost it
// 0.8 s of parsing and analysis, and as a parameter they would be a URL of 200 kB. `materialize`: not at analysis.
export const touchedSql = (persons: readonly number[]): string =>
  `WITH touched AS (SELECT arrayJoin(CAST(splitByChar(',', materialize('${persons.join(',')}')), 'Array(UInt64)')) AS person)\n`
const isTouched = '(SELECT person FROM touched)'

// Stand for the lists in what `rules` compiles; replaced before the engine sees them.
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
  const size = segments.length
  const touched = persons === undefined ? '' : touchedSql(persons)
  const moves = looksSooner('x', 'y', env.now)
  const stored = storedSql(env.workspace, nums, persons !== undefined)
  const sql = `${touched}SELECT person, c.1 AS segment, c.2 AS member, c.3 AS recheck, c.2 != c.4 AS flipped, c.6 AS since
FROM (
  SELECT if(n.person = 0, w.person, n.person) AS person,
    arrayResize(n.bits, ${size}) AS bits, arrayResize(n.rechecks, ${size}) AS rechecks,
    arrayResize(w.members, ${size}) AS was, arrayResize(w.rechecks, ${size}) AS waited,
    arrayFilter((c, a, b, x, y) -> a != b OR ${moves},
      arrayZip(CAST([${nums}], 'Array(UInt32)'), bits, rechecks, was, waited, arrayResize(w.sinces, ${size})),
      bits, was, rechecks, waited) AS changes
  FROM (${now}) AS n
  FULL JOIN (${stored}) AS w ON n.person = w.person
  WHERE notEmpty(changes)
)
ARRAY JOIN changes AS c`
  return { sql, params }
}

/**
 * Whether the moment of looking again, `x`, must be written over the stored `y`. A later one need not: whoever does
 * the same every day would have a row written for every event of theirs, and one look a window finds the same out.
 */
const looksSooner = (x: string, y: string, now: number): string =>
  `(${x} != ${y} AND (${y} <= ${now} OR (${x} != 0 AND ${x} < ${y})))`

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
  return splice(splice(query, personsMark, isTouched), unitsMark, `(${unitsOfTouched})`)
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
export const unitsOfTouched = `SELECT person AS unit FROM touched
    UNION ALL SELECT unit FROM unit_person WHERE person IN ${isTouched}
    UNION ALL SELECT unit FROM device_owner WHERE arrayExists(p -> p IN ${isTouched}, persons)`

// By `argMax` and not by FINAL: only the rows of these people are merged, the others are read past. Each segment has
// its place in the arrays, the same as in `bits`: a lambda that looked it up would copy the arrays once per segment.
function storedSql(workspace: number, nums: string, onlyTouched: boolean): string {
  const only = onlyTouched ? ` AND person IN ${isTouched}` : ''
  const size = nums.split(', ').length
  const inPlace = (column: string): string => `groupArrayInsertAt(0, ${size})(${column}, at)`
  return `SELECT person, ${inPlace('m')} AS members, ${inPlace('r')} AS rechecks, ${inPlace('s')} AS sinces
    FROM (
      SELECT person, toUInt32(indexOf([${nums}], segment) - 1) AS at, argMax(member, version) AS m, argMax(recheck_at, version) AS r,
        toUnixTimestamp64Milli(argMax(since, version)) AS s
      FROM segment_member WHERE ws = ${workspace} AND segment IN (${nums})${only}
      GROUP BY person, segment HAVING m = 1 OR r > 0
    ) GROUP BY person`
}
