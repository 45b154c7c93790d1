import { sql } from 'kysely'
import { beforeAll, expect, test, vi } from 'vitest'
import type { ConsentEntry, PersonConsents } from '#modules/consents/contract/shapes.ts'
import { identify, numberOf, one } from '#modules/profiles/server/testing/tell-people.ts'
import { openSmtpBox, type SmtpBox } from '#platform/mail/testing/smtp-box.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
let box: SmtpBox
vi.setConfig({ testTimeout: 60_000 })
beforeAll(async () => {
  box = await openSmtpBox()
  app = await startTestApp({
    env: { HEADWATER_SMTP_URL: box.url, HEADWATER_MAIL_FROM: 'Headwater <crm@river.example>' },
  })
  return () => box.close()
})

const phoneBrowser = {
  'user-agent':
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile Safari/604.1',
  'accept-language': 'en-GB,en;q=0.9',
}
type List<T> = { items: T[] }

async function withLinks(traits: Record<string, unknown> = {}, topic = 'newsletter') {
  const ws = await app.workspace('River School')
  await ws.send(identify(1, 'li', { name: 'li', email: 'li@example.com', phone: '13800000001', ...traits }))
  await ws.settled()
  const num = await numberOf(app, ws)
  const person = await app.database.system((tx) =>
    tx.row<{ person: number }>(sql`
      select person from read.identifier where workspace_id = ${num} and kind = 'user_id'`),
  )
  const links = app.consents.unsubscribeLinks(
    { workspace: { num, id: ws.id, timezone: 'Asia/Shanghai' } },
    { person: person?.person as number, address: 'li@example.com', channel: 'email', topic },
  )
  return { ws, preferences: pathOf(links.preferences), oneClick: pathOf(links.oneClick) }
}
const pathOf = (url: string) => new URL(url).pathname

const open = (url: string, headers: Record<string, string> = phoneBrowser) =>
  app.server.inject({ method: 'GET', url, headers })
const post = (url: string, form: string, headers: Record<string, string> = phoneBrowser) =>
  app.server.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: form,
  })
const standing = async (ws: TestWorkspace, user = 'li') => {
  const person = await one(ws, `user_id:${user}`)
  return (await ws.call<PersonConsents>('GET', `/api/profiles/${person.id}/consents`)).body
}
const historyOf = async (ws: TestWorkspace) => {
  const person = await one(ws, 'user_id:li')
  return (await ws.call<List<ConsentEntry>>('GET', `/api/profiles/${person.id}/consents/history`)).body.items
}
const wordsOf = ({ standing: all }: PersonConsents) =>
  all.map(({ channel, topic, state }) => `${channel} ${topic ?? '*'} ${state}`).sort()

test('scanners open every link and nothing happens; the button does it', async () => {
  const { ws, preferences, oneClick } = await withLinks()
  for (const url of [preferences, oneClick, `${preferences}?saved=all`]) {
    const page = await open(url, { 'user-agent': 'Barracuda Sentinel' })
    expect(page.statusCode).toBe(200)
    expect(page.headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-type': 'text/html; charset=utf-8',
    })
  }
  expect((await app.server.inject({ method: 'HEAD', url: oneClick })).statusCode).toBe(200)
  expect(await historyOf(ws)).toEqual([])
  const done = await post(oneClick, 'List-Unsubscribe=One-Click')
  expect([done.statusCode, done.body.includes('You are unsubscribed')]).toEqual([200, true])
  expect(await historyOf(ws)).toMatchObject([
    {
      ...{ channel: 'email', topic: 'newsletter', state: 'denied', source: 'one_click' },
      proof: { page: 'one_click', ip: '127.0.0.1', language: 'en' },
    },
  ])
  // Again, as mail providers do, in whatever form: no second word.
  const multipart = { ...phoneBrowser, 'content-type': 'multipart/form-data; boundary=x' }
  expect((await post(oneClick, '--x\r\nList-Unsubscribe=One-Click\r\n--x--', multipart)).statusCode).toBe(200)
  expect(await historyOf(ws)).toHaveLength(1)
})

test('the page shows how it stands, and only what was moved is changed, with its proof', async () => {
  const { ws, preferences } = await withLinks()
  await ws.call('PUT', '/api/messaging/policy', { unknown_consent: 'allow' })
  const page = await open(preferences)
  expect(page.body).toContain('River School')
  expect(page.body).toContain('l***@example.com')
  expect(page.body).not.toContain('li@example.com')
  expect(page.body).not.toContain('<script')
  expect(page.body.match(/name="on" value="email:[a-z]+" checked/g)).toHaveLength(3)
  const shown = ['email:newsletter', 'email:promotions', 'email:events', 'sms:newsletter']
  const fields = [
    ...shown.map((one) => ['shown', one]),
    ...shown.map((one) => ['was', one]),
    ...shown.filter((one) => one !== 'email:promotions').map((one) => ['on', one]),
    ['often', 'monthly'],
    ['oftenWas', 'normal'],
  ] as [string, string][]
  const form = new URLSearchParams(fields).toString()
  const saved = await post(preferences, form)
  expect([saved.statusCode, saved.headers.location]).toEqual([303, `${preferences}?lang=en&saved=1`])
  expect((await open(String(saved.headers.location))).body).toContain('role="status"')
  const known = await standing(ws)
  expect(wordsOf(known)).toEqual(['email promotions denied'])
  expect(known.cap).toEqual({ messages: 1, days: 30 })
  expect((await historyOf(ws))[0]?.proof).toMatchObject({
    text: 'Offers — Time-limited offers, coupons and sales.',
  })
  // And back again.
  await post(preferences, 'shown=email:promotions&on=email:promotions')
  expect(wordsOf(await standing(ws))).toEqual(['email promotions granted'])
  expect(await historyOf(ws)).toHaveLength(2)
})

test('everything ends with one button, on every channel, and segments see it by themselves', async () => {
  const { ws, preferences } = await withLinks()
  await ws.call('PUT', '/api/messaging/policy', { unknown_consent: 'allow' })
  await post(preferences, 'action=all')
  expect(wordsOf(await standing(ws))).toContain('sms * denied')
  const rule = encodeURIComponent(JSON.stringify({ reachable: { channel: 'sms' } }))
  await vi.waitFor(async () => {
    const reply = await ws.call<List<unknown>>('GET', `/api/profiles?rule=${rule}`)
    expect(reply.body.items).toEqual([])
  }, 20_000)
})

test('it speaks the language of the person, else of the browser, and the other one on request', async () => {
  const own = await withLinks({ locale: 'zh-CN' })
  expect((await open(own.preferences)).body).toContain('消息偏好')
  expect((await open(`${own.preferences}?lang=en`)).body).toContain('Message preferences')
  const other = await withLinks()
  expect((await open(other.preferences)).body).toContain('<html lang="en">')
  await other.ws.call('PUT', '/api/messaging/policy', {
    page: {
      name: { zh: '江河学堂', en: 'River <b>' },
      colour: '#ffd400',
      privacyUrl: 'https://a.example/privacy',
    },
  })
  const branded = await open(other.preferences)
  expect(branded.body).toContain('River &lt;b&gt;')
  expect(branded.body).toContain('--on-accent:#14202b')
  expect(branded.body).toContain('https://a.example/privacy')
})

test('a link that is none, or of somebody who is gone, says so and tells nothing', async () => {
  const { ws, preferences, oneClick } = await withLinks()
  const altered = await open(preferences.replace(/.$/, (sign) => (sign === 'A' ? 'B' : 'A')))
  expect([altered.statusCode, altered.body.includes('River School')]).toEqual([404, false])
  expect((await open(preferences.replace('/u/', '/c/'))).statusCode).toBe(404)
  const person = await one(ws, 'user_id:li')
  await ws.call('DELETE', `/api/profiles/${person.id}`)
  await vi.waitFor(
    async () => expect((await open(preferences)).body).toContain('We keep nothing about you'),
    30_000,
  )
  expect((await post(oneClick, 'List-Unsubscribe=One-Click')).statusCode).toBe(200)
})

test('who tries many links is told to wait', async () => {
  const codes = new Set<number>()
  for (let at = 0; at < 260; at++)
    codes.add(
      (await app.server.inject({ method: 'GET', url: `/u/x${at}`, remoteAddress: '198.51.100.9' }))
        .statusCode,
    )
  expect([...codes]).toEqual([404, 429])
})

test('double opt-in: pending until the button is pressed, by mail where there is a server, by hand elsewhere', async () => {
  const { ws } = await withLinks()
  const person = await one(ws, 'user_id:li')
  const ask = (body: Record<string, unknown>) =>
    ws.call<{ sentBy: string | null; url: string | null; consents: PersonConsents; code?: string }>(
      'POST',
      `/api/profiles/${person.id}/consents/confirmations`,
      body,
    )
  const mailed = await ask({
    channel: 'email',
    topic: 'events',
    language: 'en',
    proof: { page: 'https://a.example' },
  })
  expect(mailed.body).toMatchObject({ sentBy: 'mail', url: null })
  expect(wordsOf(mailed.body.consents)).toEqual(['email events pending'])
  const link = /http\S+\/c\/\S+/.exec(box.mails[0]?.text ?? '')?.[0] ?? ''
  const { pathname, search } = new URL(link)
  expect((await open(pathname + search)).body).toContain('Confirm')
  expect(wordsOf(await standing(ws))).toEqual(['email events pending'])
  await post(pathname, 'lang=en')
  expect(wordsOf(await standing(ws))).toEqual(['email events granted'])
  expect((await historyOf(ws))[0]).toMatchObject({ source: 'double_opt_in', state: 'granted' })
  // A form sent once more does not take away what was confirmed.
  await ask({ channel: 'email', topic: 'events', proof: { page: 'https://b.example' } })
  expect(wordsOf(await standing(ws))).toEqual(['email events granted'])
  const byHand = await ask({ channel: 'sms', topic: 'events' })
  expect(byHand.body).toMatchObject({ sentBy: null, url: expect.stringContaining('/c/') })
  app.clock.advance(8 * 86_400_000)
  expect((await open(pathOf(byHand.body.url as string))).body).toContain('expired')
  await post(pathOf(byHand.body.url as string), '')
  expect(wordsOf(await standing(ws))).toContain('sms events pending')
  expect((await ask({ channel: 'wechat' })).body).toMatchObject({ code: 'consent.no_address' })
})
