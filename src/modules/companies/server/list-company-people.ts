import { scopeInClickHouse } from '#modules/access/index.ts'
import type { CompanyActivity, CompanyPerson } from '#modules/companies/contract.ts'
import type { CircleDeps } from '#modules/companies/server/circle-deps.ts'
import { belongingSql, seenSql } from '#modules/companies/server/circle-facts.ts'
import { isFreeMail } from '#modules/companies/server/free-mail.ts'
import { profilesOf } from '#modules/companies/server/present-households.ts'
import { requireCompany } from '#modules/companies/server/read-company.ts'
import { behaviour, type Mask, noMask, numberList } from '#modules/profiles/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'
import type { PageQuery } from '#platform/http/define-routes.ts'

/** People of a company the caller may see, who joined last first. */
export async function listCompanyPeople(deps: CircleDeps, ctx: WorkspaceCtx, id: string, query: PageQuery) {
  const after = decodeCursor(query.cursor, ['integer', 'place'])
  const company = await deps.database.read(ctx, (tx) => requireCompany(tx, ctx, id))
  const belonging = belongingSql(deps.profiles.personOf, `circle = ${numberList([company.num])}`)
  const seen = seenSql(ctx, `SELECT person FROM (${belonging})`)
  const rows = await deps.ch.query<{ person: number; ms: number; title: string }>(
    `SELECT person, toUnixTimestamp64Milli(joined) AS ms, said AS title FROM (${belonging}) WHERE ${seen.sql}
     ${after ? 'AND (ms < {after_ms:Int64} OR (ms = {after_ms:Int64} AND person > {after_person:UInt64}))' : ''}
     ORDER BY ms DESC, person LIMIT {page_limit:UInt32}`,
    {
      ws: ctx.workspace.num,
      ...seen.params,
      page_limit: query.limit + 1,
      ...(after ? { after_ms: after[0], after_person: after[1] } : {}),
    },
    { signal: ctx.signal },
  )
  const page = rows.slice(0, query.limit)
  const profiles = await deps.profiles.presentPeople(
    ctx,
    page.map((row) => row.person),
  )
  const byNumber = new Map(
    profiles.map((profile) => [deps.personIds.decode(ctx.workspace.num, profile.id), profile]),
  )
  const mask = await deps.profiles.mask(ctx)
  const items = page.flatMap((row): CompanyPerson[] => {
    const profile = byNumber.get(row.person)
    if (!profile) return []
    return [
      {
        id: profile.id,
        name: profile.name,
        title: row.title ? mask.text(row.title) : null,
        since: new Date(row.ms).toISOString(),
        lastSeen: profile.lastSeen,
      },
    ]
  })
  const last = page.at(-1)
  return { items, next: rows.length > query.limit && last ? encodeCursor([last.ms, last.person]) : null }
}

type EventRow = {
  ms: number
  message_id: string
  seq: number
  idx: number
  person: number
  event: string
  type: CompanyActivity['type']
  properties: string
}

/** What people of a company did, those the caller may see; latest first. */
export async function companyActivity(deps: CircleDeps, ctx: WorkspaceCtx, id: string, query: PageQuery) {
  const before = decodeCursor(query.cursor, ['integer', 'text', 'place', 'place'])
  const company = await deps.database.read(ctx, (tx) => requireCompany(tx, ctx, id))
  const { personOf } = deps.profiles
  const belonging = `SELECT person FROM (${belongingSql(personOf, `circle = ${numberList([company.num])}`)})`
  const seen = seenSql(ctx, belonging)
  const people = `${belonging} WHERE ${seen.sql}`
  const at = `fromUnixTimestamp64Milli({b_time:Int64}, 'UTC')`
  // Units by primary key first; a shared device's events are then told apart by their time.
  const rows = await deps.ch.query<EventRow>(
    `WITH mates AS (${people})
     SELECT toUnixTimestamp64Milli(time) AS ms, message_id, seq, idx, ${personOf('unit', 'time')} AS person, event, type, properties
     FROM events WHERE ws = {ws:UInt32} AND unit IN (
       SELECT person FROM mates
       UNION ALL SELECT unit FROM unit_person WHERE person IN (SELECT person FROM mates)
       UNION ALL SELECT unit FROM device_owner WHERE arrayExists(p -> p IN (SELECT person FROM mates), persons))
     AND ${behaviour} AND person IN (SELECT person FROM mates)
     ${before ? `AND time <= ${at} AND (time, message_id, seq, idx) < (${at}, {b_id:String}, {b_seq:UInt64}, {b_idx:UInt32})` : ''}
     ORDER BY time DESC, message_id DESC, seq DESC, idx DESC LIMIT {page_limit:UInt32}`,
    {
      ws: ctx.workspace.num,
      ...seen.params,
      page_limit: query.limit + 1,
      ...(before ? { b_time: before[0], b_id: before[1], b_seq: before[2], b_idx: before[3] } : {}),
    },
    { signal: ctx.signal },
  )
  const page = rows.slice(0, query.limit)
  const profiles = await deps.profiles.presentPeople(ctx, [...new Set(page.map((row) => row.person))])
  const names = new Map(
    profiles.map(({ id: public_, name }) => [deps.personIds.decode(ctx.workspace.num, public_), name]),
  )
  const masks = await masksOf(deps, ctx, new Set(page.map((row) => row.person)))
  const items = page.map((row): CompanyActivity => {
    const mask = masks.get(row.person) ?? noMask
    const person = deps.personIds.encode(ctx.workspace.num, row.person)
    return {
      id: `${row.seq}:${row.idx}`,
      person: { id: person, name: names.get(row.person) ?? null },
      name: mask.text(row.event),
      type: row.type,
      time: new Date(row.ms).toISOString(),
      properties: mask.json(JSON.parse(row.properties) as Record<string, unknown>),
    }
  })
  const last = page.at(-1)
  return {
    items,
    next:
      rows.length > query.limit && last ? encodeCursor([last.ms, last.message_id, last.seq, last.idx]) : null,
  }
}

/** How the caller sees what each of these people did. */
async function masksOf(
  deps: CircleDeps,
  ctx: WorkspaceCtx,
  persons: ReadonlySet<number>,
): Promise<Map<number, Mask>> {
  const masks = new Map<number, Mask>()
  if ((await deps.profiles.mask(ctx)).full) return masks
  for (const person of persons) masks.set(person, await deps.profiles.maskOfPerson(ctx, person))
  return masks
}

const mostSuggested = 50

/** Whose mail address is of the company's domain, and who is not in it yet. Domains anybody can have suggest nobody. */
export async function suggestPeople(deps: CircleDeps, ctx: WorkspaceCtx, id: string) {
  const company = await deps.database.read(ctx, (tx) => requireCompany(tx, ctx, id))
  if (company.domain === '' || isFreeMail(company.domain)) return { items: [] }
  const scope = scopeInClickHouse(ctx.scope)
  const isTheirs = `x -> x.kind = 'email' AND endsWith(lowerUTF8(x.value), {domain:String})`
  const rows = await deps.ch.query<{ person: number; email: string }>(
    `SELECT person, arrayFirst(${isTheirs}, identifiers).value AS email FROM people FINAL
     WHERE ws = {ws:UInt32} AND deleted = 0 AND arrayExists(${isTheirs}, identifiers) AND ${scope.sql}
       AND person NOT IN (
         SELECT person FROM (${belongingSql(deps.profiles.personOf, `circle = ${numberList([company.num])}`)}))
     ORDER BY person LIMIT {page_limit:UInt32}`,
    { ws: ctx.workspace.num, ...scope.params, domain: `@${company.domain}`, page_limit: mostSuggested },
    { signal: ctx.signal },
  )
  const mask = await deps.profiles.mask(ctx)
  const people = await profilesOf(
    deps,
    ctx,
    rows.map((row) => row.person),
  )
  return {
    items: rows.map(({ person, email }) => ({
      id: deps.personIds.encode(ctx.workspace.num, person),
      name: people.get(person)?.name ?? null,
      email: mask.identifier({ kind: 'email', value: email }).value,
    })),
  }
}
