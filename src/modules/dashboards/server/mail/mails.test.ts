import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Board } from '#modules/dashboards/contract/board.ts'
import type { BoardMail } from '#modules/dashboards/contract/mails.ts'
import { joinMember } from '#modules/profiles/server/testing/join-member.ts'
import { openSmtpBox, type SmtpBox } from '#platform/mail/testing/smtp-box.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let box: SmtpBox
let app: TestApp
beforeAll(async () => {
  box = await openSmtpBox()
  app = await startTestApp({ env: mailEnv() })
})
afterAll(() => box.close())

const mailEnv = () => ({
  HEADWATER_SMTP_URL: box.url,
  HEADWATER_MAIL_FROM: 'Headwater <crm@river.example>',
  HEADWATER_BASE_URL: 'https://crm.river.example',
  // What Chromium draws is seen in test/e2e.
  HEADWATER_CHROMIUM: '/nowhere/chromium',
})
const phone = '13812345678'
type Who = Pick<TestWorkspace, 'call'>

/** Three people who ordered, one of them with a phone; a board that counts them, by phone too. */
async function boardOf(on: TestApp = app) {
  const ws = await on.workspace('River')
  for (const userId of ['a', 'b', 'c'])
    await ws.send(
      { type: 'identify', userId, traits: { city: userId === 'c' ? 'Rome' : 'Oslo', phone: `+86${phone}` } },
      { type: 'track', event: 'Order Completed', userId, properties: { revenue: 100 } },
    )
  await ws.settled()
  const range = { last: 7, unit: 'day' }
  const question = {
    kind: 'trend',
    series: [{ event: 'Order Completed', math: 'sum', prop: 'revenue' }],
    range,
  }
  const keep = async (name: string, body: object) =>
    (await ws.call<{ id: string }>('POST', '/api/analytics/saved', { name, question: body })).body.id
  const at = { x: 0, y: 0, w: 6, h: 6 }
  const tiles = [
    { id: 'sum', kind: 'number', analysis: await keep('收入', question), ...at },
    {
      id: 'by',
      kind: 'number',
      analysis: await keep('By phone', {
        ...question,
        audience: { attr: 'phone', op: 'eq', value: `+86${phone}` },
      }),
      ...at,
    },
    {
      id: 'list',
      kind: 'analysis',
      analysis: await keep('List', { ...question, breakdown: [{ attr: 'phone' }] }),
      ...at,
    },
  ]
  const board = (await ws.call<Board>('POST', '/api/dashboards', { name: '每周 <经营>', tiles })).body
  return { ws, board }
}
const weekly = (more: object = {}) => ({
  addresses: ['li@example.com'],
  every: 'week',
  day: 1,
  time: '09:00',
  ...more,
})
const make = async (who: Who, board: Board, body: object = weekly()) =>
  await who.call<BoardMail>('POST', `/api/dashboards/${board.id}/mails`, body)
const read = async (who: Who, board: Board) =>
  (await who.call<{ items: BoardMail[] }>('GET', `/api/dashboards/${board.id}/mails`)).body.items
/** Waits until the newest mailing has ended. */
async function ended(
  who: Who,
  board: Board,
  id: string,
  on: TestApp = app,
): Promise<NonNullable<BoardMail['last']>> {
  return vi.waitFor(
    async () => {
      const last = (await read(who, board)).find((one) => one.id === id)?.last
      if (!last || last.state === 'running') {
        // Tries wait for each other; a test does not.
        await on.database.system((tx) =>
          tx.run(
            sql`update platform.job set run_at = pg_catalog.now() where kind = 'dashboards:mail' and state = 'waiting'`,
          ),
        )
        throw new Error(`still ${last?.state}`)
      }
      return last
    },
    { timeout: 30_000, interval: 50 },
  )
}
const send = (who: Who, id: string) =>
  who.call<{ mailing: string; job: string; code?: string }>('POST', `/api/board-mails/${id}/send`)
const received = (subject: string) => box.mails.filter((one) => one.subject?.startsWith(subject))

test('a board goes out: its numbers, a link, to each receiver alone, and nobody’s personal data', async () => {
  const { ws, board } = await boardOf()
  const colleague = await joinMember(app, ws, 'wang@river.example', {
    scope: 'all',
    permissions: ['dashboard:read'],
  })
  const { status, body: mail } = await make(ws, board, weekly({ members: [colleague.id], language: 'zh' }))
  expect(status).toBe(201)
  expect(mail).toMatchObject({ mine: true, paused: null, last: null, every: 'week', day: 1, time: '09:00' })
  expect((await send(ws, mail.id)).status).toBe(202)
  const last = await ended(ws, board, mail.id)
  expect(last).toMatchObject({
    state: 'sent',
    receivers: 2,
    sent: 2,
    maybeTwice: 0,
    code: 'drawing.no_chromium',
  })
  const got = received('每周 <经营>')
  expect(got.map(({ envelope }) => envelope.to).sort()).toEqual([['li@example.com'], ['wang@river.example']])
  expect(new Set(got.map(({ messageId }) => messageId)).size).toBe(2)
  for (const one of got) {
    expect(one.subject).toMatch(/^每周 <经营>（\d{4}-\d\d-\d\d – \d{4}-\d\d-\d\d）$/)
    expect(one.text).toContain('收入：300')
    expect(one.text).toContain(`https://crm.river.example/dashboards/${board.id}`)
    expect(one.text).toContain('服务器上没有安装 Chromium')
    expect(one.html).toContain('每周 &lt;经营&gt;')
    expect(String(one.raw)).not.toContain(phone)
    expect(one.text).not.toContain(phone)
  }
}, 60_000)

test('put off, it is tried again for whom it was not taken, under the same id; refused, its maker is told', async () => {
  const { ws, board } = await boardOf()
  const addresses = ['one@example.com', 'two@example.com', 'gone@example.com']
  const { body: mail } = await make(ws, board, weekly({ addresses, language: 'en' }))
  box.refuseReceivers.set('gone@example.com', 550)
  box.refuseNext(451)
  const before = box.mails.length
  await send(ws, mail.id)
  const last = await ended(ws, board, mail.id)
  expect(last).toMatchObject({ state: 'partly', sent: 2, code: 'mail.refused', maybeTwice: 0 })
  expect(last.refused).toMatchObject([{ receiver: 'gone@example.com', said: expect.stringContaining('550') }])
  const got = box.mails.slice(before)
  expect(got.map(({ envelope }) => envelope.to[0]).sort()).toEqual(['one@example.com', 'two@example.com'])
  const told = await app.database.system((tx) =>
    tx.rows<{ type: string }>(
      sql`select type from notices.notice where href = ${`/dashboards/${board.id}?mail=true`}`,
    ),
  )
  expect(told).toEqual([{ type: 'board_mail.failed' }])
}, 60_000)

test('a crash between handing over and noting it: sent again under the same id, and said', async () => {
  const { ws, board } = await boardOf()
  const { body: mail } = await make(
    ws,
    board,
    weekly({ addresses: ['first@example.com', 'second@example.com'] }),
  )
  const before = box.mails.length
  box.refuseNext(451, 451)
  const { body: begun } = await send(ws, mail.id)
  const state = () =>
    app.database.system((tx) =>
      tx.rows<{ state: string }>(
        sql`select state from dashboards.mail_delivery where mailing_id = ${begun.mailing} order by place`,
      ),
    )
  await vi.waitFor(
    async () => {
      const job = await app.database.system((tx) =>
        tx.row<{ state: string; attempts: number }>(
          sql`select state, attempts from platform.job where id = ${begun.job}`,
        ),
      )
      expect(job).toMatchObject({ state: 'waiting', attempts: 1 })
    },
    { timeout: 30_000 },
  )
  expect(await state()).toEqual([{ state: 'waiting' }, { state: 'waiting' }])
  // What a killed program leaves: one noted before and not after, the other done.
  await app.database.system((tx) =>
    tx.run(sql`update dashboards.mail_delivery set state = case place when 1 then 'sending' else 'sent' end
      where mailing_id = ${begun.mailing}`),
  )
  const last = await ended(ws, board, mail.id)
  expect(last).toMatchObject({ state: 'sent', sent: 2, maybeTwice: 1 })
  const got = box.mails.slice(before)
  expect(got.map(({ envelope, messageId }) => [envelope.to[0], messageId])).toEqual([
    ['first@example.com', `<${begun.mailing}.1@river.example>`],
  ])
}, 60_000)

test('its time comes: one mailing, the next time set; what passed meanwhile is one', async () => {
  const own = await startTestApp({ env: mailEnv() })
  const { ws, board } = await boardOf(own)
  const { body: mail } = await make(ws, board, weekly({ every: 'day', addresses: ['due@example.com'] }))
  const before = box.mails.length
  own.clock.advance(3 * 86_400_000)
  await own.database.system((tx) =>
    tx.run(sql`update platform.job set run_at = pg_catalog.now() where kind = 'dashboards:mail-due'`),
  )
  const last = await ended(ws, board, mail.id, own)
  expect(last).toMatchObject({ trigger: 'schedule', state: 'sent' })
  expect(box.mails.slice(before).map(({ envelope }) => envelope.to)).toEqual([['due@example.com']])
  const [now] = await read(ws, board)
  expect(Date.parse(String(now?.nextAt))).toBeGreaterThan(own.clock.now())
  expect(Date.parse(String(now?.nextAt)) - own.clock.now()).toBeLessThanOrEqual(86_400_000)
  const waiting = await own.database.system((tx) =>
    tx.rows(sql`select 1 from platform.job where kind = 'dashboards:mail-due' and state = 'waiting'`),
  )
  expect(waiting).toHaveLength(1)
  await ws.call('PUT', `/api/board-mails/${mail.id}/paused`, { paused: true })
  expect((await read(ws, board))[0]).toMatchObject({ paused: 'by_hand', nextAt: null })
  const resumed = await ws.call<BoardMail>('PUT', `/api/board-mails/${mail.id}/paused`, { paused: false })
  expect(resumed.body).toMatchObject({ paused: null, nextAt: expect.any(String) })
}, 90_000)

test('it goes out with its maker’s rights: nobody else changes it, and it stops where they end', async () => {
  const { ws, board } = await boardOf()
  const permissions = ['dashboard:read', 'dashboard:write', 'dashboard:share', 'analytics:read']
  const maker = await joinMember(app, ws, 'maker@river.example', { scope: 'all', permissions })
  const { body: mail } = await make(maker, board)
  expect((await read(ws, board))[0]).toMatchObject({ mine: false, maker: expect.any(String) })
  const refused = { status: 403, body: { code: 'board_mail.not_yours' } }
  expect(await ws.call('PUT', `/api/board-mails/${mail.id}`, weekly())).toMatchObject(refused)
  expect(await send(ws, mail.id)).toMatchObject(refused)
  const insider = await joinMember(app, ws, 'insider@river.example', {
    scope: 'all',
    permissions: permissions.filter((one) => one !== 'dashboard:share'),
  })
  expect(await make(insider, board)).toMatchObject({
    status: 403,
    body: { code: 'board_mail.outside_denied' },
  })
  expect((await make(insider, board, weekly({ addresses: [], members: [insider.id] }))).status).toBe(201)
  const before = box.mails.length
  const { body: roles } = await ws.call<{ items: { id: string; name: string }[] }>('GET', '/api/roles')
  const role = roles.items.find(({ name }) => name === 'Role of maker@river.example')
  await ws.call('PATCH', `/api/roles/${role?.id}`, {
    permissions: permissions.filter((one) => one !== 'dashboard:share'),
  })
  await app.database.system((tx) =>
    tx.run(
      sql`update dashboards.mail set next_at = pg_catalog.now() - interval '1 minute' where id = ${mail.id}`,
    ),
  )
  await app.database.system((tx) =>
    tx.run(sql`update platform.job set run_at = pg_catalog.now() where dedup_key = ${mail.id}`),
  )
  await vi.waitFor(
    async () => {
      const shown = (await read(ws, board)).find(({ id }) => id === mail.id)
      expect(shown).toMatchObject({ paused: 'maker_may_not', nextAt: null })
      expect(shown?.last).toMatchObject({ state: 'failed', code: 'board_mail.maker_may_not' })
    },
    { timeout: 20_000 },
  )
  expect(box.mails.length).toBe(before)
  expect((await ws.call('DELETE', `/api/board-mails/${mail.id}`)).status).toBe(204)
}, 60_000)

test('without a mail server sending says so; whoever is erased stands on no list', async () => {
  const bare = await startTestApp()
  const there = await boardOf(bare)
  const { body: one } = await make(there.ws, there.board)
  expect(await send(there.ws, one.id)).toMatchObject({ status: 422, body: { code: 'mail.not_configured' } })
  const list = await there.ws.call('GET', `/api/dashboards/${there.board.id}/mails`)
  expect(list.body).toMatchObject({ canSend: false, timezone: 'Asia/Shanghai' })

  const { ws, board } = await boardOf()
  await ws.send({ type: 'identify', userId: 'z', traits: { email: 'zhao@example.com' } })
  await ws.settled()
  const { body: mail } = await make(ws, board, weekly({ addresses: ['Zhao@example.com', 'li@example.com'] }))
  const { body: alone } = await make(ws, board, weekly({ addresses: ['zhao@example.com'] }))
  await send(ws, mail.id)
  await ended(ws, board, mail.id)
  const { body: found } = await ws.call<{ items: { id: string }[] }>(
    'GET',
    '/api/profiles?identifier=user_id:z',
  )
  const erased = await ws.call('DELETE', `/api/profiles/${found.items[0]?.id}`)
  expect(erased.status).toBeLessThan(300)
  await vi.waitFor(
    async () => {
      const all = await read(ws, board)
      expect(all.find(({ id }) => id === mail.id)?.addresses).toEqual(['li@example.com'])
      expect(all.find(({ id }) => id === alone.id)).toMatchObject({ addresses: [], paused: 'by_hand' })
    },
    { timeout: 30_000 },
  )
  const kept = await app.database.system((tx) =>
    tx.rows(sql`select 1 from dashboards.mail_delivery where lower(address) = 'zhao@example.com'`),
  )
  expect(kept).toEqual([])
}, 90_000)

test('a receiver takes themselves off by the link, or their mail program in one click; only they come back', async () => {
  const { ws, board } = await boardOf()
  const colleague = await joinMember(app, ws, 'chen@river.example', { scope: 'all', permissions: [] })
  const addresses = ['Mei@example.com', 'stay@example.com']
  const { body: mail } = await make(ws, board, weekly({ addresses, members: [colleague.id], language: 'en' }))
  const before = box.mails.length
  await send(ws, mail.id)
  await ended(ws, board, mail.id)
  const linkTo = (address: string) => {
    const got = box.mails.slice(before).find(({ envelope }) => envelope.to[0] === address)
    expect(String(got?.raw)).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click')
    const [, link = ''] = /Get it no more: (\S+)/.exec(got?.text ?? '') ?? []
    expect(link).toMatch(/^https:\/\/crm\.river\.example\/leave\/bml_/)
    expect(link).not.toContain('example.com')
    return new URL(link).pathname
  }
  const [mei, chen] = [linkTo('Mei@example.com'), linkTo('chen@river.example')]
  expect(new Set([mei, chen, linkTo('stay@example.com')]).size).toBe(3)
  const token = mei.slice('/leave/'.length)
  const look = () => app.server.inject({ method: 'GET', url: `/api/mail-leaving/${token}` })
  expect((await look()).json()).toEqual({
    ...{ board: '每周 <经营>', workspace: 'River', receiver: 'M***@example.com', gets: true },
  })
  // As RFC 8058 has it: no cookie, no origin, a form of one field.
  const click = (url: string, type: string, payload: string) =>
    app.server.inject({ method: 'POST', url, headers: { 'content-type': type }, payload })
  const form = 'application/x-www-form-urlencoded'
  const clicked = await click(mei, form, 'List-Unsubscribe=One-Click')
  expect([clicked.statusCode, clicked.json().gets]).toEqual([200, false])
  const parts = '--x\r\ncontent-disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
  expect((await click(mei, 'multipart/form-data; boundary=x', parts)).json().gets).toBe(false)
  expect((await click(chen, form, 'List-Unsubscribe=One-Click')).statusCode).toBe(200)
  expect((await read(ws, board))[0]).toMatchObject({
    ...{ addresses: ['stay@example.com'], members: [], paused: null },
    left: expect.arrayContaining([
      { receiver: 'Mei@example.com', at: expect.any(String) },
      { receiver: expect.stringContaining('chen'), at: expect.any(String) },
    ]),
  })
  const put = (body: object) => ws.call('PUT', `/api/board-mails/${mail.id}`, weekly(body))
  expect(await put({ addresses: ['mei@example.com'] })).toMatchObject({
    status: 409,
    body: { code: 'board_mail.receiver_left' },
  })
  const between = box.mails.length
  await send(ws, mail.id)
  await ended(ws, board, mail.id)
  expect(box.mails.slice(between).map(({ envelope }) => envelope.to[0])).toEqual(['stay@example.com'])
  const again = (url: string) => app.server.inject({ method: 'POST', url, payload: { again: true } })
  expect((await again(mei)).json().gets).toBe(true)
  expect((await read(ws, board))[0]?.addresses).toEqual(['stay@example.com', 'Mei@example.com'])
  // Taken off by who made the mail, they have no link any more.
  await put({ addresses: ['stay@example.com'] })
  expect((await again(mei)).json().code).toBe('board_mail.missing')
  expect((await click(`${mei}x`, form, '')).json().code).toBe('board_mail.missing')
  // The last one leaves: it pauses, and goes on only for somebody.
  await click(linkTo('stay@example.com'), form, '')
  expect((await read(ws, board))[0]).toMatchObject({ addresses: [], paused: 'by_hand' })
  expect(await ws.call('PUT', `/api/board-mails/${mail.id}/paused`, { paused: false })).toMatchObject({
    status: 409,
    body: { code: 'board_mail.nobody' },
  })
}, 60_000)

test('what is not right is refused with its reason', async () => {
  const { ws, board } = await boardOf()
  const status = async (body: object) => (await make(ws, board, body)).status
  expect(await status(weekly({ addresses: [] }))).toBe(422)
  expect(await status(weekly({ addresses: ['li@example.com\r\nBcc: x@y.example'] }))).toBe(422)
  expect(await status(weekly({ day: 8 }))).toBe(422)
  expect(await status(weekly({ time: '24:00' }))).toBe(422)
  expect(await make(ws, board, weekly({ members: ['mem_nobody'] }))).toMatchObject({
    status: 422,
    body: { code: 'board_mail.member_missing' },
  })
})
