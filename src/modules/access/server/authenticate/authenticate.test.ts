import { expect, test } from 'vitest'
import { z } from 'zod'
import { accessForEachTest } from '#modules/access/server/testing/access-for-each-test.ts'
import { aMember, anOwner, aWorkspace } from '#modules/access/server/testing/cast.ts'
import { instanceToken, password, type TestAccess } from '#modules/access/server/testing/start-test-access.ts'
import { Visitor, withKey } from '#modules/access/server/testing/visitor.ts'
import { defineRoutes } from '#platform/http/define-routes.ts'
import { implement } from '#platform/http/implement.ts'

// A route of the program's own, and one that shows what a use-case is given.
const routes = defineRoutes({
  admin: { post: '/api/test/admin', access: 'instance:admin', summary: 'x', returns: z.unknown() },
  show: { get: '/api/test/show', access: 'people:read', summary: 'x', returns: z.unknown() },
  open: { post: '/api/test/open', access: 'public', summary: 'x', returns: z.unknown() },
})
const shown = async ({ ctx }: { ctx: object }) => ({ ...ctx, permissions: undefined })
const extra = implement(routes, { admin: shown, show: shown, open: shown })

let app: TestAccess
const cluster = accessForEachTest((fresh) => {
  app = fresh
}, extra)

test.each([
  ['another origin', { origin: 'https://evil.example' }, 403],
  ['an opaque origin', { origin: 'null' }, 403],
  ['a neighbour on the same site', { 'sec-fetch-site': 'same-site' }, 403],
  [
    'another site, whatever origin it claims',
    { 'sec-fetch-site': 'cross-site', origin: 'http://localhost' },
    403,
  ],
  ['nobody saying where from', {}, 403],
  ['the same origin', { origin: 'http://localhost' }, 200],
  ['the same origin, told by the browser', { 'sec-fetch-site': 'same-origin' }, 200],
  ['the address bar', { 'sec-fetch-site': 'none' }, 200],
])('a change by cookie from %s is answered as it should', async (_from, headers, status) => {
  const owner = await anOwner(app)
  const elsewhere = new Visitor(app.server, { host: 'localhost', ...headers })
  elsewhere.cookie = owner.cookie
  const reply = await elsewhere.patch('/api/me', { theme: 'dark' })
  expect(reply.status).toBe(status)
  if (status === 403) expect(reply.code).toBe('access.cross_site')
  expect((await elsewhere.get('/api/session')).status).toBe(200) // reading changes nothing
})

test('another site cannot log a visitor in either; a program without a browser can', async () => {
  await anOwner(app)
  const login = { email: 'owner@example.com', password }
  const from = (headers: Record<string, string>) =>
    new Visitor(app.server, headers).post('/api/session', login)
  expect((await from({ origin: 'https://evil.example', host: 'localhost' })).code).toBe('access.cross_site')
  expect((await from({ host: 'localhost' })).status).toBe(200)
})

test('X-Workspace chooses among one’s own workspaces only, for one request', async () => {
  const owner = await anOwner(app)
  const other = await aWorkspace(app, 'Foreign', 'other@example.com')
  const lab = (await owner.post('/api/workspaces', { name: 'Lab', timezone: 'UTC' })).body
    .workspaceId as string
  const inLab = await owner.get('/api/session', { 'x-workspace': lab })
  expect(inLab.body.workspace).toMatchObject({ name: 'Lab' })
  expect((await owner.get('/api/session')).body.workspace).toMatchObject({ name: 'Qinghe' })
  for (const wanted of [other.id, 'ws_nothing']) {
    expect((await owner.get('/api/members', { 'x-workspace': wanted })).code).toBe('access.workspace_missing')
    expect((await owner.patch('/api/session', { workspaceId: wanted })).code).toBe('access.workspace_missing')
  }
  expect((await withKey(app.server, other.apiKey).get('/api/members', { 'x-workspace': lab })).status).toBe(
    404,
  )
  expect((await owner.patch('/api/session', { workspaceId: lab })).body.workspace).toMatchObject({
    name: 'Lab',
  })
  expect((await owner.get('/api/workspace')).body.name).toBe('Lab')
})

test('only the command line administers the instance; it acts in a workspace it names', async () => {
  const owner = await anOwner(app)
  const workspace = (await owner.get('/api/session')).body.workspace as { id: string }
  expect((await owner.post('/api/test/admin')).code).toBe('access.denied')
  const cli = withKey(app.server, instanceToken)
  expect((await cli.post('/api/test/admin')).body).toMatchObject({
    actor: { kind: 'system' },
    scope: { all: true },
  })
  const inside = await cli.post('/api/test/admin', {}, { 'x-workspace': workspace.id })
  expect(inside.body.workspace).toMatchObject({ id: workspace.id, timezone: 'Asia/Shanghai' })
  expect((await cli.post('/api/test/admin', {}, { 'x-workspace': 'ws_nothing' })).status).toBe(404)
  expect((await cli.get('/api/members', { 'x-workspace': workspace.id })).code).toBe('access.denied')
})

test('no instance token, or a short one, is nobody’s key', async () => {
  for (const token of ['', 'short']) {
    const bare = await cluster.fresh({ instanceToken: token }, extra)
    expect((await withKey(bare.server, token || 'x').post('/api/test/admin')).status).toBe(401)
    await bare.close()
  }
})

test('a public route knows nobody and sees nothing, also when somebody logged in calls it', async () => {
  const owner = await anOwner(app)
  expect((await owner.post('/api/test/open')).body).toMatchObject({
    actor: { kind: 'system', name: 'public' },
    scope: { all: false, memberIds: [], departmentIds: [] },
  })
})

test('the scope of a role becomes members and departments', async () => {
  const owner = await anOwner(app)
  const department = async (name: string, parentId: string | null) =>
    (await owner.post('/api/departments', { name, parentId })).body.id as string
  const sales = await department('Sales', null)
  const team = await department('Team', sales)
  const other = await department('Other', null)
  for (const scope of ['self', 'department'])
    await owner.post('/api/roles', { name: scope, permissions: ['people:read'], scope })
  const boss = await aMember(app, owner, 'sales_manager', 'boss@e.com', sales)
  const rep = await aMember(app, owner, 'sales_rep', 'rep@e.com', team)
  const junior = await aMember(app, owner, 'self', 'junior@e.com', team)
  const clerk = await aMember(app, owner, 'department', 'clerk@e.com', sales)
  const trainee = await aMember(app, owner, 'department', 'trainee@e.com')
  await owner.patch(`/api/members/${junior.id}`, { managerId: rep.id })
  await owner.patch(`/api/members/${rep.id}`, { managerId: boss.id })
  const scopeOf = async (member: { visitor: Visitor }) =>
    (await member.visitor.get('/api/test/show')).body.scope
  const sorted = (ids: string[]) =>
    expect.toSatisfy((given: string[]) => [...given].sort().join() === [...ids].sort().join())
  expect((await owner.get('/api/test/show')).body.scope).toEqual({ all: true })
  expect(await scopeOf(boss)).toEqual({
    all: false,
    memberIds: [boss.id],
    departmentIds: sorted([sales, team]),
  })
  expect(await scopeOf(rep)).toEqual({
    all: false,
    memberIds: sorted([rep.id, junior.id]),
    departmentIds: [],
  })
  expect(await scopeOf(junior)).toEqual({ all: false, memberIds: [junior.id], departmentIds: [] })
  expect(await scopeOf(clerk)).toEqual({ all: false, memberIds: [clerk.id], departmentIds: [sales] })
  expect(await scopeOf(trainee)).toEqual({ all: false, memberIds: [trainee.id], departmentIds: [] })
  await owner.patch(`/api/departments/${team}`, { parentId: other })
  expect(await scopeOf(boss)).toEqual({ all: false, memberIds: [boss.id], departmentIds: [sales] })
})

test('the language is the account’s, else what the caller asks for', async () => {
  const owner = await anOwner(app)
  await owner.patch('/api/me', { language: 'zh' })
  expect((await owner.get('/api/test/show')).body.language).toBe('zh')
  const key = (await owner.post('/api/api-keys', { name: 'k' })).body.secret as string
  expect(
    (await withKey(app.server, key).get('/api/test/show', { 'accept-language': 'zh-CN,en' })).body.language,
  ).toBe('zh')
  expect((await withKey(app.server, key).get('/api/test/show')).body.language).toBe('en')
})
