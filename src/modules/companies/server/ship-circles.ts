import { sql } from 'kysely'
import type { CircleDeps } from '#modules/companies/server/circle-deps.ts'
import type { CircleKind } from '#modules/companies/server/circle-store.ts'
import {
  attributesOf,
  type Belonging,
  belongs,
  type Traits,
  titleOf,
} from '#modules/companies/server/told.ts'
import { flatten, toCanonicalJson } from '#modules/rules/index.ts'
import { jsonTime } from '#platform/ch/time.ts'
import { emptyTable } from '#platform/ch/upkeep.ts'
import type { Tx } from '#platform/pg/database.ts'
import type { PeopleReactor } from '#slots/people-change.ts'

type ShipDeps = Pick<CircleDeps, 'database' | 'ch'>
type CircleToShip = {
  ws: number
  num: number
  kind: CircleKind
  externalId: string | null
  traits: Traits
  name: string
  domain: string
  owner: string | null
  department: string | null
  created: Date
  deleted: boolean
  version: number
}
type MemberToShip = Belonging & {
  ws: number
  circle: number
  unit: number
  place: number
  kind: CircleKind
  main: boolean
  version: number
}

const rowsPerStep = 5000

/**
 * Tells ClickHouse what changed, after the commit: rows above the version it was told of last. Only the single writer
 * changes them, so versions are committed in their order, and a crash in between is made up for by the next turn.
 */
export function circleReactor(deps: ShipDeps): PeopleReactor {
  const ship = () => shipChanges(deps)
  return { name: 'companies', react: ship, reactToAll: ship }
}

async function shipChanges(deps: ShipDeps): Promise<void> {
  for (;;) {
    const more = await deps.database.system(async (tx) => {
      const row = await tx.row<{ version: number }>(sql`select version from companies.shipped for update`)
      const after = row?.version ?? 0
      const circles = await circlesToShip(tx, sql`c.version > ${after}`, sql`c.version`)
      const members = await membersToShip(tx, sql`m.version > ${after}`, sql`m.version`)
      const versions = [...circles, ...members].map((one) => one.version)
      if (versions.length === 0) return false
      // Up to where both are complete: the shorter of two full steps.
      const ends = [circles, members].filter((rows) => rows.length === rowsPerStep)
      const upTo = Math.min(...ends.map((rows) => rows.at(-1)!.version), Math.max(...versions))
      await insert(
        deps,
        circles.filter((one) => one.version <= upTo),
        members.filter((one) => one.version <= upTo),
      )
      await tx.run(sql`update companies.shipped set version = ${upTo}`)
      return ends.length > 0
    })
    if (!more) return
  }
}

/** Empties and fills both tables from Postgres; inside the projector's turn. */
export async function rebuildCircles(deps: ShipDeps): Promise<void> {
  for (const table of ['circle', 'circle_member']) await emptyTable(deps.ch, table)
  await deps.database.system(async (tx) => {
    const row = await tx.row<{ version: number }>(sql`
      select greatest((select max(version) from companies.circle), (select max(version) from companies.member), 0) as version`)
    for (let after = 0; ; ) {
      const circles = await circlesToShip(tx, sql`c.num > ${after}`, sql`c.num`)
      await insert(deps, circles, [])
      if (circles.length < rowsPerStep) break
      after = circles.at(-1)!.num
    }
    for (let after = -1; ; ) {
      const members = await membersToShip(tx, sql`m.version > ${after}`, sql`m.version`)
      await insert(deps, [], members)
      if (members.length < rowsPerStep) break
      after = members.at(-1)!.version
    }
    await tx.run(sql`update companies.shipped set version = ${row?.version ?? 0}`)
  })
}

/** Whether ClickHouse has as many living rows, of as late versions, as it was told of. */
export async function circlesAgree(deps: ShipDeps): Promise<boolean> {
  const known = await deps.database.system((tx) =>
    tx.rows<{ name: string; n: number; last: number }>(sql`
      select 'circle' as name, count(*) filter (where deleted_at is null) as n,
        coalesce(sum(version) filter (where deleted_at is null), 0)::float8 as last
      from companies.circle where version <= (select version from companies.shipped)
      union all
      select 'circle_member', count(*), coalesce(sum(m.version), 0)::float8
      from companies.member m join companies.circle c on c.num = m.circle
      where m.version <= (select version from companies.shipped) and (m.removed_at is null or m.since > m.removed_at)`),
  )
  for (const { name, n, last } of known) {
    const [row] = await deps.ch.query<{ n: number; last: number }>(
      `SELECT count() AS n, toFloat64(sum(version)) AS last FROM ${name} FINAL WHERE deleted = 0`,
    )
    if (row?.n !== n || row.last !== last) return false
  }
  return true
}

const circlesToShip = (
  tx: Tx,
  where: ReturnType<typeof sql>,
  order: ReturnType<typeof sql>,
): Promise<CircleToShip[]> =>
  tx.rows<CircleToShip>(sql`
    select c.workspace_id as ws, c.num, c.kind, c.external_id as "externalId", c.traits, c.name, c.domain, c.owner,
      c.department, c.created_at as created, c.deleted_at is not null as deleted, c.version
    from companies.circle c where ${where} order by ${order} limit ${rowsPerStep}`)

const membersToShip = (
  tx: Tx,
  where: ReturnType<typeof sql>,
  order: ReturnType<typeof sql>,
): Promise<MemberToShip[]> =>
  tx.rows<MemberToShip>(sql`
    select m.workspace_id as ws, m.circle, m.unit, m.place, c.kind, m.since, m.last, m.title, m.title_at as "titleAt",
      m.title_by as "titleBy", m.removed_at as "removedAt", m.main, m.version
    from companies.member m join companies.circle c on c.num = m.circle
    where ${where} order by ${order} limit ${rowsPerStep}`)

async function insert(
  { ch }: Pick<ShipDeps, 'ch'>,
  circles: readonly CircleToShip[],
  members: readonly MemberToShip[],
): Promise<void> {
  await ch.insertLines('circle', circles.map(circleLine).join(''))
  await ch.insertLines('circle_member', members.map(memberLine).join(''))
}

function circleLine(row: CircleToShip): string {
  const search = [row.name, row.domain, row.externalId ?? ''].join('\n').toLowerCase()
  const fields = JSON.stringify({
    ws: row.ws,
    circle: row.num,
    kind: row.kind,
    name: row.name,
    domain: row.domain,
    search,
    owner: row.owner ?? '',
    department: row.department ?? '',
    deleted: row.deleted ? 1 : 0,
    version: row.version,
  })
  const attributes = toCanonicalJson(flatten(attributesOf(row.traits)))
  return `${fields.slice(0, -1)},"attrs":${attributes},"created":${jsonTime(row.created.getTime())}}\n`
}

function memberLine(row: MemberToShip): string {
  const { ws, circle, unit, place, kind, version } = row
  const deleted = belongs(row) ? 0 : 1
  const fields = JSON.stringify({
    ws,
    circle,
    unit,
    place,
    kind,
    title: titleOf(row) ?? '',
    main: row.main ? 1 : 0,
    deleted,
    version,
  })
  return `${fields.slice(0, -1)},"since":${jsonTime(row.since)}}\n`
}
