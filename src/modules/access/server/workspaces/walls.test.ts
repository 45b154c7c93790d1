import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes } from '#modules/access/contract.ts'
import { permissions } from '#modules/access/permissions.ts'
import { aMember, aWorkspace, type Item, roleId } from '#modules/access/server/testing/cast.ts'
import { startTestCluster, type TestAccess } from '#modules/access/server/testing/start-test-access.ts'
import type { Visitor } from '#modules/access/server/testing/visitor.ts'
import { methodOf, pathOf, type RouteDef } from '#platform/http/define-routes.ts'

let cluster: Awaited<ReturnType<typeof startTestCluster>>
let app: TestAccess
type World = Awaited<ReturnType<typeof furnished>>
let mine: World
let theirs: World
beforeAll(async () => {
  cluster = await startTestCluster()
  app = await cluster.fresh()
  mine = await furnished('Mine', 'mine.example')
  theirs = await furnished('Theirs', 'theirs.example')
})
afterAll(async () => {
  await app.close()
  await cluster.stop()
})

/** A workspace with one of everything; ids by the last part of the list's path. */
async function furnished(name: string, domain: string) {
  const { owner, id } = await aWorkspace(app, name, `owner@${domain}`)
  const member = await aMember(app, owner, 'viewer', `viewer@${domain}`)
  const made = async (url: string, body: object) => (await owner.post(url, body)).body as Item
  const role = await made('/api/roles', { name: 'Own', permissions: ['people:read'], scope: 'self' })
  const invited = await made('/api/invitations', {
    email: `guest@${domain}`,
    roleId: await roleId(owner, 'viewer'),
  })
  const department = await made('/api/departments', { name: 'Dep' })
  const apiKey = await made('/api/api-keys', { name: 'Key', permissions: ['people:read'] })
  const writeKey = await made('/api/write-keys', { name: 'Source' })
  const ids: Record<string, string> = {
    members: member.id,
    roles: role.id,
    invitations: invited.id,
    departments: department.id,
    'api-keys': apiKey.id,
    'write-keys': writeKey.id,
  }
  const [row] = await app.intrude('select num from platform.workspace where id = $1', [id])
  return { owner, id, ids, workspace: { num: row?.num as number, id, timezone: 'UTC' } }
}

const nounOf = (route: RouteDef) => pathOf(route).split('/')[2] ?? ''
const walled: [string, RouteDef][] = Object.entries(routes).filter(
  ([, route]) => route.access !== 'public' && route.access !== 'session',
)
const withId = walled.filter(([, route]) => pathOf(route).includes('/:id'))
// Valid for every change of its noun, so that only the id can be the reason of a refusal.
const bodies: Record<string, object> = {
  members: { departmentId: null },
  roles: { name: 'Renamed' },
  departments: { name: 'Renamed' },
  'write-keys': { name: 'Renamed' },
}
const send = (visitor: Visitor, route: RouteDef, id: string) => {
  const method = methodOf(route).toUpperCase() as 'PATCH'
  return visitor.call(
    method,
    pathOf(route).replace(':id', id),
    method === 'PATCH' ? bodies[nounOf(route)] : undefined,
  )
}
const dump = () =>
  app.intrude(`select (select json_agg(t order by id) from access.member t)::text || (select json_agg(t order by id) from access.role t)::text
  || (select json_agg(t order by id) from access.department t)::text || (select json_agg(t order by id) from access.invitation t)::text
  || (select json_agg(t order by id) from access.api_key t)::text || (select json_agg(t order by id) from access.write_key t)::text as text`)

test.each(withId)(
  '%s: a foreign id is as missing as an invented one, and changes nothing',
  async (_name, route) => {
    const foreign = theirs.ids[nounOf(route)]
    expect(foreign).toBeDefined()
    const before = await dump()
    const reply = await send(mine.owner, route, foreign ?? '')
    const invented = await send(mine.owner, route, 'xxx_nothing')
    expect(reply.status).toBe(404)
    expect({ ...reply.body, instance: '' }).toEqual({ ...invented.body, instance: '' })
    expect(await dump()).toEqual(before)
  },
)

test.each(walled.filter(([, route]) => methodOf(route) === 'get'))(
  '%s shows nothing of the other workspace',
  async (_name, route) => {
    const text = JSON.stringify((await mine.owner.get(pathOf(route))).body)
    for (const id of [theirs.id, 'theirs.example', ...Object.values(theirs.ids)])
      expect(text).not.toContain(id)
  },
)

test('references to foreign roles, departments and managers are refused', async () => {
  const me = `/api/members/${mine.ids.members}`
  expect((await mine.owner.patch(me, { roleId: theirs.ids.roles })).code).toBe('access.role_missing')
  expect((await mine.owner.patch(me, { departmentId: theirs.ids.departments })).code).toBe(
    'access.department_missing',
  )
  expect((await mine.owner.patch(me, { managerId: theirs.ids.members })).code).toBe('access.member_missing')
  const parent = await mine.owner.post('/api/departments', { name: 'X', parentId: theirs.ids.departments })
  expect(parent.code).toBe('access.department_missing')
  const invitation = await mine.owner.post('/api/invitations', { email: 'x@y.co', roleId: theirs.ids.roles })
  expect(invitation.code).toBe('access.role_missing')
})

test('with our own filters removed the database still keeps each workspace to itself', async () => {
  const tables =
    await app.intrude(`select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'access'::regnamespace and c.relkind = 'r' and a.attname = 'workspace_id' and c.relname <> 'session'`)
  expect(tables.length).toBeGreaterThanOrEqual(8)
  // Written a second after a key was used, by whoever let it through.
  for (const { workspace } of [mine, theirs])
    await app.intrude(
      `insert into access.key_use values (${workspace.num}, 'key_x', now(), 1) on conflict do nothing`,
    )
  for (const { name } of tables) {
    const table = sql.table(`access.${String(name)}`)
    const rows = await app.database.read(mine, (tx) =>
      tx.rows<{ workspace_id: number }>(sql`select workspace_id from ${table}`),
    )
    expect(rows.length, String(name)).toBeGreaterThan(0)
    expect(new Set(rows.map((row) => row.workspace_id)), String(name)).toEqual(new Set([mine.workspace.num]))
  }
})

test.each(['app_user', 'session', 'login_attempt'])(
  'the app role cannot read access.%s at all',
  async (name) => {
    const reading = app.database.read(mine, (tx) =>
      tx.rows(sql`select * from ${sql.table(`access.${name}`)}`),
    )
    await expect(reading).rejects.toThrow(/permission denied/)
  },
)

test.each([
  'update access.audit_log set action = action',
  'delete from access.audit_log',
  'delete from access.audit_head',
])('neither the app role nor the program may run: %s', async (statement) => {
  await expect(app.database.write(mine, (tx) => tx.run(sql.raw(statement)))).rejects.toThrow(
    /permission denied/,
  )
  await expect(app.database.system((tx) => tx.run(sql.raw(statement)))).rejects.toThrow(/permission denied/)
})

test('every route names a permission that exists', () => {
  expect(walled.filter(([, route]) => !Object.hasOwn(permissions, route.access))).toEqual([])
})
