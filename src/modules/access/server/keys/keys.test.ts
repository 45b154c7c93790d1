import { expect, test } from 'vitest'
import { accessForEachTest } from '#modules/access/server/testing/access-for-each-test.ts'
import { aMember, anOwner, aWorkspace, itemsOf, roleId } from '#modules/access/server/testing/cast.ts'
import { instanceToken, password, type TestAccess } from '#modules/access/server/testing/start-test-access.ts'
import { Visitor, withKey } from '#modules/access/server/testing/visitor.ts'

let app: TestAccess
const cluster = accessForEachTest((fresh) => {
  app = fresh
})

test('an API key does what its list says and nothing else, and is stored only as a hash', async () => {
  const owner = await anOwner(app)
  const made = await owner.post('/api/api-keys', { name: 'CI', permissions: ['member:read'] })
  const secret = made.body.secret as string
  expect(secret).toMatch(/^hw_sk_[0-9a-z]{52}$/)
  expect(secret.startsWith(made.body.prefix as string)).toBe(true)
  const key = withKey(app.server, secret)
  expect((await key.get('/api/members')).status).toBe(200)
  expect((await key.post('/api/roles', { name: 'X', permissions: [], scope: 'self' })).body).toMatchObject({
    code: 'access.denied',
    permission: 'member:write',
    detail: 'This needs the permission “Manage members, roles, departments” (member:write).',
  })
  expect((await key.get('/api/session')).body).toMatchObject({ user: null, permissions: ['member:read'] })
  expect((await key.get('/api/sessions')).code).toBe('access.denied')
  expect(JSON.stringify(await app.intrude('select k::text from access.api_key k'))).not.toContain(secret)
  expect(JSON.stringify((await owner.get('/api/api-keys')).body)).not.toContain(secret)
})

test('a key can do no more than its maker can now', async () => {
  const owner = await anOwner(app)
  const member = await aMember(app, owner, 'integrator', 'i@example.com')
  expect(
    (await member.visitor.post('/api/api-keys', { name: 'k', permissions: ['people:erase'] })).code,
  ).toBe('access.escalation')
  const secret = (await member.visitor.post('/api/api-keys', { name: 'k' })).body.secret as string
  const key = withKey(app.server, secret)
  expect((await key.get('/api/write-keys')).status).toBe(200)
  await owner.patch(`/api/members/${member.id}`, { roleId: await roleId(owner, 'viewer') })
  expect((await key.get('/api/write-keys')).code).toBe('access.denied')
  expect((await key.get('/api/members')).status).toBe(200)
})

test('a key made by a key dies with the member behind both', async () => {
  const owner = await anOwner(app)
  const member = await aMember(app, owner, 'integrator', 'i@example.com')
  const first = withKey(
    app.server,
    (await member.visitor.post('/api/api-keys', { name: 'k' })).body.secret as string,
  )
  const second = withKey(
    app.server,
    (await first.post('/api/api-keys', { name: 'k2' })).body.secret as string,
  )
  expect((await second.get('/api/members')).status).toBe(200)
  await owner.patch(`/api/members/${member.id}`, { status: 'disabled' })
  expect((await second.get('/api/members')).status).toBe(401)
})

test('a key ends when revoked or out of date; its last use is shown', async () => {
  const owner = await anOwner(app)
  const expiresAt = new Date(app.clock.now() + 3600_000).toISOString()
  const made = await owner.post('/api/api-keys', { name: 'k', permissions: ['member:read'], expiresAt })
  const key = withKey(app.server, made.body.secret as string)
  expect((await key.get('/api/members')).status).toBe(200)
  expect(itemsOf((await owner.get('/api/api-keys')).body)[0]).toMatchObject({
    lastUsedAt: '2026-06-01T08:00:00.000Z',
    expiresAt,
  })
  app.clock.advance(3600_000)
  expect((await key.get('/api/members')).status).toBe(401)
  const other = await owner.post('/api/api-keys', { name: 'k2', permissions: ['member:read'] })
  const otherKey = withKey(app.server, other.body.secret as string)
  expect((await otherKey.get('/api/members')).status).toBe(200)
  expect((await owner.delete(`/api/api-keys/${other.body.id}`)).status).toBe(204)
  expect((await otherKey.get('/api/members')).status).toBe(401)
  expect((await owner.delete(`/api/api-keys/${other.body.id}`)).code).toBe('access.key_missing')
})

test('a bad Authorization header is refused even beside a good cookie', async () => {
  const owner = await anOwner(app)
  for (const authorization of ['Bearer hw_sk_wrong', 'Basic abc', 'Bearer', `Bearer ${instanceToken}x`])
    expect((await owner.get('/api/session', { authorization })).code).toBe('access.unauthenticated')
})

test('a write key leads to its workspace and source until it is revoked', async () => {
  const owner = await anOwner(app)
  const me = (await owner.get('/api/session')).body.workspace as { id: string }
  const made = await owner.post('/api/write-keys', { name: 'Shop', kind: 'web' })
  const key = made.body.key as string
  expect(await app.access.resolveWriteKey(key)).toMatchObject({
    workspace: 1,
    workspaceId: me.id,
    sourceId: made.body.id,
    sourceName: 'Shop',
    timezone: 'Asia/Shanghai',
  })
  await owner.patch(`/api/write-keys/${made.body.id}`, { name: 'Web shop' })
  expect((await app.access.resolveWriteKey(key))?.sourceName).toBe('Web shop')
  expect((await owner.delete(`/api/write-keys/${made.body.id}`)).status).toBe(204)
  expect(await app.access.resolveWriteKey(key)).toBeUndefined()
  for (const bad of ['', 'wk_', `wk_${'0'.repeat(24)}`, "wk_' or 1=1"])
    expect(await app.access.resolveWriteKey(bad)).toBeUndefined()
})

test('write keys are answered from memory for at most 5 s', async () => {
  await anOwner(app)
  const [row] = await app.intrude('select key from access.write_key')
  const key = row?.key as string
  await app.access.resolveWriteKey(key)
  await app.intrude('update access.write_key set revoked_at = now()') // by another process
  expect(await app.access.resolveWriteKey(key)).toBeDefined()
  app.clock.advance(5000)
  expect(await app.access.resolveWriteKey(key)).toBeUndefined()
})

test('the command line creates workspaces whose keys work at once; an existing account keeps its password', async () => {
  const cli = withKey(app.server, instanceToken)
  const body = {
    name: 'One',
    email: 'o@example.com',
    password,
    timezone: 'Asia/Shanghai',
    onlyWhenEmpty: true,
  }
  const one = await cli.post('/api/workspaces', body)
  expect(one.status).toBe(201)
  expect(one.body).toEqual({
    workspaceId: expect.stringMatching(/^ws_/),
    writeKey: expect.stringMatching(/^wk_/),
    apiKey: expect.stringMatching(/^hw_sk_/),
    account: 'created',
  })
  expect((await cli.post('/api/workspaces', body)).code).toBe('access.already_set_up')
  const two = await cli.post('/api/workspaces', {
    ...body,
    name: 'Two',
    onlyWhenEmpty: false,
    password: 'something else',
  })
  expect(two.body.account).toBe('existing')
  expect((await withKey(app.server, one.body.apiKey as string).get('/api/workspace')).body.name).toBe('One')
  expect((await withKey(app.server, two.body.apiKey as string).get('/api/workspace')).body.name).toBe('Two')
  expect((await app.access.resolveWriteKey(two.body.writeKey as string))?.workspaceId).toBe(
    two.body.workspaceId,
  )
  expect(
    (await new Visitor(app.server).post('/api/session', { email: 'o@example.com', password })).status,
  ).toBe(200)
})

test('what other modules seed is there or the workspace is not', async () => {
  const seeded: number[] = []
  const failing = await cluster.fresh({
    seeds: [
      async (_tx, workspace) => {
        seeded.push(workspace.num)
        throw new Error('seed failed')
      },
    ],
  })
  const reply = await new Visitor(failing.server).post('/api/setup', {
    workspace: 'W',
    email: 'a@b.co',
    password,
    name: 'A',
    timezone: 'UTC',
  })
  expect(reply.status).toBe(500)
  expect(seeded).toHaveLength(1)
  expect(
    await failing.intrude(
      'select (select count(*) from platform.workspace)::int + (select count(*) from access.app_user)::int as n',
    ),
  ).toEqual([{ n: 0 }])
  await failing.close()
})

test('members make workspaces of their own; keys and visitors do not', async () => {
  const owner = await anOwner(app)
  const body = { name: 'Lab', timezone: 'UTC' }
  const made = await owner.post('/api/workspaces', body)
  expect(made.status).toBe(201)
  expect((await withKey(app.server, made.body.apiKey as string).post('/api/workspaces', body)).code).toBe(
    'access.denied',
  )
  expect((await new Visitor(app.server).post('/api/workspaces', body)).status).toBe(401)
  const others = await aWorkspace(app, 'Other', 'other@example.com')
  expect(((await others.owner.get('/api/session')).body.workspaces as unknown[]).length).toBe(1)
})

test('what a key did is said to be a key’s, what a person did is theirs', async () => {
  const owner = await anOwner(app)
  const secret = (await owner.post('/api/api-keys', { name: 'CI' })).body.secret as string
  const key = withKey(app.server, secret)
  await key.post('/api/api-keys', { name: 'Made by CI' })
  const keys = itemsOf((await owner.get('/api/api-keys')).body)
  const made = Object.fromEntries(keys.map((one) => [one.name, one.createdBy]))
  expect(made).toMatchObject({ CI: 'Olga Owner', 'Made by CI': 'API key “CI”' })
  const invited = { email: 'n@example.com', roleId: await roleId(owner, 'viewer') }
  const { body } = await key.post('/api/invitations', invited)
  expect(body.invitedBy).toBe('API key “CI”')
  const link = `/api/invitation-links/${String(body.link).split('/').at(-1)}`
  expect((await owner.get(link, { 'accept-language': 'zh-CN' })).body.invitedBy).toBe('API 密钥“CI”')
  const actors = itemsOf((await owner.get('/api/audit')).body).map((one) => [one.action, one.actor])
  expect(actors).toContainEqual([
    'invitation.created',
    expect.objectContaining({ kind: 'api_key', name: 'CI' }),
  ])
})
