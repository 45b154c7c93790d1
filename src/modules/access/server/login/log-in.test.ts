import { expect, test } from 'vitest'
import { accessForEachTest } from '#modules/access/server/testing/access-for-each-test.ts'
import { aMember, anOwner, itemsOf, loggedIn } from '#modules/access/server/testing/cast.ts'
import { password, type TestAccess } from '#modules/access/server/testing/start-test-access.ts'
import { Visitor } from '#modules/access/server/testing/visitor.ts'

let app: TestAccess
accessForEachTest((fresh) => {
  app = fresh
})

const setup = { workspace: 'W', email: 'a@example.com', password, name: 'A', timezone: 'Asia/Shanghai' }
const dayMs = 24 * 3600_000
const guess = (visitor: Visitor, email: string, given: string, ip = '203.0.113.9') =>
  visitor.post('/api/session', { email, password: given }, { 'x-forwarded-for': ip })

test('of several first visitors at once exactly one becomes the owner', async () => {
  const visitors = [1, 2, 3, 4].map(() => new Visitor(app.server))
  expect((await visitors[0]?.get('/api/setup'))?.body).toEqual({ needed: true })
  const replies = await Promise.all(
    visitors.map((visitor, at) => visitor.post('/api/setup', { ...setup, email: `a${at}@example.com` })),
  )
  expect(replies.map((reply) => reply.status).sort()).toEqual([201, 409, 409, 409])
  expect(replies.find((reply) => reply.status === 409)?.code).toBe('access.already_set_up')
  expect(await app.intrude('select count(*)::int as n from access.app_user')).toEqual([{ n: 1 }])
  expect(await app.intrude('select count(*)::int as n from platform.workspace')).toEqual([{ n: 1 }])
  expect((await visitors[1]?.get('/api/setup'))?.body).toEqual({ needed: false })
})

test('set-up logs in, says who one is, and refuses an easily guessed password', async () => {
  const visitor = new Visitor(app.server)
  expect((await visitor.post('/api/setup', { ...setup, password: 'password123' })).code).toBe(
    'access.weak_password',
  )
  const reply = await visitor.post('/api/setup', setup)
  expect(reply.headers['set-cookie']).toMatch(
    /^headwater_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=2592000$/,
  )
  const me = await visitor.get('/api/session')
  expect(me.body).toMatchObject({
    user: { email: 'a@example.com' },
    workspace: { name: 'W' },
    role: { builtin: 'owner' },
    seesAll: true,
  })
  expect(me.body.permissions).toContain('member:write')
})

test('over https the cookie is Secure and bound to the host', async () => {
  const visitor = new Visitor(app.server, {
    origin: 'https://localhost',
    host: 'localhost',
    'x-forwarded-proto': 'https',
  })
  const reply = await visitor.post('/api/setup', setup)
  expect(reply.headers['set-cookie']).toMatch(/^__Host-headwater_session=.*; Secure$/)
  expect((await visitor.get('/api/session')).status).toBe(200)
})

test('logging out ends the session, not only the cookie', async () => {
  const owner = await anOwner(app)
  const stolen = owner.cookie
  expect((await owner.get('/api/session')).status).toBe(200)
  expect((await owner.delete('/api/session')).status).toBe(204)
  expect((await owner.get('/api/session', { cookie: stolen })).code).toBe('access.unauthenticated')
})

test('only hashes of tokens and passwords are stored', async () => {
  const owner = await anOwner(app)
  const token = owner.cookie.split('=')[1] ?? 'none'
  const rows = JSON.stringify(
    await app.intrude('select s::text, u::text from access.session s, access.app_user u'),
  )
  expect(rows).not.toContain(token)
  expect(rows).not.toContain(password)
  expect(rows).toContain('$argon2id$v=19$m=19456,t=2,p=1$')
})

test('a session ends after 7 idle days and after 30 days in any case', async () => {
  const owner = await anOwner(app)
  app.clock.advance(6.9 * dayMs)
  expect((await owner.get('/api/session')).status).toBe(200)
  for (let at = 0; at < 4; at += 1) {
    app.clock.advance(5 * dayMs)
    expect((await owner.get('/api/session')).status).toBe(200)
  }
  app.clock.advance(3.2 * dayMs) // 30.1 days after log-in, 3.2 after the last request
  expect((await owner.get('/api/session')).status).toBe(401)
  const again = await loggedIn(app, 'owner@example.com')
  app.clock.advance(7.1 * dayMs)
  expect((await again.get('/api/session')).status).toBe(401)
})

test('the sixth try within 15 minutes is refused even with the right password, then forgiven', async () => {
  await anOwner(app)
  const visitor = new Visitor(app.server)
  for (let at = 0; at < 5; at += 1)
    expect((await guess(visitor, 'owner@example.com', 'wrong')).code).toBe('access.wrong_login')
  const refused = await guess(visitor, 'owner@example.com', password)
  expect(refused.code).toBe('access.too_many_attempts')
  expect(Number(refused.headers['retry-after'])).toBe(900)
  app.clock.advance(15 * 60_000 + 1)
  expect((await guess(visitor, 'Owner@Example.com ', password)).status).toBe(200)
})

test('parallel guesses do not get more tries than serial ones', async () => {
  await anOwner(app)
  const visitor = new Visitor(app.server)
  const replies = await Promise.all(
    Array.from({ length: 12 }, () => guess(visitor, 'owner@example.com', 'wrong')),
  )
  expect(replies.filter((reply) => reply.code === 'access.wrong_login')).toHaveLength(5)
  expect(replies.filter((reply) => reply.status === 429)).toHaveLength(7)
})

test('an unknown address, a wrong password and a disabled account answer alike and count alike', async () => {
  await anOwner(app)
  await app.intrude(`insert into access.app_user select 'usr_x', 'off@example.com', 'Off', password_hash, 'en', 'light', null,
    'disabled', now() from access.app_user`)
  const told = async (email: string, given: string) => {
    const { status, body } = await guess(new Visitor(app.server), email, given)
    return { status, ...body, instance: '' }
  }
  const unknown = await told('nobody@example.com', 'wrong')
  expect(await told('owner@example.com', 'wrong')).toEqual(unknown)
  expect(await told('off@example.com', password)).toEqual(unknown)
  for (let at = 0; at < 4; at += 1) await told('nobody@example.com', 'wrong')
  expect((await told('nobody@example.com', 'wrong')).status).toBe(429)
})

test('an address that keeps guessing over many accounts waits longer and longer; others do not', async () => {
  await anOwner(app)
  const visitor = new Visitor(app.server)
  for (let at = 0; at < 20; at += 1)
    expect((await guess(visitor, `u${at}@example.com`, 'x')).status).toBe(401)
  const first = await guess(visitor, 'v@example.com', 'x')
  expect([first.status, first.headers['retry-after']]).toEqual([429, '2'])
  app.clock.advance(2000)
  expect((await guess(visitor, 'w@example.com', 'x')).status).toBe(401)
  expect((await guess(visitor, 'y@example.com', 'x')).headers['retry-after']).toBe('4')
  expect((await guess(visitor, 'owner@example.com', password, '198.51.100.7')).status).toBe(200)
})

test('a new password needs the old one and ends every other session', async () => {
  const owner = await anOwner(app)
  const other = await loggedIn(app, 'owner@example.com')
  const wrong = await owner.patch('/api/me', { password: { current: 'no', new: 'another long phrase' } })
  expect(wrong.code).toBe('access.wrong_password')
  expect((await owner.patch('/api/me', { password: { current: password, new: '12345678' } })).code).toBe(
    'access.weak_password',
  )
  expect(
    (await owner.patch('/api/me', { password: { current: password, new: 'another long phrase' } })).status,
  ).toBe(200)
  expect((await other.get('/api/session')).status).toBe(401)
  expect((await owner.get('/api/session')).status).toBe(200)
  await loggedIn(app, 'owner@example.com', 'another long phrase')
})

test('name, language, theme and time zone are the account’s own; the name follows into the member list', async () => {
  const owner = await anOwner(app)
  const change = { name: '欧阳', language: 'zh', theme: 'dark', timezone: 'Asia/Tokyo' }
  expect((await owner.patch('/api/me', change)).body).toMatchObject(change)
  expect((await owner.get('/api/session')).body.user).toMatchObject(change)
  expect(itemsOf((await owner.get('/api/members')).body)[0]?.name).toBe('欧阳')
  expect((await owner.patch('/api/me', { timezone: 'Mars/Phobos' })).status).toBe(422)
  expect((await owner.patch('/api/me', { timezone: null })).body).toMatchObject({
    timezone: null,
    name: '欧阳',
  })
})

test('one sees and ends one’s own sessions, nobody else’s', async () => {
  const owner = await anOwner(app)
  const phone = await loggedIn(app, 'owner@example.com')
  const rep = await aMember(app, owner, 'sales_rep', 'rep@example.com')
  const mine = itemsOf((await owner.get('/api/sessions')).body)
  expect(mine.map((one) => one.current).sort()).toEqual([false, true])
  const other = mine.find((one) => !one.current)?.id ?? 'none'
  expect((await rep.visitor.delete(`/api/sessions/${other}`)).code).toBe('access.session_missing')
  expect((await phone.get('/api/session')).status).toBe(200)
  expect((await owner.delete(`/api/sessions/${other}`)).status).toBe(204)
  expect((await phone.get('/api/session')).status).toBe(401)
})
