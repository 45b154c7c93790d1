import { beforeAll, expect, test, vi } from 'vitest'
import type { ConsentEntry, PersonConsents, Suppression, Topic } from '#modules/consents/contract/shapes.ts'
import { identify, one } from '#modules/profiles/server/testing/tell-people.ts'
import type { Rule } from '#modules/rules/contract.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
// Several times what it takes on a quiet machine.
vi.setConfig({ testTimeout: 60_000 })

type List<T> = { items: T[]; next: string | null }
const say = async (ws: TestWorkspace, user: string, body: Record<string, unknown>) => {
  const person = await one(ws, `user_id:${user}`)
  return ws.call<PersonConsents & { code?: string }>('PUT', `/api/profiles/${person.id}/consents`, body)
}
const standing = async (ws: TestWorkspace, user: string) => {
  const person = await one(ws, `user_id:${user}`)
  return (await ws.call<PersonConsents>('GET', `/api/profiles/${person.id}/consents`)).body
}
const historyOf = async (ws: TestWorkspace, user: string) => {
  const person = await one(ws, `user_id:${user}`)
  return (await ws.call<List<ConsentEntry>>('GET', `/api/profiles/${person.id}/consents/history`)).body.items
}
const wordsOf = ({ standing: all }: PersonConsents) =>
  all.map(({ channel, topic, state }) => `${channel} ${topic ?? '*'} ${state}`).sort()
const reachOf = ({ channels }: PersonConsents, channel: string) =>
  channels.find((one) => one.channel === channel)
/** Names of everybody a rule holds for. */
const holders = async (ws: TestWorkspace, rule: Rule) => {
  const query = encodeURIComponent(JSON.stringify(rule))
  const reply = await ws.call<List<{ name: string }>>('GET', `/api/profiles?sort=name&rule=${query}`)
  expect(reply.status).toBe(200)
  return reply.body.items.map((person) => person.name)
}
async function workspaceWith(...people: [user: string, traits: Record<string, unknown>][]) {
  const ws = await app.workspace()
  await ws.send(...people.map(([user, traits], at) => identify(at, user, { name: user, ...traits })))
  await ws.settled()
  return ws
}

test('a workspace begins with topics; they are named, ordered and archived, and never change their class', async () => {
  const ws = await app.workspace()
  const list = async () => (await ws.call<List<Topic>>('GET', '/api/consent-topics')).body.items
  expect((await list()).map((topic) => [topic.key, topic.class])).toEqual([
    ['service', 'transactional'],
    ['newsletter', 'marketing'],
    ['promotions', 'marketing'],
    ['events', 'marketing'],
  ])
  const given = { key: 'exams', name: { zh: '考试提醒', en: 'Exams' }, class: 'marketing' }
  expect((await ws.call('POST', '/api/consent-topics', given)).status).toBe(201)
  expect((await ws.call('POST', '/api/consent-topics', given)).body).toMatchObject({
    code: 'consent.topic_taken',
  })
  expect((await ws.call('POST', '/api/consent-topics', { ...given, key: 'Not A Key' })).status).toBe(422)
  await ws.call('PATCH', '/api/consent-topics/exams', { place: 0, defaults: { email: 'allow' } })
  await ws.call('PATCH', '/api/consent-topics/events', { archived: true, class: 'transactional' })
  const after = await list()
  expect(after.map((topic) => topic.key)).toEqual(['exams', 'service', 'newsletter', 'promotions', 'events'])
  expect(after.at(-1)).toMatchObject({ class: 'marketing', archivedAt: expect.any(String) })
  expect(after[0]?.defaults).toEqual({ email: 'allow' })
  expect((await ws.call('PATCH', '/api/consent-topics/none', {})).body).toMatchObject({
    code: 'consent.topic_missing',
  })
})

test('what somebody says is kept with its proof, counts at once, and said again changes nothing', async () => {
  const ws = await workspaceWith(['li', { email: 'li@example.com' }])
  const proof = { text: 'I want news', page: 'https://a.example/form', ip: '203.0.113.7' }
  const given = { channel: 'email', topic: 'newsletter', state: 'granted', proof }
  const said = await say(ws, 'li', given)
  expect(said.status).toBe(200)
  expect(wordsOf(said.body)).toEqual(['email newsletter granted'])
  expect(reachOf(said.body, 'email')).toMatchObject({ reachable: true, why: null, addresses: 1 })
  expect(await holders(ws, { consent: { channel: 'email', topic: 'newsletter', is: 'granted' } })).toEqual([
    'li',
  ])
  expect(await holders(ws, { reachable: { channel: 'email' } })).toEqual(['li'])
  await say(ws, 'li', given)
  expect(await historyOf(ws, 'li')).toHaveLength(1)
  // Another proof is another word, and is kept.
  await say(ws, 'li', { ...given, proof: { ...proof, page: 'https://b.example' } })
  await say(ws, 'li', { ...given, state: 'denied', proof: {} })
  expect(await historyOf(ws, 'li')).toMatchObject([
    { state: 'denied', source: 'api', applied: true },
    { state: 'granted', proof: { page: 'https://b.example' } },
    { state: 'granted', proof },
  ])
  expect(await holders(ws, { consent: { channel: 'email', topic: 'newsletter', is: 'granted' } })).toEqual([])
  expect((await say(ws, 'li', { ...given, topic: 'nothing' })).body).toMatchObject({
    code: 'consent.topic_missing',
  })
  expect((await say(ws, 'li', { ...given, channel: 'pigeon' })).status).toBe(422)
})

test('all marketing ends with one word, transactional goes on, and one topic may begin again', async () => {
  const ws = await workspaceWith(['li', { phone: '13800000001' }])
  await say(ws, 'li', { channel: 'sms', topic: 'promotions', state: 'granted' })
  await say(ws, 'li', { channel: 'sms', state: 'denied' })
  const topics = async () =>
    Object.fromEntries(
      (reachOf(await standing(ws, 'li'), 'sms')?.topics ?? []).map((one) => [one.topic, one.why]),
    )
  expect(await topics()).toEqual({
    service: null,
    newsletter: 'denied',
    promotions: 'denied',
    events: 'denied',
  })
  await say(ws, 'li', { channel: 'sms', topic: 'events', state: 'granted' })
  expect(await topics()).toEqual({ service: null, newsletter: 'denied', promotions: 'denied', events: null })
  await say(ws, 'li', { channel: 'sms', topic: 'service', state: 'denied' })
  expect((await topics()).service).toBe('denied')
})

test('what silence means is the policy, and a topic may say otherwise on a channel', async () => {
  const ws = await workspaceWith(['li', { email: 'li@example.com' }], ['wu', {}])
  const policy = await ws.call('GET', '/api/messaging/policy')
  expect(policy.body).toEqual({
    unknown_consent: 'refuse',
    quiet_hours: { from: '21:00', to: '09:00' },
    frequency_cap: { messages: 3, days: 7 },
    confirm_days: 7,
    page: { name: null, colour: null, privacyUrl: null },
  })
  const rule: Rule = { reachable: { channel: 'email', topic: 'newsletter' } }
  const service: Rule = { reachable: { channel: 'email', topic: 'service' } }
  expect([await holders(ws, rule), await holders(ws, service)]).toEqual([[], ['li']])
  const changed = await ws.call('PUT', '/api/messaging/policy', {
    unknown_consent: 'allow',
    quiet_hours: null,
  })
  expect(changed.body).toMatchObject({ unknown_consent: 'allow', quiet_hours: null, confirm_days: 7 })
  expect(await holders(ws, rule)).toEqual(['li'])
  await ws.call('PATCH', '/api/consent-topics/newsletter', { defaults: { email: 'refuse' } })
  expect(await holders(ws, rule)).toEqual([])
  expect(
    (await ws.call('PUT', '/api/messaging/policy', { quiet_hours: { from: '25:00', to: '9' } })).status,
  ).toBe(422)
  const audit = await ws.call<List<{ action: string; details: unknown }>>('GET', '/api/audit')
  expect(audit.body.items.find((entry) => entry.action === 'messaging_policy.changed')?.details).toEqual({
    unknown_consent: { from: 'refuse', to: 'allow' },
    quiet_hours: { from: { from: '21:00', to: '09:00' }, to: null },
  })
})

test('segments that ask who can be reached follow a policy, a word and a suppression by themselves', async () => {
  const ws = await workspaceWith(['li', { email: 'li@example.com' }], ['wu', { email: 'wu@example.com' }])
  const { body: segment } = await ws.call<{ id: string }>('POST', '/api/segments', {
    name: 'Reachable',
    rule: { reachable: { channel: 'email', topic: 'events' } },
  })
  const members = async () => {
    const reply = await ws.call<List<{ name: string }>>('GET', `/api/segments/${segment.id}/members`)
    return reply.body.items.map((person) => person.name).sort()
  }
  await vi.waitFor(async () => expect(await members()).toEqual([]), 20_000)
  await say(ws, 'li', { channel: 'email', topic: 'events', state: 'granted' })
  await vi.waitFor(async () => expect(await members()).toEqual(['li']), 20_000)
  await ws.call('PUT', '/api/messaging/policy', { unknown_consent: 'allow' })
  await vi.waitFor(async () => expect(await members()).toEqual(['li', 'wu']), 20_000)
  await ws.call('POST', '/api/suppressions', { channel: 'email', address: 'LI@example.com' })
  await vi.waitFor(async () => expect(await members()).toEqual(['wu']), 20_000)
})

test('a refusal of one of two people with one phone counts for both, and is taken back by who refused', async () => {
  const ws = await workspaceWith(['mother', { phone: '13800000002' }], ['father', { phone: '13800000002' }])
  await ws.call('PUT', '/api/messaging/policy', { unknown_consent: 'allow' })
  const why = async (user: string) => reachOf(await standing(ws, user), 'sms')?.why ?? null
  expect([await why('mother'), await why('father')]).toEqual([null, null])
  await say(ws, 'father', { channel: 'sms', state: 'denied' })
  expect([await why('mother'), await why('father')]).toEqual(['denied', 'denied'])
  expect(await holders(ws, { reachable: { channel: 'sms' } })).toEqual([])
  // What she wants does not undo what he said of the phone both have.
  await say(ws, 'mother', { channel: 'sms', topic: 'newsletter', state: 'granted' })
  expect(await why('mother')).toBe('denied')
  await say(ws, 'father', { channel: 'sms', topic: 'newsletter', state: 'granted' })
  expect([await why('mother'), await why('father')]).toEqual([null, null])
})

test('merged, the strictest word counts; apart again, each has their own', async () => {
  const ws = await workspaceWith(['a', { email: 'a@example.com' }], ['b', { email: 'b@example.com' }])
  await say(ws, 'a', { channel: 'email', topic: 'newsletter', state: 'denied' })
  await say(ws, 'b', { channel: 'email', topic: 'newsletter', state: 'granted' })
  const [a, b] = [await one(ws, 'user_id:a'), await one(ws, 'user_id:b')]
  await ws.call('POST', `/api/profiles/${a.id}/merge`, { with: b.id })
  expect(wordsOf(await standing(ws, 'b'))).toEqual(['email newsletter denied'])
  expect(await historyOf(ws, 'a')).toHaveLength(2)
  // Together they say yes: it speaks for every identifier.
  await say(ws, 'a', { channel: 'email', topic: 'events', state: 'granted' })
  expect(
    await holders(ws, { consent: { channel: 'email', topic: 'newsletter', is: 'denied' } }),
  ).toHaveLength(1)
  await ws.call('POST', `/api/profiles/${a.id}/unmerge`, { identifier: { kind: 'user_id', value: 'b' } })
  expect(wordsOf(await standing(ws, 'a'))).toContain('email newsletter denied')
  expect(wordsOf(await standing(ws, 'b'))).toContain('email newsletter granted')
})

test('suppressions: exact look-up, once each, an end, removal, a file in and out', async () => {
  const ws = await workspaceWith(['li', { email: 'li@example.com', phone: '13800000003' }])
  await ws.call('PUT', '/api/messaging/policy', { unknown_consent: 'allow' })
  const add = (body: Record<string, unknown>) =>
    ws.call<Suppression & { code?: string }>('POST', '/api/suppressions', body)
  const found = async (query: string) =>
    (await ws.call<List<Suppression>>('GET', `/api/suppressions?${query}`)).body.items
  const added = await add({
    channel: 'email',
    address: ' LI@Example.com ',
    reason: 'hard_bounce',
    detail: '550',
  })
  expect(added.body).toMatchObject({ masked: 'l***@example.com', reason: 'hard_bounce', expiresAt: null })
  expect((await add({ channel: 'email', address: 'li@example.com' })).body.id).toBe(added.body.id)
  expect((await add({ channel: 'email', address: 'nobody' })).body).toMatchObject({
    code: 'suppression.bad_address',
  })
  expect(await found('address=li%40example.com')).toHaveLength(1)
  expect(await found('address=wu%40example.com')).toHaveLength(0)
  expect(reachOf(await standing(ws, 'li'), 'email')).toMatchObject({
    reachable: false,
    why: 'suppressed',
    suppressed: 1,
  })
  expect(await holders(ws, { reachable: { channel: 'email', topic: 'service' } })).toEqual([])
  const until = new Date(app.clock.now() + 3_600_000).toISOString()
  await add({ channel: 'sms', address: '138 0000 0003', reason: 'invalid', expiresAt: until })
  expect(await holders(ws, { reachable: { channel: 'sms' } })).toEqual([])
  app.clock.advance(3_700_000)
  await vi.waitFor(
    async () => expect(await holders(ws, { reachable: { channel: 'sms' } })).toEqual(['li']),
    20_000,
  )
  expect(await found('channel=sms')).toEqual([])
  expect((await ws.call('DELETE', `/api/suppressions/${added.body.id}`)).status).toBe(204)
  expect((await ws.call('DELETE', `/api/suppressions/${added.body.id}`)).status).toBe(404)
  expect(await holders(ws, { reachable: { channel: 'email' } })).toEqual(['li'])
  const csv =
    'address,reason,channel\nli@example.com,complaint,\nwu@example.com,,email\n13800000003,manual,sms\nnobody,,\n'
  const taken = await ws.call<{ jobId: string; lines: number; faults: unknown[] }>(
    'POST',
    '/api/suppressions/import',
    { csv },
  )
  expect(taken.body).toMatchObject({ lines: 3, faulty: 1, faults: [{ line: 5, why: 'bad_address' }] })
  await vi.waitFor(async () => {
    const job = await ws.call<{ state: string; result?: unknown }>('GET', `/api/jobs/${taken.body.jobId}`)
    expect(job.body).toMatchObject({ state: 'done' })
  }, 20_000)
  expect(await holders(ws, { reachable: { channel: 'email' } })).toEqual([])
  const file = await ws.call<string>('GET', '/api/suppressions/export')
  expect(String(file.body).split('\r\n').filter(Boolean)).toHaveLength(4)
  expect(String(file.body)).not.toContain('li@example.com')
})

test('an erasure takes every word along and leaves a hash that keeps the address from being written to', async () => {
  const ws = await workspaceWith(['li', { email: 'li@example.com' }])
  await say(ws, 'li', {
    channel: 'email',
    topic: 'newsletter',
    state: 'granted',
    proof: { text: 'li said yes' },
  })
  const person = await one(ws, 'user_id:li')
  const told = await ws.call('GET', `/api/profiles/${person.id}/export`)
  expect(JSON.stringify(told.body)).toContain('li said yes')
  expect((await ws.call('DELETE', `/api/profiles/${person.id}`)).status).toBe(202)
  await vi.waitFor(async () => {
    const rows = await app.database.system((tx) =>
      tx.client.query(`select (select count(*)::int from consents.entry where proof::text like '%li said yes%') as entries,
        (select count(*)::int from consents.suppression where reason = 'erased' and masked is null) as kept`),
    )
    expect(rows.rows[0]).toMatchObject({ entries: 0, kept: 1 })
  }, 30_000)
  await ws.send(identify(9, 'li2', { name: 'li2', email: 'li@example.com' }))
  await ws.settled()
  expect(reachOf(await standing(ws, 'li2'), 'email')).toMatchObject({ reachable: false, why: 'suppressed' })
})

test('who may read consents, who may change them, and whose they are', async () => {
  const ws = await workspaceWith(['li', { email: 'li@example.com' }])
  const other = await app.workspace()
  const person = await one(ws, 'user_id:li')
  expect((await other.call('GET', `/api/profiles/${person.id}/consents`)).status).toBe(404)
  const given = { channel: 'email', state: 'denied' }
  expect((await other.call('PUT', `/api/profiles/${person.id}/consents`, given)).status).toBe(404)
  await say(ws, 'li', given)
  const then = await ws.call<List<{ kind: string; properties: unknown }>>(
    'GET',
    `/api/profiles/${person.id}/timeline?groups=messages`,
  )
  expect(JSON.stringify(then.body.items)).toContain('consent.denied')
})
