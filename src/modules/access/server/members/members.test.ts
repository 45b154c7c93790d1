import { expect, test } from 'vitest'
import { accessForEachTest } from '#modules/access/server/testing/access-for-each-test.ts'
import {
  aMember,
  anOwner,
  aWorkspace,
  itemsOf,
  loggedIn,
  roleId,
} from '#modules/access/server/testing/cast.ts'
import { password, type TestAccess } from '#modules/access/server/testing/start-test-access.ts'
import { Visitor, withKey } from '#modules/access/server/testing/visitor.ts'

let app: TestAccess
accessForEachTest((fresh) => {
  app = fresh
})

const newRole = (permissions: string[], scope = 'all') => ({
  name: `Role of ${permissions.length}`,
  permissions,
  scope,
})

test('an invitation brings a new account into the workspace once, with its role', async () => {
  const owner = await anOwner(app)
  const invitation = await owner.post('/api/invitations', {
    email: 'New@Example.com',
    roleId: await roleId(owner, 'marketer'),
  })
  expect(invitation.body).toMatchObject({
    email: 'new@example.com',
    invitedBy: 'Olga Owner',
    role: { name: 'Marketer' },
  })
  const link = `/api/invitation-links/${String(invitation.body.link).replace('/invite/', '')}`
  const guest = new Visitor(app.server)
  expect((await guest.get(link)).body).toMatchObject({
    workspace: 'Qinghe',
    email: 'new@example.com',
    hasAccount: false,
  })
  expect((await guest.post(`${link}/accept`, { password: 'short' })).code).toBe('access.weak_password')
  const joined = await guest.post(`${link}/accept`, { password, name: 'Mia' })
  expect(joined.body).toMatchObject({
    user: { name: 'Mia' },
    role: { builtin: 'marketer' },
    workspace: { name: 'Qinghe' },
  })
  expect((await guest.get('/api/session')).status).toBe(200)
  expect((await new Visitor(app.server).post(`${link}/accept`, { password })).code).toBe(
    'access.invitation_missing',
  )
  expect(itemsOf((await owner.get('/api/invitations')).body)).toEqual([])
})

test('an invitation ends after 7 days, when withdrawn, and when a newer one is sent', async () => {
  const owner = await anOwner(app)
  const send = async () => {
    const reply = await owner.post('/api/invitations', {
      email: 'g@example.com',
      roleId: await roleId(owner, 'viewer'),
    })
    return {
      id: reply.body.id,
      link: `/api/invitation-links/${String(reply.body.link).replace('/invite/', '')}`,
    }
  }
  const guest = new Visitor(app.server)
  const first = await send()
  const second = await send()
  expect((await guest.get(first.link)).code).toBe('access.invitation_missing')
  expect((await guest.get(second.link)).status).toBe(200)
  expect((await owner.delete(`/api/invitations/${second.id}`)).status).toBe(204)
  expect((await guest.get(second.link)).status).toBe(404)
  const third = await send()
  app.clock.advance(7 * 24 * 3600_000)
  expect((await guest.post(`${third.link}/accept`, { password })).status).toBe(404)
})

test('an existing account joins by proving its password, not by choosing a new one', async () => {
  const owner = await anOwner(app)
  await aWorkspace(app, 'Second', 'two@example.com')
  const reply = await owner.post('/api/invitations', {
    email: 'two@example.com',
    roleId: await roleId(owner, 'viewer'),
  })
  const link = `/api/invitation-links/${String(reply.body.link).replace('/invite/', '')}`
  const thief = new Visitor(app.server)
  expect((await thief.get(link)).body.hasAccount).toBe(true)
  expect((await thief.post(`${link}/accept`, { password: 'a chosen new password' })).code).toBe(
    'access.wrong_login',
  )
  const joined = await thief.post(`${link}/accept`, { password })
  expect(joined.body).toMatchObject({ workspace: { name: 'Qinghe' } })
  expect((joined.body.workspaces as unknown[]).length).toBe(2)
  expect(
    (
      await owner.post('/api/invitations', {
        email: 'two@example.com',
        roleId: await roleId(owner, 'viewer'),
      })
    ).code,
  ).toBe('access.already_member')
})

test('a change of role acts on the next request of an open session', async () => {
  const owner = await anOwner(app)
  const viewer = await aMember(app, owner, 'viewer', 'v@example.com')
  const refused = await viewer.visitor.get('/api/write-keys')
  expect([refused.status, refused.code, refused.body.permission]).toEqual([403, 'access.denied', 'key:read'])
  await owner.patch(`/api/members/${viewer.id}`, { roleId: await roleId(owner, 'integrator') })
  expect((await viewer.visitor.get('/api/write-keys')).status).toBe(200)
  const role = await owner.post('/api/roles', newRole(['key:read']))
  await owner.patch(`/api/members/${viewer.id}`, { roleId: role.body.id })
  expect((await viewer.visitor.get('/api/write-keys')).status).toBe(200)
  await owner.patch(`/api/roles/${role.body.id}`, { permissions: ['people:read'] })
  expect((await viewer.visitor.get('/api/write-keys')).code).toBe('access.denied')
})

test('a disabled member is dead at once: sessions, keys, also of an old session after enabling again', async () => {
  const owner = await anOwner(app)
  const member = await aMember(app, owner, 'integrator', 'i@example.com')
  const secret = (await member.visitor.post('/api/api-keys', { name: 'k' })).body.secret as string
  const program = withKey(app.server, secret)
  expect((await program.get('/api/write-keys')).status).toBe(200)
  await owner.patch(`/api/members/${member.id}`, { status: 'disabled' })
  expect((await member.visitor.get('/api/session')).status).toBe(401)
  expect((await program.get('/api/write-keys')).status).toBe(401)
  const again = new Visitor(app.server)
  const reply = await again.post('/api/session', { email: 'i@example.com', password })
  expect(reply.body).toMatchObject({ workspaces: [], workspace: null, permissions: [] })
  expect((await again.get('/api/members')).code).toBe('access.no_workspace')
  await owner.patch(`/api/members/${member.id}`, { status: 'active' })
  expect((await member.visitor.get('/api/session')).status).toBe(401)
  expect((await program.get('/api/write-keys')).status).toBe(401)
  expect((await (await loggedIn(app, 'i@example.com')).get('/api/write-keys')).status).toBe(200)
})

test('in another process a disabled member is dead within a second', async () => {
  const owner = await anOwner(app)
  const member = await aMember(app, owner, 'integrator', 'i@example.com')
  const secret = (await member.visitor.post('/api/api-keys', { name: 'k' })).body.secret as string
  const second = await app.openSecond()
  const there = new Visitor(second)
  there.cookie = member.visitor.cookie
  const program = withKey(second, secret)
  expect((await there.get('/api/session')).status).toBe(200)
  expect((await program.get('/api/write-keys')).status).toBe(200)
  await owner.patch(`/api/members/${member.id}`, { status: 'disabled' })
  app.clock.advance(999)
  expect((await there.get('/api/session')).status).toBe(401)
  expect((await program.get('/api/write-keys')).status).toBe(401)
})

test('nobody gives or edits rights they do not have', async () => {
  const owner = await anOwner(app)
  const role = await owner.post('/api/roles', {
    name: 'Personnel',
    permissions: ['member:read', 'member:write'],
    scope: 'department',
  })
  const admin = await aMember(app, owner, 'admin', 'admin@example.com')
  const clerk = await aMember(app, owner, 'Personnel', 'clerk@example.com')
  const tries = [
    clerk.visitor.patch(`/api/members/${clerk.id}`, { roleId: await roleId(owner, 'admin') }),
    clerk.visitor.post('/api/invitations', { email: 'x@example.com', roleId: await roleId(owner, 'viewer') }),
    clerk.visitor.patch(`/api/members/${admin.id}`, { status: 'disabled' }),
    clerk.visitor.patch(`/api/roles/${role.body.id}`, { permissions: ['member:write', 'people:erase'] }),
    clerk.visitor.patch(`/api/roles/${role.body.id}`, { scope: 'all' }),
    clerk.visitor.post('/api/roles', newRole(['member:read'], 'all')),
    admin.visitor.patch(`/api/members/${admin.id}`, { roleId: await roleId(owner, 'owner') }),
    admin.visitor.post('/api/invitations', { email: 'x@example.com', roleId: await roleId(owner, 'owner') }),
  ]
  for (const reply of await Promise.all(tries))
    expect([reply.status, reply.code]).toEqual([403, 'access.escalation'])
  expect((await clerk.visitor.post('/api/roles', newRole(['member:read'], 'self'))).status).toBe(201)
})

test('whoever sees a department cannot widen it to others', async () => {
  const owner = await anOwner(app)
  const [mine, other] = [
    await owner.post('/api/departments', { name: 'Mine' }),
    await owner.post('/api/departments', { name: 'Other' }),
  ]
  const given = {
    name: 'Lead',
    permissions: ['member:read', 'member:write', 'people:read'],
    scope: 'department_tree',
  }
  await owner.post('/api/roles', given)
  const lead = await aMember(app, owner, 'Lead', 'lead@e.com', mine.body.id as string)
  const roleOfLead = await roleId(owner, 'Lead')
  const tries = [
    lead.visitor.patch(`/api/members/${lead.id}`, { departmentId: other.body.id }),
    lead.visitor.patch(`/api/departments/${other.body.id}`, { parentId: mine.body.id }),
    lead.visitor.post('/api/invitations', {
      email: 'me2@e.com',
      roleId: roleOfLead,
      departmentId: other.body.id,
    }),
    lead.visitor.patch(`/api/members/${lead.id}`, { managerId: lead.id }),
  ]
  const replies = await Promise.all(tries)
  expect(replies.map((reply) => reply.code)).toEqual([
    ...Array(3).fill('access.escalation'),
    'access.manager_cycle',
  ])
  const within = await lead.visitor.post('/api/invitations', {
    email: 'me2@e.com',
    roleId: roleOfLead,
    departmentId: mine.body.id,
  })
  expect(within.status).toBe(201)
})

test('the last active owner stays, whoever asks and however many at once', async () => {
  const owner = await anOwner(app)
  const first = itemsOf((await owner.get('/api/members')).body)[0]?.id
  expect((await owner.patch(`/api/members/${first}`, { status: 'disabled' })).code).toBe('access.last_owner')
  expect((await owner.patch(`/api/members/${first}`, { roleId: await roleId(owner, 'admin') })).code).toBe(
    'access.last_owner',
  )
  const second = await aMember(app, owner, 'owner', 'two@example.com')
  // Both are held at their last step, so that neither can see what the other did.
  const blocker = await app.database.systemClient()
  await blocker.query('begin; select 1 from access.audit_head for update')
  const racing = Promise.all([
    owner.patch(`/api/members/${second.id}`, { status: 'disabled' }),
    second.visitor.patch(`/api/members/${first}`, { status: 'disabled' }),
  ])
  await until(async () => (await waitingOnLocks()) === 2)
  await blocker.query('rollback')
  blocker.release()
  const both = await racing
  expect(both.filter((reply) => reply.status === 200)).toHaveLength(1)
})

const waitingOnLocks = async () => {
  const [row] = await app.intrude(`select count(*)::int as n from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`)
  return row?.n as number
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20))
}

test('built-in roles stand, own ones go when nobody has them, names are unique', async () => {
  const owner = await anOwner(app)
  const builtin = await roleId(owner, 'viewer')
  expect((await owner.patch(`/api/roles/${builtin}`, { name: 'X' })).code).toBe('access.role_builtin')
  expect((await owner.delete(`/api/roles/${builtin}`)).code).toBe('access.role_builtin')
  const role = await owner.post('/api/roles', { name: 'Buddy', permissions: ['people:read'], scope: 'self' })
  expect((await owner.post('/api/roles', { name: 'Buddy', permissions: [], scope: 'self' })).code).toBe(
    'access.role_name_taken',
  )
  expect((await owner.post('/api/roles', newRole(['no:such']))).status).toBe(422)
  const member = await aMember(app, owner, 'Buddy', 'b@example.com')
  expect((await owner.delete(`/api/roles/${role.body.id}`)).code).toBe('access.role_in_use')
  await owner.patch(`/api/members/${member.id}`, { roleId: builtin })
  expect((await owner.delete(`/api/roles/${role.body.id}`)).status).toBe(204)
})

test('departments move with everything below them and never below themselves', async () => {
  const owner = await anOwner(app)
  const make = async (name: string, parentId: string | null) =>
    (await owner.post('/api/departments', { name, parentId })).body.id as string
  const north = await make('North', null)
  const sales = await make('Sales', north)
  const team = await make('Team 1', sales)
  const south = await make('South', null)
  expect((await owner.post('/api/departments', { name: 'South' })).code).toBe('access.department_name_taken')
  expect((await owner.patch(`/api/departments/${north}`, { parentId: team })).code).toBe(
    'access.department_cycle',
  )
  expect((await owner.patch(`/api/departments/${sales}`, { parentId: south, name: 'Sales S' })).status).toBe(
    200,
  )
  const rows = await app.intrude('select id, path from access.department')
  expect(Object.fromEntries(rows.map((row) => [row.id, row.path]))).toEqual({
    [north]: `/${north}/`,
    [south]: `/${south}/`,
    [sales]: `/${south}/${sales}/`,
    [team]: `/${south}/${sales}/${team}/`,
  })
  expect((await owner.delete(`/api/departments/${sales}`)).code).toBe('access.department_in_use')
  expect((await owner.delete(`/api/departments/${team}`)).status).toBe(204)
})

test('managers form no circle', async () => {
  const owner = await anOwner(app)
  const [a, b, c] = [
    await aMember(app, owner, 'viewer', 'a@e.com'),
    await aMember(app, owner, 'viewer', 'b@e.com'),
    await aMember(app, owner, 'viewer', 'c@e.com'),
  ]
  expect((await owner.patch(`/api/members/${b.id}`, { managerId: a.id })).body.manager).toEqual({
    id: a.id,
    name: 'a@e.com',
  })
  expect((await owner.patch(`/api/members/${c.id}`, { managerId: b.id })).status).toBe(200)
  expect((await owner.patch(`/api/members/${a.id}`, { managerId: c.id })).code).toBe('access.manager_cycle')
  expect((await owner.patch(`/api/members/${a.id}`, { managerId: a.id })).code).toBe('access.manager_cycle')
})

test('members come by name, page by page without gaps, and can be searched', async () => {
  const owner = await anOwner(app)
  for (const name of ['anna', 'bo', 'cy', 'dan']) await aMember(app, owner, 'viewer', `${name}@e.com`)
  const seen: unknown[] = []
  let cursor = ''
  do {
    const { body } = await owner.get(`/api/members?limit=2${cursor && `&cursor=${cursor}`}`)
    seen.push(...itemsOf(body).map((one) => one.name))
    cursor = (body.next as string | null) ?? ''
  } while (cursor)
  expect(seen).toEqual(['Olga Owner', 'anna@e.com', 'bo@e.com', 'cy@e.com', 'dan@e.com'])
  expect(itemsOf((await owner.get('/api/members?q=DAN')).body).map((one) => one.name)).toEqual(['dan@e.com'])
  expect((await owner.get('/api/members?cursor=rubbish')).code).toBe('request.bad_cursor')
})
