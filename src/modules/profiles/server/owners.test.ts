import { beforeAll, expect, test } from 'vitest'
import type { Profile } from '#modules/profiles/contract.ts'
import { joinMember, peopleFollowed } from '#modules/profiles/server/testing/join-member.ts'
import { identify, type List, one } from '#modules/profiles/server/testing/tell-people.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})

type Reply = { code?: string; path?: string; people?: number; visible?: boolean }

async function workspaceWith(...users: string[]): Promise<TestWorkspace> {
  const ws = await app.workspace()
  await ws.send(...users.map((user, at) => identify(at, user, { name: user })))
  await ws.settled()
  return ws
}
const idsOf = async (ws: TestWorkspace, ...users: string[]) =>
  Promise.all(users.map(async (user) => (await one(ws, `user_id:${user}`)).id))
const assign = async (ws: Pick<TestWorkspace, 'call'>, id: string, owner: string | null) =>
  ws.call<Reply>('PUT', `/api/profiles/${id}/owner`, { owner })
const ownerOf = async (ws: TestWorkspace, user: string) =>
  (await one(ws, `user_id:${user}`)).owner?.id ?? null
const listed = async (ws: Pick<TestWorkspace, 'call'>, query = '') => {
  const { body } = await ws.call<List<Profile>>('GET', `/api/profiles?sort=name&${query}`)
  return body.items.map((person) => person.name)
}
const inClickHouse = async (ws: TestWorkspace) => {
  const rows = await app.ch.query<{ name: string; owner: string; department: string }>(
    `SELECT name, owner, department FROM people FINAL WHERE deleted = 0 AND name IN ({a:String}, {b:String}) AND ws IN
       (SELECT ws FROM people WHERE person = {person:UInt64}) ORDER BY name`,
    { a: 'p1', b: 'p2', person: await numberOf(ws, 'p1') },
  )
  return rows.map(({ name, owner, department }) => [name, owner, department])
}
async function numberOf(ws: TestWorkspace, user: string): Promise<number> {
  const { id } = await one(ws, `user_id:${user}`)
  const workspace = await app.database.system((tx) =>
    tx.client.query('select num from platform.workspace where id = $1', [ws.id]),
  )
  return app.profiles.personIds.decode(workspace.rows[0].num, id) as number
}
const department = async (ws: TestWorkspace, name: string, parentId: string | null = null) =>
  (await ws.call<{ id: string }>('POST', '/api/departments', { name, parentId })).body.id

test('a person is given to a member, found by owner, and given back', async () => {
  const ws = await workspaceWith('p1', 'p2', 'p3')
  const rep = await joinMember(app, ws, 'rep@a.example', { scope: 'self' })
  const [p1] = await idsOf(ws, 'p1')
  expect((await one(ws, 'user_id:p1')).owner).toBeNull()
  expect(await assign(ws, p1 as string, rep.id)).toMatchObject({
    status: 200,
    body: { owner: { id: rep.id, name: 'rep' }, visible: true },
  })
  expect((await one(ws, 'user_id:p1')).owner).toMatchObject({ id: rep.id, name: 'rep' })
  expect(await listed(ws, `owner=${rep.id}`)).toEqual(['p1'])
  expect(await listed(ws, 'owner=none')).toEqual(['p2', 'p3'])
  expect((await ws.call('POST', '/api/profiles/count', { owner: 'none' })).body).toEqual({ count: 2 })
  expect(await listed(ws, 'owner=none&identifier=user_id:p1')).toEqual([])
  await assign(ws, p1 as string, null)
  expect(await ownerOf(ws, 'p1')).toBeNull()
  expect(await listed(ws, 'owner=none')).toEqual(['p1', 'p2', 'p3'])
  const audit = await ws.call<List<{ action: string; subject: string; details: unknown }>>(
    'GET',
    '/api/audit',
  )
  expect(audit.body.items.filter((entry) => entry.action === 'profile.owner_changed')).toMatchObject([
    { subject: p1, details: { from: rep.id, to: null } },
    { subject: p1, details: { from: null, to: rep.id } },
  ])
})

test('many people are given in one call, all or nobody; who has that owner already is no change', async () => {
  const ws = await workspaceWith('p1', 'p2', 'p3')
  const rep = await joinMember(app, ws, 'rep@b.example', { scope: 'self' })
  const ids = await idsOf(ws, 'p1', 'p2')
  await assign(ws, ids[0] as string, rep.id)
  const many = (body: unknown) => ws.call<Reply>('POST', '/api/profiles/owner', body)
  expect((await many({ ids: [...ids, ids[0]], owner: rep.id })).body).toEqual({ people: 1, visible: 2 })
  expect(await listed(ws, `owner=${rep.id}`)).toEqual(['p1', 'p2'])
  const refused = await many({ ids: [ids[0], 'per_nobody'], owner: null })
  expect(refused).toMatchObject({ status: 404, body: { code: 'profile.missing', path: '/body/ids/1' } })
  expect(await listed(ws, `owner=${rep.id}`)).toEqual(['p1', 'p2'])
  expect((await many({ ids, owner: null })).body).toEqual({ people: 2, visible: 2 })
  expect((await many({ ids: [], owner: null })).status).toBe(422)
})

test('only an active member of this workspace can have people, and only a permission gives them', async () => {
  const [ws, other] = [await workspaceWith('p1'), await workspaceWith('p1')]
  const [p1] = (await idsOf(ws, 'p1')) as [string]
  const stranger = await joinMember(app, other, 'rep@c.example', { scope: 'self' })
  const gone = await joinMember(app, ws, 'gone@c.example', { scope: 'all' })
  await ws.call('PATCH', `/api/members/${gone.id}`, { status: 'disabled' })
  for (const owner of [stranger.id, gone.id, 'mem_nobody'])
    expect(await assign(ws, p1, owner)).toMatchObject({
      status: 422,
      body: { code: 'profile.owner_missing' },
    })
  const reader = await joinMember(app, ws, 'reader@c.example', { scope: 'all', permissions: ['people:read'] })
  expect(await assign(reader, p1, reader.id)).toMatchObject({ status: 403, body: { code: 'access.denied' } })
  expect(await ownerOf(ws, 'p1')).toBeNull()
})

test('after a merge the owner assigned last counts; unmerge gives each one theirs back', async () => {
  const ws = await workspaceWith('p1', 'p2')
  const [x, y] = [
    await joinMember(app, ws, 'x@d.example', { scope: 'self' }),
    await joinMember(app, ws, 'y@d.example', { scope: 'self' }),
  ]
  const [p1, p2] = (await idsOf(ws, 'p1', 'p2')) as [string, string]
  await assign(ws, p1, x.id)
  app.clock.advance(1000)
  await assign(ws, p2, y.id)
  const merge = () => ws.call('POST', `/api/profiles/${p1}/merge`, { with: p2 })
  const unmerge = () =>
    ws.call('POST', `/api/profiles/${p1}/unmerge`, { identifier: { kind: 'user_id', value: 'p2' } })
  await merge()
  expect(await ownerOf(ws, 'p1')).toBe(y.id)
  expect((await inClickHouse(ws)).map((row) => row[1])).toEqual([y.id])
  await unmerge()
  expect([await ownerOf(ws, 'p1'), await ownerOf(ws, 'p2')]).toEqual([x.id, y.id])
  expect(await inClickHouse(ws)).toEqual([
    ['p1', x.id, ''],
    ['p2', y.id, ''],
  ])
  // Given back while one: nobody has the merged person, p2 is y's again afterwards.
  await merge()
  app.clock.set(Date.now() - 3_600_000)
  await assign(ws, p1, null)
  expect(await ownerOf(ws, 'p2')).toBeNull()
  expect(await listed(ws, 'owner=none')).toHaveLength(1)
  await unmerge()
  expect([await ownerOf(ws, 'p1'), await ownerOf(ws, 'p2')]).toEqual([null, y.id])
  app.clock.set(Date.now())
})

test("a member's people follow into another department, stay when the member leaves, and survive a rebuild", async () => {
  const ws = await workspaceWith('p1', 'p2', 'p3')
  const [north, south] = [await department(ws, 'North'), await department(ws, 'South')]
  const rep = await joinMember(app, ws, 'rep@e.example', { scope: 'self', departmentId: north })
  const [head, other] = [
    await joinMember(app, ws, 'head@e.example', { scope: 'department', departmentId: south }),
    await joinMember(app, ws, 'other@e.example', { scope: 'department_tree', departmentId: north }),
  ]
  const ids = await idsOf(ws, 'p1', 'p2')
  await ws.call('POST', '/api/profiles/owner', { ids, owner: rep.id })
  expect([await listed(head), await listed(other)]).toEqual([[], ['p1', 'p2']])
  await ws.call('PATCH', `/api/members/${rep.id}`, { departmentId: south })
  await peopleFollowed(app)
  expect([await listed(head), await listed(other)]).toEqual([['p1', 'p2'], []])
  await ws.call('PATCH', `/api/members/${rep.id}`, { status: 'disabled' })
  await peopleFollowed(app)
  expect(await listed(head)).toEqual(['p1', 'p2'])
  expect(await ownerOf(ws, 'p1')).toBe(rep.id)

  const before = await inClickHouse(ws)
  expect(before).toEqual([
    ['p1', rep.id, south],
    ['p2', rep.id, south],
  ])
  const { peopleSource } = app.profiles
  expect(await app.collect.projector.inTurn(() => peopleSource.agree())).toBe(true)
  // A part of the table is lost: an older row of the person shows.
  await app.ch.command(
    `INSERT INTO people SELECT * REPLACE ('' AS owner, '' AS department, version + 1 AS version)
     FROM people FINAL WHERE person = {person:UInt64}`,
    { person: await numberOf(ws, 'p2') },
  )
  expect(await app.collect.projector.inTurn(() => peopleSource.agree())).toBe(false)
  await app.collect.projector.exclusive(() => peopleSource.rebuild(async () => undefined))
  expect(await inClickHouse(ws)).toEqual(before)
  expect(await app.collect.projector.inTurn(() => peopleSource.agree())).toBe(true)
})

test('people follow exactly although the move is cut off after rows were shipped and before they were committed', async () => {
  const ws = await workspaceWith('p1', 'p2')
  const [north, south] = [await department(ws, 'North'), await department(ws, 'South')]
  const rep = await joinMember(app, ws, 'rep@f.example', { scope: 'self', departmentId: north })
  await ws.call('POST', '/api/profiles/owner', { ids: await idsOf(ws, 'p1', 'p2'), owner: rep.id })
  const insert = app.ch.insertLines
  let cut = 0
  app.ch.insertLines = async (table, ...rest) => {
    await insert(table, ...rest)
    if (table === 'people' && cut++ === 0) throw new Error('the process ends here')
  }
  try {
    await ws.call('PATCH', `/api/members/${rep.id}`, { departmentId: south })
    await peopleFollowed(app)
  } finally {
    app.ch.insertLines = insert
  }
  expect(cut).toBeGreaterThan(1)
  expect(await inClickHouse(ws)).toEqual([
    ['p1', rep.id, south],
    ['p2', rep.id, south],
  ])
  expect(await app.collect.projector.inTurn(() => app.profiles.peopleSource.agree())).toBe(true)
})
