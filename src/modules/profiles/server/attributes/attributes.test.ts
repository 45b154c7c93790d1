import { beforeAll, expect, test } from 'vitest'
import type { Attribute, AttributeEntry, AttributeType } from '#modules/profiles/attribute-shapes.ts'
import type { Profile } from '#modules/profiles/contract.ts'
import { fitsType } from '#modules/profiles/server/attributes/fits-type.ts'
import { identify, type List, one } from '#modules/profiles/server/testing/tell-people.ts'
import { type Canonical, flatten } from '#modules/rules/index.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})

const entry = async (ws: TestWorkspace, name: string) =>
  (await ws.call<AttributeEntry>('GET', `/api/attributes/entry?name=${encodeURIComponent(name)}`)).body
const describe = (ws: TestWorkspace, said: Record<string, unknown>) =>
  ws.call<Attribute & { code?: string }>('PUT', '/api/attributes/entry', said)
const counted = async (ws: TestWorkspace, rule: unknown) =>
  (await ws.call<{ count: number }>('POST', '/api/segments/preview', { rule })).body.count

test('a declared attribute is in rules, the catalogue and forms before anybody has it, whatever it is called', async () => {
  const ws = await app.workspace()
  const name = 'How did you hear about us? 50% / "x"'
  const options = [
    { value: 'ads', zh: '广告', en: 'Ads', color: 'blue' },
    { value: 'friend', zh: '朋友', en: 'A friend' },
  ]
  const said = { name, type: 'enum', options, labels: { zh: '来源', en: 'Heard from' }, group: 'Marketing' }
  const made = await ws.call<Attribute>('POST', '/api/attributes', said)
  expect(made).toMatchObject({
    status: 200,
    body: { name, type: 'enum', declared: true, label: 'Heard from' },
  })
  expect((await ws.call('POST', '/api/attributes', said)).body).toMatchObject({ code: 'attribute.exists' })
  const rule = { attr: name, op: 'eq', value: 'ads' }
  expect(await counted(ws, rule)).toBe(0)
  await ws.send(
    identify(1, 'u1', { [name]: 'ads' }),
    identify(2, 'u2', { [name]: 'radio' }),
    identify(3, 'u3', { a: 1 }),
  )
  await ws.settled()
  expect(await counted(ws, rule)).toBe(1)
  expect(await counted(ws, { attr: name, op: 'eq', value: 'radio' })).toBe(1)
  expect(await entry(ws, name)).toMatchObject({
    people: 2,
    everyone: 3,
    misfits: 1,
    misfitExamples: ['radio'],
    typesSeen: [{ type: 'text', people: 2 }],
    options: [
      { value: 'ads', zh: '广告', en: 'Ads', color: 'blue' },
      { value: 'friend', color: null },
    ],
    usedBy: [],
  })
  const { id } = await one(ws, 'user_id:u2')
  const set = (value: unknown) =>
    ws.call<Profile>('PATCH', `/api/profiles/${id}`, { attributes: { [name]: value } })
  expect(await set('tv')).toMatchObject({ status: 422, body: { code: 'attribute.value_does_not_fit' } })
  expect((await set('friend')).body.attributes[name]).toBe('friend')
})

test('the language of who asks decides the label; what is left out stays', async () => {
  const ws = await app.workspace()
  await ws.call('POST', '/api/attributes', { name: 'grade', type: 'number', labels: { zh: '年级', en: '' } })
  await describe(ws, { name: 'grade', description: 'School year', searchable: true })
  const list = async (language: string) =>
    (await ws.call<List<Attribute>>('GET', '/api/attributes', undefined, { 'accept-language': language }))
      .body.items
  expect((await list('zh'))[0]).toMatchObject({ label: '年级', description: 'School year', type: 'number' })
  expect((await list('en'))[0]).toMatchObject({ label: '年级', searchable: true })
  expect((await describe(ws, { name: 'unknown', group: 'x' })).body.code).toBe('attribute.missing')
  expect((await describe(ws, { name: 'grade', type: 'enum' })).body.code).toBe('attribute.no_options')
})

test('what is used stays: values and rules; nobody’s goes, and comes back when it is sent', async () => {
  const ws = await app.workspace()
  await ws.call('POST', '/api/attributes', { name: 'spare', type: 'text' })
  const rule = { attr: 'spare', op: 'exists' }
  const segment = await ws.call<{ id: string }>('POST', '/api/segments', { name: 'Have a spare', rule })
  const remove = () => ws.call<Record<string, unknown>>('DELETE', '/api/attributes/entry?name=spare')
  expect((await remove()).body).toMatchObject({ code: 'attribute.in_use', usedBy: ['Have a spare'] })
  expect((await entry(ws, 'spare')).usedBy).toMatchObject([{ kind: 'segment', name: 'Have a spare' }])
  await ws.call('DELETE', `/api/segments/${segment.body.id}`)
  expect((await remove()).status).toBe(204)
  expect((await remove()).status).toBe(404)
  await ws.send(identify(1, 'u1', { spare: 'wheel' }))
  await ws.settled()
  expect(await entry(ws, 'spare')).toMatchObject({ declared: false, type: 'text', people: 1, sources: [{}] })
  expect((await remove()).body).toMatchObject({ code: 'attribute.in_use', people: 1 })
})

test('a phone declared later is stored in its normal spelling from then on, for those who have it, too', async () => {
  const ws = await app.workspace()
  await ws.send(
    identify(1, 'u1', { tel: '138 0013 8000', nick: 'Swallow' }),
    identify(2, 'u2', { tel: 'none' }),
  )
  await ws.settled()
  const segment = await ws.call<{ id: string }>('POST', '/api/segments', {
    name: 'One number',
    rule: { attr: 'tel', op: 'eq', value: '13800138000' },
  })
  const size = async () =>
    (await ws.call<{ size: number | null }>('GET', `/api/segments/${segment.body.id}`)).body.size
  await expect.poll(size).toBe(0)
  await describe(ws, { name: 'tel', type: 'phone' })
  await expect.poll(size).toBe(1)
  expect((await one(ws, 'user_id:u1')).attributes.tel).toBe('138 0013 8000')
  expect(await entry(ws, 'tel')).toMatchObject({ misfits: 1, misfitExamples: ['none'], personal: true })
  const found = async () => (await ws.call<List>('GET', '/api/profiles?search=swallow')).body.items.length
  expect(await found()).toBe(0)
  await describe(ws, { name: 'nick', searchable: true })
  await expect.poll(found).toBe(1)
})

const values: unknown[] = [
  ...[
    '',
    'a',
    ' 12 ',
    '-1.5e3',
    '12px',
    'yes',
    '2026-11-28',
    '2026-11-28T10:00:00Z',
    '28.11.2026',
    'a@b.cn',
    'a@b',
  ],
  ...[
    '+8613800138000',
    '12345',
    '1234',
    7,
    0.5,
    true,
    false,
    ['a'],
    ['a', 'b'],
    ['a', 'z'],
    [1, 2],
    [true],
    { b: 1 },
  ],
]
const types: AttributeType[] = [
  'text',
  'number',
  'boolean',
  'date',
  'enum',
  'multi_enum',
  'email',
  'reference',
]

test('what fits a type is the same for one value and for everybody', async () => {
  const ws = await app.workspace()
  await ws.send(
    ...values.map((value, at) =>
      identify(at, `u${at}`, Object.fromEntries(types.map((type) => [`v ${type}`, value]))),
    ),
  )
  await ws.settled()
  const options = [{ value: 'a' }, { value: 'b' }]
  for (const type of types) {
    const said = type.endsWith('enum') ? { type, options } : { type }
    expect((await describe(ws, { name: `v ${type}`, ...said })).status).toBe(200)
  }
  const { body } = await ws.call<List<Attribute>>('GET', '/api/attributes')
  const misfits = Object.fromEntries(
    body.items.filter((one) => one.declared).map((one) => [one.type, one.misfits]),
  )
  const stored = values.map((value) => flatten({ value }).value).filter((value) => value !== undefined)
  const expected = types.map((type) => [
    type,
    stored.filter((value) => !fitsType({ type, options }, value as Canonical)).length,
  ])
  expect(misfits).toEqual(Object.fromEntries(expected))
})
