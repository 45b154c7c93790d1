import { beforeAll, expect, test } from 'vitest'
import type { CatalogueEntry, CatalogueItem } from '#modules/collect/contract.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})

type Titles = {
  events: { name: string; zh: string; en: string; spelled: string }[]
  properties: { event: string; path: string; zh: string; en: string }[]
}
const titles = async (ws: TestWorkspace) => (await ws.call<Titles>('GET', '/api/events/titles')).body
const eventTitle = async (ws: TestWorkspace, name: string) => {
  const found = (await titles(ws)).events.find((one) => one.name === name)
  return found && [found.zh, found.en]
}
const propertyTitle = async (ws: TestWorkspace, event: string, path: string) => {
  const found = (await titles(ws)).properties.find((one) => one.event === event && one.path === path)
  return found && [found.zh, found.en]
}
const describe = (ws: TestWorkspace, body: object) => ws.call('PUT', '/api/events/catalogue/entry', body)
const nameProperty = (ws: TestWorkspace, body: object) =>
  ws.call('PUT', '/api/events/catalogue/property', { description: '', ...body })

test('the catalogue wins over the plan, the plan over the standard name, language by language', async () => {
  const ws = await app.workspace()
  expect(await eventTitle(ws, 'Order Completed')).toEqual(['完成订单', 'Order completed'])
  expect(await eventTitle(ws, 'Lesson Started')).toBeUndefined()
  const planned = [
    { name: 'Order Completed', labels: { zh: '下单', en: '' }, description: 'From the plan', properties: [] },
  ]
  expect((await ws.call('PUT', '/api/tracking-plan', { events: planned })).status).toBe(200)
  expect(await eventTitle(ws, 'Order Completed')).toEqual(['下单', 'Order completed'])
  expect((await describe(ws, { name: 'Order Completed', labels: { zh: '', en: 'Paid' } })).status).toBe(200)
  expect(await eventTitle(ws, 'Order Completed')).toEqual(['下单', 'Paid'])
  const { body } = await ws.call<{ items: CatalogueItem[] }>('GET', '/api/events/catalogue')
  expect(body.items).toMatchObject([
    {
      name: 'Order Completed',
      labels: { zh: '', en: 'Paid' },
      description: '',
      inherited: {
        labels: { zh: '下单', en: 'Order completed' },
        description: 'From the plan',
        from: 'plan',
      },
    },
  ])
  // Nobody else is told.
  expect(await eventTitle(await app.workspace(), 'Order Completed')).toEqual(['完成订单', 'Order completed'])
})

test('labels stay when something else is said; they are found by Latin letters', async () => {
  const ws = await app.workspace()
  await describe(ws, { name: 'Lesson Started', labels: { zh: '开始上课', en: 'Started a lesson' } })
  await describe(ws, { name: 'Lesson Started', description: 'Bell rings' })
  const found = (await titles(ws)).events.find((one) => one.name === 'Lesson Started')
  expect(found).toMatchObject({ zh: '开始上课', en: 'Started a lesson' })
  expect(found?.spelled.split('\n')).toEqual(expect.arrayContaining(['kaishishangke', 'kssk']))
})

test('a property is called one way everywhere, another way where an event says so, and as before when taken back', async () => {
  const ws = await app.workspace()
  await ws.send({
    type: 'track',
    event: 'Order Refunded',
    userId: 'a',
    properties: { total: 5, why: 'late' },
  })
  await ws.settled()
  expect(await propertyTitle(ws, 'Order Refunded', 'total')).toEqual(['退款金额', 'Refunded'])
  await nameProperty(ws, { event: null, path: 'total', labels: { zh: '合计', en: '' } })
  expect(await propertyTitle(ws, '', 'total')).toEqual(['合计', 'Total'])
  // The workspace's own word for every event is nearer than the standard one for this event.
  expect(await propertyTitle(ws, 'Order Refunded', 'total')).toBeUndefined()
  const own = { event: 'Order Refunded', path: 'total', labels: { zh: '退给客户', en: '' } }
  expect((await nameProperty(ws, own)).status).toBe(204)
  expect(await propertyTitle(ws, 'Order Refunded', 'total')).toEqual(['退给客户', ''])
  const entry = async () =>
    (await ws.call<CatalogueEntry>('GET', '/api/events/catalogue/entry?name=Order%20Refunded')).body
  expect((await entry()).properties.find((one) => one.path === 'total')).toMatchObject({
    here: { labels: { zh: '退给客户', en: '' } },
    everywhere: { labels: { zh: '合计', en: '' } },
  })
  await nameProperty(ws, { ...own, labels: { zh: '', en: '' } })
  expect((await entry()).properties.find((one) => one.path === 'total')?.here).toBeNull()
})

test('names go with the plan through JSON Schema, and a rule goes on naming what was sent', async () => {
  const ws = await app.workspace()
  const event = {
    name: 'Paid',
    labels: { zh: '付款', en: 'Payment' },
    properties: [{ path: 'price.amount', type: 'number', labels: { zh: '金额', en: 'Amount' } }],
  }
  await ws.call('PUT', '/api/tracking-plan', { events: [event] })
  const { body: schema } = await ws.call<Record<string, unknown>>('GET', '/api/tracking-plan/json-schema')
  const other = await app.workspace()
  await other.call('PUT', '/api/tracking-plan/json-schema', { schema })
  expect((await other.call('GET', '/api/tracking-plan')).body).toMatchObject({ events: [event] })
  expect(await propertyTitle(other, 'Paid', 'price.amount')).toEqual(['金额', 'Amount'])
  const rule = { event: 'Paid' }
  const saved = await other.call<{ id: string }>('POST', '/api/segments', { name: 'Payers', rule })
  expect((await other.call('GET', `/api/segments/${saved.body.id}`)).body).toMatchObject({ rule })
})
