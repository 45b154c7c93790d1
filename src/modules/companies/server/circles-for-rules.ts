import type { CircleDeps } from '#modules/companies/server/circle-deps.ts'
import { belongingSql, livingSql, seenSql } from '#modules/companies/server/circle-facts.ts'
import { circlesOfPerson } from '#modules/companies/server/companies-of-person.ts'
import { requireCompany } from '#modules/companies/server/read-company.ts'
import { attributesOf } from '#modules/companies/server/told.ts'
import { numberList, unitsOfSql } from '#modules/profiles/index.ts'
import { flatten, type PersonCircle, type PersonEvent } from '#modules/rules/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

// Numbers as one text that the engine takes apart: written out, 20,000 of them cost it 0.8 s of parsing.
const personsPerQuery = 20_000

/** These people and everybody who belongs to anything together with one of them. */
export async function matesOf(
  deps: Pick<CircleDeps, 'ch' | 'profiles'>,
  workspace: number,
  persons: readonly number[],
): Promise<number[]> {
  const found = new Set(persons)
  const { personOf } = deps.profiles
  const touched = 'SELECT person FROM touched'
  // Whose a membership is, is asked only where its unit may be theirs.
  const units = unitsOfSql(deps.ch.database)((person) => `${person} IN (${touched})`, 'unit')
  const theirs = `circle IN (SELECT circle FROM (${belongingSql(personOf, `(${units})`)}) WHERE person IN (${touched}))`
  for (let at = 0; at < persons.length; at += personsPerQuery) {
    const some = numberList(persons.slice(at, at + personsPerQuery))
    const rows = await deps.ch.query<{ person: number }>(
      `WITH touched AS (SELECT arrayJoin(CAST(splitByChar(',', materialize('${some}')), 'Array(UInt64)')) AS person)
       SELECT DISTINCT person FROM (${belongingSql(personOf, theirs)})`,
      { ws: workspace },
    )
    for (const row of rows) found.add(row.person)
  }
  return [...found]
}

/** What a person belongs to, as the evaluator of one person takes it; `events` are those a rule asks for. */
export async function circlesForRules(
  deps: Pick<CircleDeps, 'database' | 'ch' | 'profiles'>,
  ctx: Pick<WorkspaceCtx, 'workspace'>,
  person: number,
  events: readonly string[],
): Promise<PersonCircle[]> {
  const found = await deps.database.read(ctx, (tx) => circlesOfPerson(tx, person))
  if (found.length === 0) return []
  const nums = found.map(({ circle }) => circle.num)
  const belonging = belongingSql(deps.profiles.personOf, `circle IN (${numberList(nums)})`)
  const counts = await deps.ch.query<{ circle: number; people: number }>(
    `SELECT circle, count() AS people FROM (${belonging}) WHERE ${living(belonging)} GROUP BY circle`,
    { ws: ctx.workspace.num },
  )
  const people = new Map(counts.map((row) => [row.circle, row.people]))
  const did = events.length === 0 ? new Map() : await eventsOf(deps, ctx, belonging, events)
  return found.map(({ circle, title }) => ({
    kind: circle.kind,
    attrs: flatten(attributesOf(circle.traits)),
    title,
    people: people.get(circle.num) ?? 0,
    events: did.get(circle.num) ?? [],
  }))
}

/** As in rules over sets: who is in no list is in no company. */
const living = (belonging: string) => livingSql(`SELECT person FROM (${belonging})`)

/** SELECT of `person`: those of a company the caller may see. */
export async function peopleSql(
  deps: Pick<CircleDeps, 'database' | 'profiles'>,
  ctx: WorkspaceCtx,
  id: string,
): Promise<{ sql: string; params: Record<string, unknown> }> {
  const company = await deps.database.read(ctx, (tx) => requireCompany(tx, ctx, id))
  const belonging = belongingSql(deps.profiles.personOf, `circle = ${numberList([company.num])}`)
  const seen = seenSql(ctx, `SELECT person FROM (${belonging})`)
  return {
    sql: `SELECT person FROM (${belonging}) WHERE ${seen.sql}`,
    params: { ws: ctx.workspace.num, ...seen.params },
  }
}

async function eventsOf(
  deps: Pick<CircleDeps, 'ch' | 'profiles'>,
  ctx: Pick<WorkspaceCtx, 'workspace'>,
  belonging: string,
  events: readonly string[],
): Promise<Map<number, PersonEvent[]>> {
  const { personOf } = deps.profiles
  const rows = await deps.ch.query<{
    circle: number
    ms: number
    message_id: string
    event: string
    properties: string
  }>(
    `SELECT circle, ms, message_id, event, properties FROM (
       SELECT ${personOf('unit', 'time')} AS person, toUnixTimestamp64Milli(time) AS ms, message_id, event, properties
       FROM events WHERE ws = {ws:UInt32} AND event IN {names:Array(String)}
         AND person IN (SELECT person FROM (${belonging}) WHERE ${living(belonging)})) AS e
     INNER JOIN (SELECT circle, person FROM (${belonging})) AS b ON b.person = e.person`,
    { ws: ctx.workspace.num, names: events.map((name) => name.toWellFormed()) },
  )
  return new Map(
    [...Map.groupBy(rows, (row) => row.circle)].map(([circle, all]) => [
      circle,
      all.map((row) => ({
        name: row.event,
        time: row.ms,
        messageId: row.message_id,
        props: flatten(JSON.parse(row.properties) as object),
      })),
    ]),
  )
}
