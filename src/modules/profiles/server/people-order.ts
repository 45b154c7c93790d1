import { unitsOfSql } from '#modules/profiles/server/analytics-schema.ts'
import { numberList } from '#modules/profiles/server/number-list.ts'
import type { PeopleFilter } from '#modules/profiles/server/people-filter.ts'
import { whereOf } from '#modules/profiles/server/people-filter.ts'
import { lastSeenSql } from '#modules/profiles/server/present-people.ts'
import type { ProfileDeps } from '#modules/profiles/server/profile-deps.ts'
import { AppError } from '#platform/errors.ts'
import { decodeCursor } from '#platform/http/cursor.ts'

/** Place in a sorted list; `value` is null where the person has none, and such people come last either way. */
export type Placed = { person: number; value: number | string | null }
export type Order = { field: 'lastSeen' | 'firstSeen' | 'name' | 'id'; down: boolean; sort: string }

export function orderOf(sort: string): Order {
  return { field: sort.replace('-', '') as Order['field'], down: sort.startsWith('-'), sort }
}

/** The place a cursor stands for; one of another sort is refused, it would skip people silently. */
export function placeOf(order: Order, cursor: string | undefined): Placed | undefined {
  const key = decodeCursor(cursor, 3)
  if (!key) return undefined
  const [sort, value, person] = key
  const fits = value === null || typeof value === (order.field === 'name' ? 'string' : 'number')
  if (sort === order.sort && fits && Number.isSafeInteger(person))
    return { value: value ?? null, person: person as number }
  throw new AppError(
    'request.bad_cursor',
    'invalid',
    'This cursor belongs to another list or sort; start again without it.',
  )
}

export type PageOfPeople = {
  order: Order
  filter: PeopleFilter
  after: Placed | undefined
  limit: number
  /** Only who is in a list, also where activity alone would tell the order. */
  exact?: boolean
}

/**
 * Whether the order is read from activity alone, which knows nothing of the recycle bin: whoever shows these people
 * finds that somebody is missing, and asks again exactly. Asking here cost every first page a query of its own.
 */
export const mayHaveMissing = ({ order, filter, after, exact = false }: PageOfPeople): boolean =>
  order.field === 'lastSeen' && filter.conditions.length === 0 && after?.value !== null && !exact

/** The next people in order. */
export async function readOrder(
  deps: Pick<ProfileDeps, 'ch' | 'personOf'>,
  page: PageOfPeople,
): Promise<Placed[]> {
  const { order, filter, after } = page
  // Everybody by activity: the small table of activity alone tells the order, until it is used up.
  if (mayHaveMissing(page)) {
    const source = order.down ? recentSql(deps.personOf, after, page.limit * 40) : activeSql(deps.personOf)
    const rows = await askPage(deps, page, source)
    if (rows.length === page.limit) return rows
  }
  if (order.field === 'lastSeen' && filter.conditions.length > 0 && !filter.isDear) {
    const few = await fewPeople(deps, filter)
    if (few?.length === 0) return []
    if (few) return askPage(deps, page, fewSql(deps, few))
  }
  return askPage(deps, page, sourceOf(deps, order, filter))
}

// Their numbers stand in the statement four times, which may have 256 kB.
const mostInStatement = 2000

/** Everybody the filter means, when they are few. */
async function fewPeople(deps: Pick<ProfileDeps, 'ch'>, filter: PeopleFilter): Promise<number[] | undefined> {
  const rows = await deps.ch.query<{ person: number }>(
    `SELECT person FROM people FINAL WHERE ${whereOf(filter)} LIMIT ${mostInStatement + 1}`,
    filter.params,
  )
  return rows.length > mostInStatement ? undefined : rows.map((row) => row.person)
}

/**
 * The activity of a few people by their units alone. Grouping everybody's and joining the few to it was nine tenths of
 * a search among a million people (236 ms of CPU, finding 1,100 of them 20).
 */
function fewSql(deps: Pick<ProfileDeps, 'ch' | 'personOf'>, few: readonly number[]): string {
  const units = unitsOfSql(deps.ch.database)((person) => `${person} IN (${numberList(few)})`, 'unit')
  return `SELECT p.person AS person, toUnixTimestamp64Milli(a.at) AS value, a.person = 0 AS absent
    FROM (SELECT toUInt64(arrayJoin([${numberList(few)}])) AS person) AS p
    LEFT JOIN (${lastSeenSql(deps.personOf, units)}) AS a ON a.person = p.person`
}

const activeSql = (personOf: ProfileDeps['personOf']) =>
  `SELECT person, toUnixTimestamp64Milli(at) AS value, 0 AS absent FROM (${lastSeenSql(personOf)})`

/**
 * The latest people out of the latest `rows` rows of activity, in a third of the time that grouping all of it takes
 * (1.5 M identifiers of a million people: 200 ms). Whose activity is as old as the oldest of these rows may have more than is seen here, and is left out; so is
 * who was active after the cursor, and a device that has changed hands since.
 */
function recentSql(personOf: ProfileDeps['personOf'], after: Placed | undefined, rows: number): string {
  const cursor = `fromUnixTimestamp64Milli({after_value:Int64}, 'UTC')`
  const later = `FROM unit_activity WHERE ws = {ws:UInt32} AND last > ${cursor}`
  const upTo = after ? `AND last <= ${cursor} AND unit NOT IN (SELECT unit ${later})` : ''
  const notLater = after
    ? `AND person NOT IN (SELECT ${personOf('unit', 'ended')} FROM (SELECT unit, max(last) AS ended ${later} GROUP BY unit))`
    : ''
  const latest = `SELECT unit, last FROM unit_activity WHERE ws = {ws:UInt32} ${upTo} ORDER BY last DESC LIMIT ${rows}`
  return `SELECT person, toUnixTimestamp64Milli(at) AS value, 0 AS absent FROM (
      SELECT ${personOf('unit', 'ended')} AS person, max(ended) AS at, any(oldest) AS oldest, any(found) AS found FROM (
        SELECT unit, max(last) AS ended, min(min(last)) OVER () AS oldest, sum(count()) OVER () AS found FROM (${latest})
        GROUP BY unit)
      GROUP BY person)
    WHERE (at > oldest OR found < ${rows}) ${notLater}`
}

function sourceOf(deps: Pick<ProfileDeps, 'personOf'>, order: Order, filter: PeopleFilter): string {
  const people = `FROM people FINAL WHERE ${whereOf(filter)}`
  if (order.field === 'id') return `SELECT person, person AS value, 0 AS absent ${people}`
  if (order.field === 'name') return `SELECT person, lowerUTF8(name) AS value, name = '' AS absent ${people}`
  if (order.field === 'firstSeen')
    return `SELECT person, toUnixTimestamp64Milli(first_seen) AS value, 0 AS absent ${people}`
  return `SELECT p.person AS person, toUnixTimestamp64Milli(a.at) AS value, a.person = 0 AS absent
    FROM (SELECT person ${people}) AS p LEFT JOIN (${lastSeenSql(deps.personOf)}) AS a ON a.person = p.person`
}

async function askPage(deps: Pick<ProfileDeps, 'ch'>, page: PageOfPeople, source: string): Promise<Placed[]> {
  const { order, after, filter } = page
  const rows = await deps.ch.query<{ person: number; value: number | string; absent: number }>(
    `SELECT person, value, absent FROM (${source}) WHERE ${afterSql(order, after)}
     ORDER BY absent, value ${order.down ? 'DESC' : 'ASC'}, person LIMIT {page_limit:UInt32}`,
    {
      ...filter.params,
      page_limit: page.limit,
      ...(after ? { after_value: after.value ?? 0, after_person: after.person } : {}),
    },
  )
  return rows.map(({ person, value, absent }) => ({ person, value: absent ? null : value }))
}

function afterSql(order: Order, after: Placed | undefined): string {
  if (!after) return '1'
  if (after.value === null) return 'absent = 1 AND person > {after_person:UInt64}'
  const value = `{after_value:${order.field === 'name' ? 'String' : 'Int64'}}`
  return `(absent = 1 OR value ${order.down ? '<' : '>'} ${value} OR (value = ${value} AND person > {after_person:UInt64}))`
}
