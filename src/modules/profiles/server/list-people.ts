import type { z } from 'zod'
import type { Profile, routes } from '#modules/profiles/contract.ts'
import { findByIdentifier } from '#modules/profiles/server/find-by-identifier.ts'
import { numberList } from '#modules/profiles/server/number-list.ts'
import {
  type PeopleQuestion,
  peopleFilter,
  readRule,
  whereOf,
} from '#modules/profiles/server/people-filter.ts'
import {
  mayHaveMissing,
  type Order,
  orderOf,
  type PageOfPeople,
  type Placed,
  placeOf,
  readOrder,
} from '#modules/profiles/server/people-order.ts'
import { presentPeople } from '#modules/profiles/server/present-people.ts'
import type { ProfileDeps } from '#modules/profiles/server/profile-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { encodeCursor } from '#platform/http/cursor.ts'

type ListQuery = z.infer<typeof routes.list.query>

/** People the caller may see: by identifier, rule, search text, or all; sorted, one page at a time. */
export async function listPeople(deps: ProfileDeps, ctx: WorkspaceCtx, query: ListQuery) {
  const order = orderOf(query.sort)
  const after = placeOf(order, query.cursor)
  const { search, owner } = query
  const filter = await peopleFilter(deps, ctx, { rule: readRule(query.rule), search, owner })
  if (query.identifier !== undefined) {
    const persons = await findByIdentifier(deps, ctx, query.identifier)
    // The whole answer in the plain case comes from Postgres: exact, and current with the log.
    if (filter.conditions.length === 0 && persons.length <= query.limit && !after)
      return { items: await presentPeople(deps, ctx, persons), next: null }
    filter.conditions.push(`person IN (${numberList(persons)})`)
  }
  const { rows, people } = await readPage(deps, ctx, { order, filter, after, limit: query.limit + 1 })
  const last = rows.slice(0, query.limit).at(-1)
  const more = rows[query.limit]
  const left = more && deps.personIds.encode(ctx.workspace.num, more.person)
  return {
    items: people.filter((one) => one.id !== left),
    next: rows.length > query.limit && last ? encodeCursor([order.sort, last.value, last.person]) : null,
  }
}

/** A page with the people on it; one row more than a page is there to tell whether more follow. */
async function readPage(
  deps: ProfileDeps,
  ctx: WorkspaceCtx,
  page: PageOfPeople,
): Promise<{ rows: Placed[]; people: Profile[] }> {
  const rows = await readOrder(deps, page)
  const persons = rows.map((row) => row.person)
  const people = await presentPeople(deps, ctx, persons, lastSeenIn(page.order, rows))
  if (people.length === rows.length || !mayHaveMissing(page)) return { rows, people }
  return readPage(deps, ctx, { ...page, exact: true })
}

/** A list in the order of activity knows it already: asking again cost a third of the first page (14 of 40 ms). */
function lastSeenIn(order: Order, page: readonly Placed[]): { lastSeen?: Map<number, number> } {
  if (order.field !== 'lastSeen') return {}
  return {
    lastSeen: new Map(page.flatMap(({ person, value }) => (value === null ? [] : [[person, Number(value)]]))),
  }
}

/** How many people the list of the same question has. */
export async function countPeople(deps: ProfileDeps, ctx: WorkspaceCtx, question: PeopleQuestion) {
  const filter = await peopleFilter(deps, ctx, question)
  const [row] = await deps.ch.query<{ count: number }>(
    `SELECT count() AS count FROM people FINAL WHERE ${whereOf(filter)}`,
    filter.params,
    { signal: ctx.signal },
  )
  return { count: row?.count ?? 0 }
}
