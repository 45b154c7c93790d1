import { beforeAll, expect, test } from 'vitest'
import { allPermissions } from '#modules/access/permissions.ts'
import { joinMember } from '#modules/profiles/server/testing/join-member.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
let ws: TestWorkspace
let other: TestWorkspace
let ids: Map<string, string>

type Answer = {
  columns: { name: string; type: string }[]
  rows: unknown[][]
  totals: unknown[] | null
  truncated: boolean
  rowsRead: number
  code?: string
  detail?: string
  line?: number
  column?: number
}
const ask = (sql: string, params?: Record<string, unknown>, of = ws, headers?: Record<string, string>) =>
  of.call<Answer>('POST', '/api/sql/query', { sql, ...(params ? { params } : {}) }, headers)
const rows = async (sql: string, params?: Record<string, unknown>) => {
  const { status, body } = await ask(sql, params)
  expect({ status, code: body.code, detail: body.detail }).toEqual({ status: 200 })
  return body.rows
}

const phone = '+8613800138000'
const at = (hour: number, day = 20) => new Date(Date.UTC(2026, 9, day, hour)).toISOString()

beforeAll(async () => {
  app = await startTestApp()
  ws = await app.workspace('One')
  other = await app.workspace('Two')
  await ws.send(
    { type: 'identify', userId: 'ann', traits: { city: '上海', phone, grade: 5 }, timestamp: at(1) },
    { type: 'identify', userId: 'bob', traits: { city: '北京', grade: 7 }, timestamp: at(1) },
    {
      type: 'track',
      userId: 'ann',
      event: 'Paid',
      properties: { price: 30, plan: 'a', note: `call ${phone}`, list: ['x', 'y'] },
      timestamp: at(2),
      messageId: 'm1',
    },
    {
      type: 'track',
      userId: 'ann',
      event: 'Paid',
      properties: { price: 12.5, plan: 'b', big: true },
      timestamp: at(18),
      messageId: 'm2',
    },
    {
      type: 'track',
      userId: 'bob',
      event: 'Seen',
      properties: { plan: 'a', foreign: '+33 6 12 34 56 78' },
      timestamp: at(3, 21),
      messageId: 'm3',
    },
    {
      type: 'track',
      userId: 'bob',
      event: 'Order Completed',
      properties: { order_id: 'o1', revenue: 99.5, currency: 'CNY' },
      timestamp: at(4, 21),
      messageId: 'm4',
    },
  )
  await other.send({
    type: 'track',
    userId: 'eve',
    event: 'Secret',
    properties: { plan: 'secret' },
    timestamp: at(2),
    messageId: 'n1',
  })
  await ws.settled()
  await other.settled()
  const { body } = await ws.call<{ items: { id: string; attributes: { city: string } }[] }>(
    'GET',
    '/api/profiles',
  )
  ids = new Map(body.items.map(({ id, attributes }) => [attributes.city, id]))
}, 60_000)

test('counts, groups and orders, with names as they were asked for', async () => {
  const { body } = await ask(
    'select event, count() as 次数, uniq(person) from events group by event order by 次数 desc, event',
  )
  expect(body.columns.map(({ name }) => name)).toEqual(['event', '次数', 'uniq(person)'])
  expect(body.rows).toEqual([
    ['Paid', 2, 1],
    ['Order Completed', 1, 1],
    ['Seen', 1, 1],
  ])
})

test('people are said by their public id, compared and joined by it', async () => {
  const ann = ids.get('上海') as string
  expect(await rows(`select distinct person from events where event = 'Paid'`)).toEqual([[ann]])
  expect(await rows(`select count() from events where person = '${ann}'`)).toEqual([[2]])
  expect(await rows(`select count() from events where person in ('${ann}', '${ids.get('北京')}')`)).toEqual([
    [4],
  ])
  expect(
    await rows(
      'select p.attrs.city, count() from events e join people p on e.person = p.person group by 1 order by 1',
    ),
  ).toEqual([
    ['上海', 2],
    ['北京', 2],
  ])
  expect(
    await rows(
      'select attrs.city, n from (select person, count() as n from events group by person) as e join people using (person) order by 1',
    ),
  ).toEqual([
    ['上海', 2],
    ['北京', 2],
  ])
})

test('properties are texts, numbers, truths and lists', async () => {
  expect(
    await rows(
      "select props.plan, props['price'], num(props.price), bool(props.big), list(props.list) from events where event = 'Paid' order by time",
    ),
  ).toEqual([
    ['a', '30', 30, null, ['x', 'y']],
    ['b', '12.5', 12.5, true, []],
  ])
  expect(await rows('select sum(num(props.price)), sum(props.price::Float64) from events')).toEqual([
    [42.5, 42.5],
  ])
})

test('times are those of the workspace', async () => {
  expect(
    await rows(
      "select toDate(time) as day, count() from events where event = 'Paid' group by day order by day",
    ),
  ).toEqual([
    ['2026-10-20', 1],
    ['2026-10-21', 1],
  ])
  expect(
    await rows(
      "select count() from events where time >= '2026-10-21 00:00:00' and time < toDateTime('2026-10-21 03:00:00')",
    ),
  ).toEqual([[1]])
  expect(await rows('select min(time) from events')).toEqual([['2026-10-20 10:00:00.000']])
})

test('orders, common tables, windows, unions, lambdas, parameters', async () => {
  expect(await rows('select type, sum(amount), uniq(person) from orders group by type')).toEqual([
    ['sale', 99.5, 1],
  ])
  expect(
    await rows(
      "with paid as (select person, num(props.price) as price from events where event = 'Paid') select count(), max(price) from paid",
    ),
  ).toEqual([[2, 30]])
  expect(
    await rows('with 10 as least_price select count() from events where num(props.price) > least_price'),
  ).toEqual([[2]])
  expect(
    await rows(
      'select event, row_number() over (partition by person order by time) as n from events order by n, event',
    ),
  ).toEqual([
    ['Paid', 1],
    ['Seen', 1],
    ['Order Completed', 2],
    ['Paid', 2],
  ])
  expect(
    await rows("select 'a' as x union all select event from events where event = 'Seen' order by 1"),
  ).toEqual([['a'], ['Seen']])
  expect(await rows('select arrayMap((x, y) -> x * y, [1, 2], [3, 4]) as z, arraySum(z)')).toEqual([
    [[3, 8], 11],
  ])
  expect(
    await rows(
      'select count() from events where event = {name:String} and num(props.price) > {least:Float64}',
      { name: 'Paid', least: 20 },
    ),
  ).toEqual([[1]])
  expect(
    await rows('select count() from events where event in {names:Array(String)}', {
      names: ['Paid', 'Seen'],
    }),
  ).toEqual([[3]])
  expect(await rows("select tag from (select ['a', 'b'] as tags) array join tags as tag")).toEqual([
    ['a'],
    ['b'],
  ])
  expect(
    await rows(
      "select case when event = 'Paid' then 1 else 0 end as paid, count() from events group by paid order by paid limit 1",
    ),
  ).toEqual([[0, 2]])
  const { body } = await ask('select event, count() from events group by event with totals order by event')
  expect(body.totals?.[1]).toBe(4)
})

test('one workspace never sees the other', async () => {
  expect(await rows("select count() from events where props.plan = 'secret'")).toEqual([[0]])
  expect((await ask('select event from events', undefined, other)).body.rows).toEqual([['Secret']])
})

test('limits and what is said of an answer', async () => {
  const { body } = await ws.call<Answer>('POST', '/api/sql/query', {
    sql: 'select event from events order by event',
    limit: 2,
  })
  expect(body).toMatchObject({ truncated: true, rows: [['Order Completed'], ['Paid']] })
  expect(body.rowsRead).toBeGreaterThan(0)
})

test('faults have a place, and the engine’s are said without its tables', async () => {
  const missing = await ask('select event,\n  evnt from events')
  expect(missing).toMatchObject({ status: 422, body: { code: 'sql.unknown_name', line: 2, column: 3 } })
  for (const sql of [
    'select event + 1 from events',
    'select sum(event) from events',
    'select event, count() from events',
    'select toDate(event) from events',
    'select props.plan + 1 from events',
    'select count(1,2,3) from events',
    'select (select event from events) from events',
  ]) {
    const { status, body } = await ask(sql)
    expect({ sql, status, code: body.code }).toEqual({ sql, status: 422, code: 'sql.failed' })
    expect(JSON.stringify({ ...body, instance: '' })).not.toMatch(
      /\bt_[0-9a-f]+|dict|unit|\bws\b|q\d+_\d|\/tmp|\bv\d+/,
    )
  }
})

test('who sees masked sees stars before anything is compared, and cannot name what is personal', async () => {
  const blind = await joinMember(app, ws, 'blind@members.example', {
    scope: 'all',
    permissions: allPermissions.filter((one) => one !== 'people:unmask'),
  })
  const asBlind = (sql: string) => blind.call<Answer>('POST', '/api/sql/query', { sql })
  expect((await asBlind('select props.note from events where props.note is not null')).body.rows).toEqual([
    ['***'],
  ])
  expect((await asBlind("select props.foreign from events where event = 'Seen'")).body.rows).toEqual([
    ['***'],
  ])
  expect((await asBlind("select count() from events where props.note like '%8613800%'")).body.rows).toEqual([
    [0],
  ])
  for (const sql of [
    'select attrs.phone from people',
    "select attributes['phone'] from people",
    'select identifiers from people',
    'select properties from events',
    'select e.context from events as e',
  ])
    expect({ sql, ...(await asBlind(sql)) }).toMatchObject({
      sql,
      status: 403,
      body: { code: 'sql.asks_too_much' },
    })
  expect((await asBlind('select * from people')).status).toBe(200)
  expect(await rows('select attrs.phone from people where attrs.phone is not null')).toEqual([[phone]])
})

test('a narrow scope sees its own people, and theirs alone', async () => {
  const rep = await joinMember(app, ws, 'rep@members.example', { scope: 'self', permissions: allPermissions })
  await ws.call('PUT', `/api/profiles/${ids.get('北京')}/owner`, { owner: rep.id })
  const asRep = async (sql: string) => (await rep.call<Answer>('POST', '/api/sql/query', { sql })).body.rows
  await ws.settled()
  expect(await asRep('select event from events order by time')).toEqual([['Seen'], ['Order Completed']])
  expect(await asRep('select attrs.city from people')).toEqual([['北京']])
  expect(await asRep('select sum(amount) from orders')).toEqual([[99.5]])
  expect(await asRep("select count() from events where event = 'Paid'")).toEqual([[0]])
})

test('the catalogue names the attributes of companies, personal ones to who may see them', async () => {
  await ws.call('POST', '/api/companies', {
    name: 'Acme',
    attributes: { industry: 'tea', hotline: '+862112345678' },
  })
  await ws.call('PATCH', '/api/company-attributes/hotline', { personal: true })
  type Catalogue = { views: { name: string; properties: string[] }[] }
  const named = async (of: Pick<TestWorkspace, 'call'>) =>
    (await of.call<Catalogue>('GET', '/api/sql/catalogue')).body.views.find(
      ({ name }) => name === 'companies',
    )?.properties
  expect(await named(ws)).toEqual(expect.arrayContaining(['industry', 'hotline']))
  const blind = await joinMember(app, ws, 'blind2@members.example', {
    scope: 'all',
    permissions: allPermissions.filter((one) => one !== 'people:unmask'),
  })
  expect(await named(blind)).toContain('industry')
  expect(await named(blind)).not.toContain('hotline')
})
