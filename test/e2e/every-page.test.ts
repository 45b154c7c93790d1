import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startingTemplates } from '#modules/content/index.ts'
import { createSource, saveMapping } from '#modules/imports/server/sources/testing/sources.ts'
import { importFile } from '#modules/imports/server/testing/import-file.ts'
import type { TestWorkspace } from '#test/start-test-app.ts'
import { openProgram, type Program, type Visitor } from './open-program.ts'

const source = fileURLToPath(new URL('../../src', import.meta.url))
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const email = 'owner1@example.com'

let program: Program
/** Every address of the router with what to open for it; drawers and dialogs too. */
let walk: Record<string, string[]>
beforeAll(async () => {
  program = await openProgram()
  const ws = await program.app.workspace('River School')
  const planned = {
    name: 'Order Completed',
    properties: [{ path: 'order_id', type: 'text', required: true }],
  }
  await ws.call('PUT', '/api/tracking-plan', { unplanned: 'mark', events: [planned] })
  await ws.send(
    {
      type: 'identify',
      userId: 'u1',
      traits: { name: '李雯', city: 'Beijing', age: 30, email: 'li@example.com' },
    },
    { type: 'track', event: 'Order Completed', userId: 'u1', properties: { revenue: 1299 } },
    { type: 'track', userId: 'u1' },
    { type: 'page', name: 'Home', anonymousId: 'd1' },
    { type: 'group', userId: 'u1', groupId: 'acme', traits: { name: 'Acme', domain: 'acme.io', size: 5 } },
    { type: 'identify', userId: 'k1', traits: { name: 'Kid', email: 'home@example.com', grade: '3' } },
    { type: 'identify', userId: 'k2', traits: { name: 'Mum', email: 'home@example.com' } },
    { type: 'identify', userId: 'w1', traits: { name: 'Worker', email: 'worker@acme.io' } },
  )
  await ws.settled()
  const city = { attr: 'city', op: 'eq', value: 'Beijing' }
  const rule = { all: [city, { any: [{ event: 'Order Completed' }, { not: { tag: 'vip' } }] }] }
  const segment = await ws.call<{ id: string }>('POST', '/api/segments', { name: 'Beijing', rule })
  const { body } = await ws.call<{ items: { id: string }[] }>('GET', '/api/profiles?identifier=user_id:u1')
  const person = body.items[0]!.id
  await ws.call('POST', `/api/profiles/${person}/tags`, { add: ['vip'] })
  const list = await ws.call<{ id: string }>('POST', '/api/segments', { name: 'List', kind: 'list' })
  await ws.call('POST', `/api/segments/${list.body.id}/people`, { ids: [person] })
  const companies = await ws.call<{ items: { id: string }[] }>('GET', '/api/companies')
  const company = companies.body.items[0]!.id
  const people = ['k1', 'u1'].map(async (login) => {
    const found = await ws.call<{ items: { id: string }[] }>(
      'GET',
      `/api/profiles?identifier=user_id:${login}`,
    )
    return { person: found.body.items[0]!.id, role: login === 'u1' ? 'guardian' : 'student' }
  })
  await ws.call('POST', '/api/households', { people: await Promise.all(people) })
  const tags = await ws.call<{ items: { id: string }[] }>('GET', '/api/tags')
  const tag = tags.body.items[0]!.id
  await ws.call('POST', '/api/tags', { name: 'heading', category: true })
  const live = await ws.call<{ items: { id: string }[] }>('GET', '/api/events/live?limit=2')
  const event = encodeURIComponent(live.body.items[1]!.id)
  const spec = { kind: 'people', key: { column: 'ID', kind: 'user_id' }, columns: { City: 'attribute' } }
  const imported = (await importFile(ws, 'ID,City\nu2,Rome\n,Oslo\n', spec)).id
  const hook = await addWebhook(ws)
  const source = await createSource(ws, { place: { kind: 'folder' }, mapping: await saveMapping(ws) })
  const view = await ws.call<{ id: string }>('POST', '/api/views', {
    ...{ list: 'companies', name: 'Big ones', content: { sort: '-people' }, shared: true },
  })
  const asked = (kind: string) => {
    const events = JSON.stringify([{ event: 'Order Completed' }, { event: null }])
    return `/analytics?kind=${kind}&events=${encodeURIComponent(events)}`
  }
  const range = { last: 7, unit: 'day' }
  const question = { kind: 'trend', series: [{ event: 'Order Completed' }], range }
  await ws.call('POST', '/api/analytics/saved', { name: 'Orders', question })
  const { board, link } = await addBoard(ws)
  const watched = {
    ...{ name: 'Orders a day', question, metric: { of: 'trend', series: 0 }, tell: { members: [] } },
    condition: { kind: 'deviation', to: 'either', sensitivity: 'medium' },
  }
  const alert = (await ws.call<{ id: string }>('POST', '/api/alerts', watched)).body.id
  const welcome = startingTemplates.find(({ key }) => key === 'welcome_en')
  const mail = {
    channel: 'email',
    name: 'Welcome',
    language: 'en',
    subject: welcome?.subject,
    mjml: welcome?.mjml,
  }
  const template = (await ws.call<{ id: string }>('POST', '/api/templates', mail)).body.id
  walk = {
    '/': ['/'],
    '/people': ['/people', '/people?filter=true', '/people?q=nobody'],
    '/people/trash': ['/people/trash', '/people/trash?q=nobody'],
    '/people/$id': [`/people/${person}`, `/people/${person}?panel=identity`, `/people/${person}?panel=merge`],
    '/companies': ['/companies', '/companies?attr=size&op=gte&value=5', '/companies?q=nothing'],
    '/companies/$id': [`/companies/${company}`],
    '/company-attributes': ['/company-attributes'],
    '/analytics': [
      '/analytics',
      ...['trend', 'funnel', 'composition', 'retention', 'usage_lifecycle', 'stickiness'].map(asked),
    ],
    '/analytics/saved': ['/analytics/saved', '/analytics/saved?q=nothing'],
    '/dashboards': ['/dashboards', '/dashboards?q=nothing', '/dashboards?dialog=templates'],
    '/dashboards/links': ['/dashboards/links'],
    '/dashboards/$id': [
      `/dashboards/${board}`,
      `/dashboards/${board}?share=true`,
      `/dashboards/${board}?mail=true`,
      `/dashboards/${board}?tv=true`,
    ],
    '/shared/$token': [link, '/shared/gone'],
    '/leave/$token': ['/leave/gone'],
    '/templates': ['/templates', '/templates?channel=sms', '/templates?new=true'],
    '/templates/$id': [
      `/templates/${template}`,
      `/templates/${template}?view=code`,
      `/templates/${template}?view=preview`,
      `/templates/${template}?view=versions`,
    ],
    '/coupons': ['/coupons', '/coupons?new=true'],
    '/links': ['/links', '/links?new=true'],
    '/alerts': [
      '/alerts',
      '/alerts?standing=firing',
      '/alerts?new=true',
      `/alerts?open=${alert}`,
      `/alerts?open=${alert}&edit=true`,
    ],
    '/sql': ['/sql', '/sql?text=SELECT%20event%20FROM%20events', '/sql?side=history', '/sql?side=saved'],
    '/households': ['/households', '/households?tab=suggested', '/households?q=nobody'],
    '/segments': ['/segments'],
    '/segments/new': ['/segments/new'],
    '/segments/templates': ['/segments/templates'],
    '/segments/combine': [
      '/segments/combine',
      `/segments/combine?ids=${encodeURIComponent(JSON.stringify([segment.body.id, list.body.id]))}`,
    ],
    '/segments/$id': [
      ...['', '?view=json', '?tab=versions', '?tab=snapshots', '?tab=uses'].map(
        (side) => `/segments/${segment.body.id}${side}`,
      ),
      `/segments/${list.body.id}`,
    ],
    '/attributes': ['/attributes', '/attributes?open=city', '/attributes?open=email'],
    '/tags': ['/tags', `/tags?tag=${tag}`, '/tags?overlap='],
    '/imports': ['/imports', '/imports?q=nothing'],
    '/imports/new': ['/imports/new'],
    '/imports/$id': [`/imports/${imported}`],
    '/imports/sources': ['/imports/sources'],
    '/imports/sources/new': ['/imports/sources/new'],
    '/imports/sources/$id': [`/imports/sources/${source.id}`],
    '/exports': ['/exports', '/exports?state=failed'],
    '/views/$id': [`/views/${view.body.id}`],
    '/events': ['/events', `/events?open=${event}`],
    '/health': ['/health'],
    '/catalogue': ['/catalogue', '/catalogue?open=Order%20Completed', '/catalogue?q=nothing'],
    '/plan': ['/plan', '/plan?new=true', '/plan?open=Order%20Completed', '/plan?tab=violations'],
    '/identity-review': ['/identity-review'],
    '/settings': ['/settings'],
    '/settings/workspace': ['/settings/workspace'],
    '/settings/members': [
      '/settings/members',
      '/settings/members?invite=true',
      '/settings/members?tab=invitations',
    ],
    '/settings/roles': ['/settings/roles', '/settings/roles?role=new'],
    '/settings/departments': ['/settings/departments'],
    '/settings/write-keys': ['/settings/write-keys', '/settings/write-keys?new=true'],
    '/settings/retention': ['/settings/retention'],
    '/settings/messaging': ['/settings/messaging'],
    '/settings/topics': ['/settings/topics'],
    '/settings/suppressions': ['/settings/suppressions', '/settings/suppressions?reason=reply'],
    '/settings/identity-kinds': ['/settings/identity-kinds'],
    '/settings/api-keys': ['/settings/api-keys', '/settings/api-keys?new=true'],
    '/settings/webhooks': ['/settings/webhooks', '/settings/webhooks?new=true'],
    '/settings/webhooks/$id': [
      `/settings/webhooks/${hook.id}`,
      `/settings/webhooks/${hook.id}?open=${hook.message}`,
    ],
    '/settings/audit': ['/settings/audit'],
    '/settings/me': ['/settings/me'],
    // Before the shell: log-in and a used link; set-up answers only on an empty instance (door.test.ts).
    '/login': ['/login'],
    '/invite/$token': ['/invite/gone'],
    '/setup': [],
  }
})
afterAll(() => program?.close(), 60_000)

/** A ready board, and a link to it. */
async function addBoard(ws: TestWorkspace): Promise<{ board: string; link: string }> {
  const { body: board } = await ws.call<{ id: string }>('POST', '/api/dashboards/templates/management', {})
  const { body: link } = await ws.call<{ path: string }>('POST', `/api/dashboards/${board.id}/links`, {})
  return { board: board.id, link: link.path }
}

/** An endpoint with a message that was refused before anything was connected to. */
async function addWebhook(ws: TestWorkspace): Promise<{ id: string; message: string }> {
  const given = { url: 'https://93.184.215.14/', types: ['segment.left'] }
  const { body } = await ws.call<{ endpoint: { id: string } }>('POST', '/api/webhooks', given)
  const { id } = body.endpoint
  await program.app.database.system((tx) =>
    tx.run(sql`update webhooks.endpoint set url = 'https://127.0.0.1/' where id = ${id}`),
  )
  const sent = await ws.call<{ id: string }>('POST', `/api/webhooks/${id}/test`)
  return { id, message: sent.body.id }
}

test('the walk knows every page of the router', () => {
  expect(Object.keys(walk).toSorted()).toEqual(routesInSource().toSorted())
})

test.each([
  ['zh', 'light'],
  ['en', 'dark'],
] as const)(
  'every page in %s and %s: no fault, no barrier, nothing beside a phone',
  async (language, theme) => {
    const inside = await program.enter(email, { language, theme })
    const outside = await program.visit({ language, theme })
    const found: string[] = []
    for (const [route, addresses] of Object.entries(walk)) {
      const visitor = /^\/(login|invite|shared|leave)/.test(route) ? outside : inside
      for (const address of addresses) found.push(...(await look(visitor, address)))
    }
    expect(found).toEqual([])
    expect([...inside.faults, ...outside.faults]).toEqual([])
  },
  900_000, // some 110 addresses, each looked at wide and narrow: 3 s each on two free cores
)

async function look({ page }: Visitor, address: string): Promise<string[]> {
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(address)
  const waiting = await settle(page)
  await page.evaluate(axe)
  const barriers = (await page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(tags)}, resultTypes: ['violations'] }).then(({ violations }) =>
      violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) =>
        id + ': ' + nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')))`,
  )) as string[]
  await page.setViewportSize({ width: 390, height: 844 })
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
  const found = [...waiting, ...barriers, ...(await settle(page))]
  const beyond = (await page.evaluate('document.documentElement.scrollWidth - innerWidth')) as number
  if (beyond > 0) found.push(`${beyond} px wider than a phone`)
  return found.map((what) => `${address} ${what}`)
}

/** The page's own shape stands and nothing is being read any more; else says what is still waited for. */
async function settle(page: Page): Promise<string[]> {
  const end = Date.now() + 30_000
  for (;;) {
    const waiting = (await page.evaluate(waitedFor)) as string[]
    if (waiting.length === 0) return []
    if (Date.now() > end) return waiting.map((what) => `never ends loading: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
const waitedFor = `document.querySelector('h1, h2')
  ? [...document.querySelectorAll('.ant-skeleton, .hw-skeleton, .ant-spin, [aria-busy=true]')].map((one) => one.outerHTML.slice(0, 160))
  : ['no heading']`

/** Addresses as the pages declare them, read from the source: the router itself needs a browser. */
function routesInSource(): string[] {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  const found: string[] = []
  for (const file of files.filter((name) => /(pages|-route)\.tsx$/.test(name))) {
    const text = readFileSync(join(source, file), 'utf8')
    for (const [, parent, path] of text.matchAll(/getParentRoute: \(\) => (\w+),\s+path: '([^']+)'/g))
      found.push(parent === 'settingsRoute' ? `/settings/${path}`.replace(/\/+$/, '') : `${path}`)
  }
  return [...new Set(found)]
}
