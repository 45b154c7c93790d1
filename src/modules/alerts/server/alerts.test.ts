import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Alert } from '#modules/alerts/contract/alert.ts'
import {
  at,
  historyOf,
  looked,
  lookedAt,
  order,
  ordersADay,
  runAgain,
  watch,
} from '#modules/alerts/server/testing/watching.ts'
import { joinMember } from '#modules/profiles/server/testing/join-member.ts'
import {
  type Received,
  type Receiver,
  startReceiver,
  verified,
} from '#modules/webhooks/server/testing/receiver.ts'
import { openSmtpBox, type SmtpBox } from '#platform/mail/testing/smtp-box.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
let box: SmtpBox
let receiver: Receiver
beforeAll(async () => {
  box = await openSmtpBox()
  receiver = await startReceiver()
  app = await startTestApp({
    env: {
      HEADWATER_SMTP_URL: box.url,
      HEADWATER_MAIL_FROM: 'Headwater <alerts@example.com>',
      HEADWATER_BASE_URL: 'https://crm.example.com',
      HEADWATER_ALLOW_TARGETS: `127.0.0.1:${receiver.port}`,
    },
  })
}, 60_000)
afterAll(async () => {
  await box.close()
  await receiver.close()
})

/** A workspace with three orders on each of these days, at noon. */
async function shop(...days: string[]): Promise<TestWorkspace> {
  const ws = await app.workspace('Shop')
  for (const day of days) await order(ws, `${day}T12:00`, 3)
  await ws.settled()
  return ws
}
const below = (low: number) => ({ kind: 'threshold', is: 'below', low })
type Notice = { type: string; facts: Record<string, unknown>; href: string }
const noticesOf = async (who: Pick<TestWorkspace, 'call'>): Promise<Notice[]> =>
  (await who.call<{ items: Notice[] }>('GET', '/api/notices')).body.items

test('events come in, a day closes, and members, mail and webhooks hear of it, once', async () => {
  app.clock.set(at('2026-11-20T07:00'))
  const ws = await shop('2026-11-17', '2026-11-18', '2026-11-19')
  const lin = await joinMember(app, ws, 'lin@example.com', {
    scope: 'all',
    permissions: ['analytics:read'],
  })
  await lin.call('PATCH', '/api/me', { language: 'zh' })
  const { body: hook } = await ws.call<{ endpoint: { id: string }; secret: string }>(
    'POST',
    '/api/webhooks',
    { url: receiver.url('/alerts'), types: ['alert.fired', 'alert.recovered'] },
  )
  const state = { kind: 'trend', events: [{ event: 'Order Completed' }], saved: '12' }
  const alert = await watch(ws, {
    ...{ name: 'Orders <a day>', condition: below(3), state, line: 'Order Completed' },
    tell: { members: [lin.id], mail: true, webhook: true },
  })
  expect(await looked(ws, alert.id)).toMatchObject({
    standing: 'ok',
    last: { t: '2026-11-19', value: 3, low: 3, verdict: 'fine' },
    nextAt: '2026-11-20T00:00:00.000Z',
  })
  // Nothing is told of what is fine, and nothing of the running day.
  expect((await lookedAt(app, ws, alert.id, '2026-11-20T08:00')).last?.t).toBe('2026-11-19')
  await order(ws, '2026-11-20T12:00', 2)
  await ws.settled()
  expect(await lookedAt(app, ws, alert.id, '2026-11-21T08:00')).toMatchObject({
    standing: 'firing',
    last: { t: '2026-11-20', value: 2, edge: 'fired', told: 'fired' },
  })
  expect(await noticesOf(lin)).toMatchObject([
    {
      type: 'alert.fired',
      facts: { name: 'Orders <a day>', value: '2', low: '3', high: '', bucket: '2026-11-20' },
      href: `/alerts?open=${alert.id}`,
    },
  ])
  await vi.waitFor(() => expect(box.mails).toHaveLength(1), 20_000)
  const [mail] = box.mails
  expect(mail?.envelope.to).toEqual(['lin@example.com'])
  expect(mail?.subject).toBe('预警：Orders <a day>')
  expect(mail?.text).toContain('正常范围：不低于 3')
  expect(mail?.text).toContain('2026-11-20 (Asia/Shanghai)')
  expect(mail?.html).toContain('Orders &lt;a day&gt;')
  expect(mail?.text).toContain(
    `https://crm.example.com/analytics?kind=trend&saved=%2212%22&events=${encodeURIComponent(JSON.stringify(state.events))}`,
  )
  await vi.waitFor(() => expect(receiver.at('/alerts')).toHaveLength(1), 20_000)
  const [sent] = receiver.at('/alerts')
  expect(verifiedThen(hook.secret, sent as Received)).toMatchObject({
    type: 'alert.fired',
    data: { alert: { id: alert.id }, bucket: '2026-11-20', value: 2, expected: { low: 3, high: null } },
  })
  // Whoever ran it was killed before they said so: the same work again tells nobody twice.
  await runAgain(app, 'alerts:evaluate')
  await runAgain(app, 'alerts:mail')
  // It stays so: no second word.
  await order(ws, '2026-11-21T12:00', 1)
  await ws.settled()
  expect(await lookedAt(app, ws, alert.id, '2026-11-22T08:00')).toMatchObject({
    standing: 'firing',
    last: { t: '2026-11-21', edge: null, told: null },
  })
  await order(ws, '2026-11-22T12:00', 5)
  await ws.settled()
  expect((await lookedAt(app, ws, alert.id, '2026-11-23T08:00')).standing).toBe('ok')
  expect((await noticesOf(lin)).map(({ type }) => type)).toEqual(['alert.recovered', 'alert.fired'])
  await vi.waitFor(() => expect(box.mails).toHaveLength(2), 20_000)
  expect(box.mails[1]?.subject).toBe('已恢复正常：Orders <a day>')
  expect(box.mails[1]?.messageId).not.toBe(mail?.messageId)
  await vi.waitFor(() => expect(receiver.at('/alerts')).toHaveLength(2), 20_000)
  const found = await historyOf(ws, alert.id)
  expect(found.slice(0, 3).map(({ t, value, told }) => [t, value, told])).toEqual([
    ['2026-11-22', 5, 'recovered'],
    ['2026-11-21', 1, null],
    ['2026-11-20', 2, 'fired'],
  ])
  // Its history begins with what was there before.
  expect(found).toHaveLength(33)
}, 90_000)

test('an alert tells the webhooks it names and no others; only those that ask for alerts can be named', async () => {
  app.clock.set(at('2027-02-20T07:00'))
  const ws = await shop('2027-02-18', '2027-02-19')
  const endpoint = async (path: string, types: string[]) =>
    (
      await ws.call<{ endpoint: { id: string } }>('POST', '/api/webhooks', {
        ...{ url: receiver.url(path), description: path, types },
      })
    ).body.endpoint.id
  const chosen = await endpoint('/chosen', ['alert.fired', 'alert.recovered'])
  const other = await endpoint('/other', ['alert.fired', 'alert.recovered'])
  const people = await endpoint('/people', ['person.created'])
  const { body: options } = await ws.call<{ endpoints: object[] }>('GET', '/api/alerts/options')
  expect(options.endpoints).toMatchObject([{ id: chosen, name: '/chosen' }, { name: '/other' }])
  const blind = await joinMember(app, ws, 'may@example.com', {
    scope: 'all',
    permissions: ['analytics:read'],
  })
  expect((await blind.call('GET', '/api/alerts/options')).body).toMatchObject({ endpoints: [] })
  const tell = { members: [], webhook: true, endpoints: [chosen] }
  const alert = await watch(ws, { condition: below(3), tell })
  expect(alert.tell.endpoints).toEqual([chosen])
  const change = (to: object) =>
    ws.call('PATCH', `/api/alerts/${alert.id}`, { version: alert.version, tell: { ...tell, ...to } })
  expect(await change({ endpoints: [people] })).toMatchObject({
    status: 422,
    body: { code: 'alert.endpoint_missing', endpoint: people },
  })
  await looked(ws, alert.id)
  await lookedAt(app, ws, alert.id, '2027-02-21T08:00')
  await vi.waitFor(() => expect(receiver.at('/chosen')).toHaveLength(1), 20_000)
  // Both are noted in one transaction, so what is not there by now does not come.
  const sent = await app.database.system((tx) =>
    tx.rows<{ endpoint_id: string }>(sql`
      select endpoint_id from webhooks.delivery where endpoint_id in (${chosen}, ${other}, ${people})`),
  )
  expect(sent).toEqual([{ endpoint_id: chosen }])
  // What was chosen and is gone by now stays, and nobody is told in its place.
  await ws.call('DELETE', `/api/webhooks/${chosen}`)
  expect((await change({})).body).toMatchObject({ tell: { endpoints: [chosen] } })
}, 60_000)

test('a curve is told when alerts on its very numbers fired, and of no other alert', async () => {
  app.clock.set(at('2027-04-20T07:00'))
  const ws = await shop('2027-04-17', '2027-04-19')
  const alert = await watch(ws, { condition: below(1) })
  const audience = { attr: 'city', op: 'exists' }
  const narrower = await watch(ws, {
    ...{ name: 'Of cities', condition: below(1) },
    question: { ...ordersADay.question, audience },
  })
  await looked(ws, alert.id)
  await looked(ws, narrower.id)
  const firings = (question: object, who: Pick<TestWorkspace, 'call'> = ws) =>
    who.call<{ items: object[] }>('POST', '/api/alerts/firings', {
      ...{ question, from: '2027-04-14', to: '2027-04-20' },
    })
  // What is there before it is made is looked at as well: each time orders stopped.
  const fired = (await historyOf(ws, alert.id)).filter(({ edge, t }) => edge === 'fired' && t >= '2027-03-14')
  expect(fired.map(({ t }) => t)).toContain('2027-04-18')
  const mark = { alert: { id: alert.id, name: alert.name }, metric: { of: 'trend', series: 0 } }
  // Other days, a comparison, a running total: the same numbers.
  const shaped = { range: { last: 3, unit: 'month' }, compare: 'previous', cumulative: true }
  for (const question of [ordersADay.question, { ...ordersADay.question, ...shaped }])
    expect((await firings(question)).body.items).toEqual(
      fired.map(({ t }) => ({ ...mark, t })).toSorted((a, b) => (a.t < b.t ? -1 : 1)),
    )
  const days = (await firings({ ...ordersADay.question, audience })).body.items
  expect(days).not.toContainEqual(expect.objectContaining(mark))
  expect((await firings({ ...ordersADay.question, interval: 'week' })).body.items).toEqual([])
  const other = await joinMember(app, ws, 'curve@example.com', {
    scope: 'all',
    permissions: ['analytics:read'],
  })
  expect((await firings(ordersADay.question, other)).body.items).toEqual([])
}, 60_000)

test('a segment and a saved analysis tell which alerts name them, and hold on to none', async () => {
  app.clock.set(at('2027-03-20T07:00'))
  const ws = await shop('2027-03-19')
  const { body: segment } = await ws.call<{ id: string }>('POST', '/api/segments', {
    name: 'Buyers',
    rule: { attr: 'city', op: 'exists' },
  })
  const audience = { segment: segment.id }
  const question = { ...ordersADay.question, audience }
  const { body: analysis } = await ws.call<{ id: string }>('POST', '/api/analytics/saved', {
    ...{ name: 'Orders', question },
    state: {},
  })
  const alert = await watch(ws, { question, condition: below(1), analysis: analysis.id })
  const gone = await watch(ws, { question, condition: below(1), analysis: analysis.id, name: 'Gone' })
  await ws.call('DELETE', `/api/alerts/${gone.id}`)
  const named = { kind: 'alert', id: alert.id, name: 'Orders a day', holds: false }
  expect((await ws.call(`GET`, `/api/segments/${segment.id}/uses`)).body).toMatchObject({
    usedBy: expect.arrayContaining([{ ...named, direct: true }]),
  })
  expect((await ws.call('GET', '/api/analytics/saved')).body).toMatchObject({
    items: [{ id: analysis.id, usedBy: [named] }],
  })
  expect((await ws.call('DELETE', `/api/analytics/saved/${analysis.id}`)).status).toBe(200)
  expect((await ws.call<Alert>('GET', `/api/alerts/${alert.id}`)).body.analysis).toBeNull()
}, 60_000)

test('late events count until ten minutes after the end; hours run on; the preview says the same', async () => {
  app.clock.set(at('2026-12-01T09:05'))
  const ws = await app.workspace('Hours')
  await order(ws, '2026-12-01T07:30', 4)
  await ws.settled()
  const hourly = { ...ordersADay, question: { ...ordersADay.question, interval: 'hour' } }
  const alert = await watch(ws, { ...hourly, condition: below(2) })
  // 8 to 9 is over, and not settled yet.
  expect((await looked(ws, alert.id)).last).toMatchObject({ t: '2026-12-01T07:00:00+08:00', value: 4 })
  await order(ws, '2026-12-01T08:59', 2)
  await ws.settled()
  expect(await lookedAt(app, ws, alert.id, '2026-12-01T09:10')).toMatchObject({
    standing: 'ok',
    last: { t: '2026-12-01T08:00:00+08:00', value: 2 },
    nextAt: '2026-12-01T02:10:00.000Z',
  })
  // Nobody looked for hours: the state is made up for, and told once.
  await order(ws, '2026-12-01T12:30', 2)
  await ws.settled()
  expect(await lookedAt(app, ws, alert.id, '2026-12-01T14:10')).toMatchObject({ standing: 'firing' })
  const found = (await historyOf(ws, alert.id)).slice(0, 5)
  expect(found.map(({ value, edge, told }) => [value, edge, told])).toEqual([
    [0, 'fired', 'fired'],
    [2, 'recovered', null],
    [0, null, null],
    [0, null, null],
    [0, 'fired', null],
  ])
  const { body } = await ws.call<{ points: Alert['last'][]; fired: number }>('POST', '/api/alerts/preview', {
    ...hourly,
    condition: below(2),
  })
  const history = (await historyOf(ws, alert.id)).slice(0, 168).toReversed()
  expect(body.points.map((one) => [one?.t, one?.value, one?.verdict])).toEqual(
    history.map((one) => [one.t, one.value, one.verdict]),
  )
  expect(body.fired).toBe(3)
}, 60_000)

test('a running day fires as soon as it is too much, and once', async () => {
  app.clock.set(at('2026-11-20T09:00'))
  const ws = await shop('2026-11-18', '2026-11-19')
  const above = { kind: 'threshold', is: 'above', high: 4 }
  const alert = await watch(ws, { condition: above, running: true })
  await looked(ws, alert.id)
  await order(ws, '2026-11-20T09:30', 5)
  await ws.settled()
  expect(await lookedAt(app, ws, alert.id, '2026-11-20T10:10')).toMatchObject({
    standing: 'firing',
    last: { t: '2026-11-20', value: 5, running: true, told: 'fired' },
  })
  await order(ws, '2026-11-20T10:30', 1)
  await ws.settled()
  await lookedAt(app, ws, alert.id, '2026-11-20T11:10')
  expect(await lookedAt(app, ws, alert.id, '2026-11-21T00:10')).toMatchObject({
    standing: 'firing',
    last: { t: '2026-11-20', value: 6, running: false, edge: 'fired', told: 'fired' },
  })
  expect(await ws.call('POST', '/api/alerts', { ...bodyOf(alert), condition: below(1) })).toMatchObject({
    status: 422,
    body: { code: 'alert.cannot_watch', path: '/running' },
  })
}, 60_000)

/** By the library of the standard, which looks at the clock. */
function verifiedThen(secret: string, sent: Received) {
  const now = app.clock.now()
  const clock = vi.spyOn(Date, 'now').mockReturnValue(now)
  try {
    return verified(secret, sent)
  } finally {
    clock.mockRestore()
  }
}

const bodyOf = ({ name, question, metric, condition, running, tell }: Alert) => ({
  ...{ name, question, metric, condition, running, tell },
})

test('muted, paused, changed, deleted and brought back', async () => {
  app.clock.set(at('2026-11-20T09:00'))
  const ws = await shop('2026-11-18', '2026-11-19')
  const lin = await joinMember(app, ws, 'mute@example.com', { scope: 'all', permissions: ['analytics:read'] })
  const alert = await watch(ws, { condition: below(1), tell: { members: [lin.id] } })
  await looked(ws, alert.id)
  const url = `/api/alerts/${alert.id}`
  const until = new Date(at('2026-11-22T00:00')).toISOString()
  expect((await ws.call<Alert>('PUT', `${url}/mute`, { until })).body).toMatchObject({
    standing: 'muted',
    mutedUntil: until,
  })
  expect((await lookedAt(app, ws, alert.id, '2026-11-21T08:00')).last).toMatchObject({
    edge: 'fired',
    told: null,
  })
  expect(await noticesOf(lin)).toEqual([])
  // The mute is over and it still goes on: now they hear of it.
  expect((await lookedAt(app, ws, alert.id, '2026-11-22T08:00')).last).toMatchObject({
    edge: null,
    told: 'fired',
  })
  expect((await ws.call<Alert>('PUT', `${url}/pause`, { paused: true })).body).toMatchObject({
    standing: 'paused',
    pausedFor: 'by_hand',
    nextAt: null,
  })
  expect(await lin.call('PATCH', url, { version: 1, name: 'Mine' })).toMatchObject({ status: 403 })
  expect((await ws.call<Alert>('PUT', `${url}/pause`, { paused: false })).body.standing).toBe('firing')
  // Another condition: the same day is judged anew, and is fine.
  const changed = await ws.call<Alert>('PATCH', url, {
    version: 1,
    condition: { kind: 'threshold', is: 'above', high: 100 },
  })
  expect(changed.body.version).toBe(2)
  await vi.waitFor(async () => {
    expect((await ws.call<Alert>('GET', url)).body).toMatchObject({
      standing: 'ok',
      last: { told: 'recovered' },
    })
  }, 15_000)
  expect((await noticesOf(lin)).map(({ type }) => type)).toEqual(['alert.recovered', 'alert.fired'])
  expect(await ws.call('PATCH', url, { version: 1, name: 'Late' })).toMatchObject({
    status: 409,
    body: { code: 'alert.changed' },
  })
  expect((await ws.call('DELETE', url)).status).toBe(204)
  expect((await ws.call('GET', url)).status).toBe(404)
  expect((await ws.call<Alert>('POST', `${url}/restore`)).body).toMatchObject({ id: alert.id, version: 2 })
}, 60_000)

test('one sees what one made or is told of; who loses the right stops it, and it is said', async () => {
  app.clock.set(at('2026-11-20T09:00'))
  const ws = await shop('2026-11-18', '2026-11-19')
  const permissions = ['analytics:read', 'analytics:write']
  const maker = await joinMember(app, ws, 'maker@example.com', { scope: 'all', permissions })
  const other = await joinMember(app, ws, 'other@example.com', { scope: 'all', permissions })
  const admin = await joinMember(app, ws, 'admin@example.com', {
    scope: 'all',
    permissions: [...permissions, 'setting:write', 'people:unmask'],
  })
  const alert = await watch(maker, { condition: below(1) })
  await looked(maker, alert.id)
  const url = `/api/alerts/${alert.id}`
  expect((await other.call('GET', url)).status).toBe(404)
  expect((await other.call('GET', `${url}/history`)).status).toBe(404)
  expect((await admin.call('GET', url)).status).toBe(200)
  expect(await admin.call('PATCH', url, { version: 1, name: 'Mine' })).toMatchObject({
    status: 403,
    body: { code: 'alert.not_yours' },
  })
  await ws.call('PATCH', `/api/members/${maker.id}`, { status: 'disabled' })
  app.clock.set(at('2026-11-21T08:00'))
  await vi.waitFor(async () => {
    expect((await admin.call<Alert>('GET', url)).body).toMatchObject({
      standing: 'paused',
      pausedFor: 'rights',
    })
  }, 15_000)
  expect((await noticesOf(admin))[0]).toMatchObject({ type: 'alert.paused', facts: { name: 'Orders a day' } })
  expect(await admin.call('PUT', `${url}/pause`, { paused: false })).toMatchObject({
    status: 409,
    body: { code: 'alert.no_rights' },
  })
  await ws.call('PATCH', `/api/members/${maker.id}`, { status: 'active' })
  expect((await admin.call<Alert>('PUT', `${url}/pause`, { paused: false })).body.standing).not.toBe('paused')
}, 60_000)

test('funnels by who began, retention by cohort, one value of a breakdown', async () => {
  app.clock.set(at('2026-11-20T09:00'))
  const ws = await app.workspace('Kinds')
  for (const day of ['2026-11-16', '2026-11-17', '2026-11-18'])
    await order(ws, `${day}T12:00`, day.endsWith('17') ? 4 : 2, { channel: 'web' })
  await order(ws, '2026-11-19T12:00', 1, { channel: 'app' })
  await ws.settled()
  const preview = async (body: object) =>
    (
      await ws.call<{ unit: string; points: { t: string; value: number | null }[] }>(
        'POST',
        '/api/alerts/preview',
        { condition: below(1), ...body },
      )
    ).body
  const range = { last: 7, unit: 'day' }
  const order1 = { event: 'Order Completed' }
  const funnel = await preview({
    question: { kind: 'funnel', steps: [order1, order1], window: { value: 1, unit: 'day' }, range },
    metric: { of: 'funnel', step: null },
  })
  // Two of four of the 17th ordered again within a day; the 19th is not over for who began then.
  expect(funnel.unit).toBe('percent')
  expect(funnel.points.slice(-3)).toMatchObject([
    { t: '2026-11-16', value: 100 },
    { t: '2026-11-17', value: 50 },
    { t: '2026-11-18', value: 50 },
  ])
  const retention = await preview({
    question: { kind: 'retention', start: order1, return: order1, mode: 'recurring', interval: 'day', range },
    metric: { of: 'retention', period: 1 },
  })
  expect(retention.points.slice(-2)).toMatchObject([
    { t: '2026-11-17', value: 50 },
    { t: '2026-11-18', value: 50 },
  ])
  const channel = { ...ordersADay.question, breakdown: ['channel'] }
  const byValue = await preview({
    question: channel,
    metric: { of: 'trend', series: 0, breakdown: ['web'] },
  })
  expect(byValue.points.slice(-2)).toMatchObject([
    { t: '2026-11-18', value: 2 },
    { t: '2026-11-19', value: 0 },
  ])
  const rate = { ...ordersADay.question, formulas: [{ expression: 'A / A' }] }
  const formula = await preview({ question: rate, metric: { of: 'trend', series: 1 } })
  expect(formula.points.at(-1)).toMatchObject({ t: '2026-11-19', value: 1 })
  const wrong = await ws.call('POST', '/api/alerts/preview', {
    ...{ question: channel, condition: below(1), metric: { of: 'trend', series: 0 } },
  })
  expect(wrong).toMatchObject({ status: 422, body: { code: 'alert.cannot_watch' } })
}, 60_000)

test('what cannot be counted is told once, and forgotten when it can be', async () => {
  app.clock.set(at('2026-11-20T09:00'))
  const ws = await shop('2026-11-18', '2026-11-19')
  const maker = await joinMember(app, ws, 'faulty@example.com', {
    scope: 'all',
    permissions: ['analytics:read', 'analytics:write', 'segment:read', 'people:read'],
  })
  const rule = { event: 'Order Completed' }
  const { body: segment } = await ws.call<{ id: string }>('POST', '/api/segments', { name: 'Buyers', rule })
  const question = { ...ordersADay.question, audience: { segment: segment.id } }
  const alert = await watch(maker, { question, condition: below(1) })
  await looked(maker, alert.id)
  expect((await ws.call('DELETE', `/api/segments/${segment.id}`)).status).toBeLessThan(300)
  for (const day of ['2026-11-21', '2026-11-22']) {
    const found = await lookedAt(app, maker, alert.id, `${day}T08:00`)
    expect(found).toMatchObject({ standing: 'error', last: { t: '2026-11-19' } })
    expect(found.fault).toMatch(/^\w+\.\w+$/)
  }
  expect((await noticesOf(maker)).map(({ type }) => type)).toEqual(['alert.failed'])
  await ws.call('POST', `/api/segments/${segment.id}/restore`)
  expect(await lookedAt(app, maker, alert.id, '2026-11-23T08:00')).toMatchObject({
    fault: null,
    last: { t: '2026-11-22' },
  })
}, 60_000)
