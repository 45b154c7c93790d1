import { existsSync, readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import type { Import, Preview } from '#modules/imports/contract.ts'
import { makeWorkbook } from '#modules/imports/server/reading/testing/make-workbook.ts'
import { countsOf, ended, importFile, postForm } from '#modules/imports/server/testing/import-file.ts'
import type { Profile } from '#modules/profiles/contract.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})

const key = { column: 'ID', kind: 'user_id' }
const spec = {
  kind: 'people',
  key,
  columns: {
    Mail: { identifier: 'email' },
    Name: { attribute: 'name' },
    City: { attribute: 'city' },
    Visits: 'attribute',
  },
}
const file = [
  'ID,Mail,Name,City,Visits',
  'u1,Ann@Example.com,Ann,Paris,3',
  'u2,,Bo,Select,4',
  ',x@y.z,Nobody,Rome,1',
  'u1,Ann@Example.com,Ann,Paris,3',
  'u3,c@d.e,Cy,Oslo,5,surplus',
  'u4,no mail,Di,Nice,0',
  'u2,,Bo,Bonn,4',
  '',
].join('\r\n')

const find = async (ws: TestWorkspace, identifier: string): Promise<Profile[]> =>
  (await ws.call<{ items: Profile[] }>('GET', `/api/profiles?identifier=${encodeURIComponent(identifier)}`))
    .body.items
const count = async (ws: TestWorkspace, rule: object) =>
  (await ws.call<{ count: number }>('POST', '/api/profiles/count', { rule })).body.count
const attributesOf = async (ws: TestWorkspace, identifier: string) =>
  (await find(ws, identifier))[0]?.attributes

test('every row is accounted for, and people look as the file says when it is done', async () => {
  const ws = await app.workspace()
  const done = await importFile(ws, file, { ...spec, tags: ['Leads'] }, '线索.csv')
  expect(countsOf(done)).toEqual({ state: 'done', rows: 7, created: 3, updated: 1, skipped: 1, failed: 2 })
  expect(done).toMatchObject({ name: '线索.csv', progress: 1, undoable: true, error: null, upload: null })
  expect(
    done.reasons.map(({ outcome, code, count, examples }) => [outcome, code, count, examples[0]?.row]),
  ).toEqual([
    ['failed', 'empty_key', 1, 4],
    ['noted', 'identifier_left_out', 1, 7],
    ['skipped', 'repeated_row', 1, 5],
    ['failed', 'too_many_cells', 1, 6],
  ])
  const listed = async (query: string) =>
    (await ws.call<{ items: Import[] }>('GET', `/api/imports?${query}`)).body.items.map((one) => one.id)
  const search = encodeURIComponent('线')
  for (const query of [`search=${search}`, 'kind=people&state=done&by=me'])
    expect(await listed(query)).toEqual([done.id])
  for (const query of ['search=%25', 'kind=events', 'state=failed']) expect(await listed(query)).toEqual([])
  expect((await find(ws, 'email:ann@example.com'))[0]).toMatchObject({
    attributes: { name: 'Ann', city: 'Paris', Visits: 3, email: 'ann@example.com' },
    tags: ['Leads'],
  })
  expect(await attributesOf(ws, 'user_id:u2')).toEqual({ name: 'Bo', city: 'Bonn', Visits: 4 })
  expect(await count(ws, { attr: 'Visits', op: 'gte', value: 4 })).toBe(1)
  expect(await count(ws, { tag: 'Leads' })).toBe(3)
})

test('the error file holds the failed rows as they were, with the reason in both languages', async () => {
  const ws = await app.workspace()
  const { id } = await importFile(ws, file, spec)
  const reply = await ws.call<string>('GET', `/api/imports/${id}/errors`)
  expect(reply.status).toBe(200)
  expect(String(reply.body).split('\r\n')).toEqual([
    '\uFEFFID,Mail,Name,City,Visits,row,code,reason,原因',
    ',x@y.z,Nobody,Rome,1,4,empty_key,The key column is empty.,标识列为空。',
    'u3,c@d.e,Cy,Oslo,5,6,too_many_cells,"The row has 6 cells, the header 5.",该行有 6 个单元格，表头只有 5 列。',
    '',
  ])
})

test('a second time nothing is new; what differs is updated', async () => {
  const ws = await app.workspace()
  await importFile(ws, file, spec)
  const again = await importFile(ws, file.replace('Ann,Paris', 'Ann,Lyon'), spec)
  expect(countsOf(again)).toEqual({ state: 'done', rows: 7, created: 0, updated: 3, skipped: 2, failed: 2 })
  expect(await attributesOf(ws, 'user_id:u2')).toMatchObject({ city: 'Bonn' })
  const only = await importFile(ws, 'ID\nu1\nu9\n', { kind: 'people', key, mode: 'create' })
  expect(countsOf(only)).toMatchObject({ created: 1, skipped: 1 })
})

test('tags come with the calls of a file, in the one row a person gets; rows that say nothing new bring them, too', async () => {
  const ws = await app.workspace()
  const rows = (city: string) => `ID,City\na,${city}\nb,Ulm\nc,Bonn\n`
  const cities = { kind: 'people', key, columns: { City: { attribute: 'city' } } }
  await importFile(ws, rows('Rome'), { ...cities, tags: ['First', 'Both'] })
  const [shipped] = await app.ch.query<{ people: number; bare: number }>(
    `SELECT uniqExact(person) AS people, countIf(NOT has(tags, 'First')) AS bare FROM people
     WHERE ws = (SELECT max(ws) FROM people)`,
  )
  expect(shipped).toEqual({ people: 3, bare: 0 })
  const again = await importFile(ws, rows('Oslo'), { ...cities, tags: ['Second', 'Both'] })
  expect(countsOf(again)).toMatchObject({ updated: 1, skipped: 2 })
  expect(await count(ws, { all: [{ tag: 'First' }, { tag: 'Second' }, { tag: 'Both' }] })).toBe(3)
  await ws.call('POST', `/api/imports/${again.id}/undo`)
  expect(await ended(ws, again.id)).toMatchObject({ state: 'undone' })
  expect(await count(ws, { all: [{ tag: 'First' }, { tag: 'Both' }, { not: { tag: 'Second' } }] })).toBe(3)
})

test('a dry run says the same and writes nothing; the real one starts from the same upload', async () => {
  const ws = await app.workspace()
  const preview = await postForm<Preview>(ws, '/api/imports/preview', { file })
  expect(preview.body).toMatchObject({
    ...{ rows: 7, format: 'delimited', encoding: 'utf-8', delimiter: ',' },
    suggestion: { kind: 'people', key: { column: 'Mail', kind: 'email' } },
  })
  const start = async (dry_run: boolean) => {
    const body = { upload: preview.body.upload, spec: { ...spec, dry_run } }
    return ended(ws, (await ws.call<{ id: string }>('POST', '/api/imports', body)).body.id)
  }
  const dry = await start(true)
  expect(countsOf(dry)).toEqual({ state: 'done', rows: 7, created: 3, updated: 1, skipped: 1, failed: 2 })
  await ws.settled()
  expect(await find(ws, 'user_id:u1')).toEqual([])
  const { state: _state, ...counts } = countsOf(await start(false))
  expect(countsOf(dry)).toMatchObject(counts)
  expect(await find(ws, 'user_id:u1')).toHaveLength(1)
  const later = await ws.call<{ code: string }>('POST', '/api/imports', { upload: preview.body.upload, spec })
  expect(later).toMatchObject({ status: 422, body: { code: 'import.unknown_upload' } })
})

test('undo puts values and tags back, but not what was changed later', async () => {
  const ws = await app.workspace()
  await ws.send(
    {
      type: 'identify',
      userId: 'old',
      traits: { city: 'Bern', plan: 'free' },
      timestamp: '2026-01-01T00:00:00Z',
    },
    { type: 'identify', userId: 'had', traits: { city: 'Ulm' }, timestamp: '2026-01-01T00:00:00Z' },
  )
  await ws.settled()
  const [had] = await find(ws, 'user_id:had')
  await ws.call('POST', `/api/profiles/${had?.id}/tags`, { add: ['Kept'] })
  const columns = { City: { attribute: 'city' }, Plan: { attribute: 'plan' } }
  const rows = 'ID,City,Plan\nold,Paris,pro\nold,Lyon,\nhad,Rome,pro\nnew,Oslo,pro\n'
  const done = await importFile(ws, rows, { kind: 'people', key, columns, tags: ['Kept', 'Added'] })
  expect(countsOf(done)).toMatchObject({ created: 1, updated: 3 })
  expect(await attributesOf(ws, 'user_id:old')).toEqual({ city: 'Lyon', plan: 'pro' })
  await ws.send({ type: 'identify', userId: 'old', traits: { plan: 'gold' } })
  await ws.settled()

  const asked = await ws.call<Import>('POST', `/api/imports/${done.id}/undo`)
  expect(asked).toMatchObject({ status: 202, body: { state: 'undoing' } })
  expect(await ended(ws, done.id)).toMatchObject({ state: 'undone', undoable: false })
  await ws.settled()
  await expectUndone(ws)
  const twice = await ws.call<{ code: string }>('POST', `/api/imports/${done.id}/undo`)
  expect(twice).toMatchObject({ status: 409, body: { code: 'import.not_undoable' } })
  // What was taken back is not in the log's words any more, but in what Postgres keeps: a rebuild brings nothing back.
  await app.collect.rebuild(async () => undefined)
  await ws.settled()
  await expectUndone(ws)
})

async function expectUndone(ws: TestWorkspace): Promise<void> {
  expect(await attributesOf(ws, 'user_id:old')).toEqual({ city: 'Bern', plan: 'gold' })
  expect((await find(ws, 'user_id:had'))[0]).toMatchObject({ attributes: { city: 'Ulm' }, tags: ['Kept'] })
  expect(await find(ws, 'user_id:new')).toEqual([])
  expect(await count(ws, { tag: 'Added' })).toBe(0)
  expect(await count(ws, { attr: 'city', op: 'eq', value: 'Oslo' })).toBe(0)
}

test('events and orders come in by a contact or a kind of their own', async () => {
  const ws = await app.workspace()
  const events = await importFile(
    ws,
    'card,what,at,page\nc1,Visited,2026-03-05 10:00,/a\nc1,Visited,2026-03-06 10:00,/b\n',
    {
      kind: 'events',
      key: { column: 'card', kind: 'card_no' },
      columns: { what: 'event', at: 'time', page: { property: 'page' } },
    },
  )
  expect(countsOf(events)).toMatchObject({ state: 'done', rows: 2, created: 2 })
  const [visitor] = await find(ws, 'card_no:c1')
  const { body } = await ws.call<{ items: object[] }>('GET', `/api/profiles/${visitor?.id}/timeline`)
  expect(body.items).toMatchObject([
    { name: 'Visited', time: '2026-03-06T02:00:00.000Z', properties: { page: '/b' } },
    { name: 'Visited', time: '2026-03-05T02:00:00.000Z', properties: { page: '/a' } },
  ])
  const orders =
    'no;phone;day;sum;item;price\n1;13800138000;2026-03-05;30;Tea;10\n1;13800138000;2026-03-05;;Cup;20\n'
  const sold = await importFile(ws, orders, {
    kind: 'orders',
    key: { column: 'phone', kind: 'phone' },
    columns: {
      ...{ no: { property: 'order_id' }, day: 'time', sum: { property: 'revenue' } },
      ...{ item: { property: 'products.name' }, price: { property: 'products.price' } },
    },
  })
  expect(countsOf(sold)).toMatchObject({ state: 'done', rows: 2, created: 2 })
  const [buyer] = await find(ws, 'phone:+8613800138000')
  const bought = await ws.call<{ items: object[] }>('GET', `/api/profiles/${buyer?.id}/timeline`)
  expect(bought.body.items).toMatchObject([
    { name: 'Order Completed', properties: { revenue: 30, products: [{ name: 'Tea' }, { name: 'Cup' }] } },
  ])
})

test('GB18030, workbooks and JSON lines bring in the same people', async () => {
  const ws = await app.workspace()
  const people = { kind: 'people', key, columns: { City: { attribute: 'city' } } }
  // 北京 in GB18030.
  const gb = Buffer.concat([
    Buffer.from('ID,City\nu1,'),
    Buffer.from([0xb1, 0xb1, 0xbe, 0xa9]),
    Buffer.from('\n'),
  ])
  await importFile(ws, gb, people)
  const cell = (ref: string, text: string) => `<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`
  const sheet = `<row r="1">${cell('A1', 'ID')}${cell('B1', 'City')}</row><row r="2">${cell('A2', 'u2')}${cell('B2', '北京')}</row>`
  await importFile(ws, makeWorkbook(sheet), people, 'people.xlsx')
  await importFile(ws, '{"ID":"u3","City":"北京"}\n', people, 'people.ndjson')
  expect(await count(ws, { attr: 'city', op: 'eq', value: '北京' })).toBe(3)
})

test('what is no table, no form or no mapping is refused at once, with a code', async () => {
  const ws = await app.workspace()
  const refused = async (parts: Parameters<typeof postForm>[2]) => {
    const { status, body } = await postForm<object>(ws, '/api/imports', parts)
    return [status, body.code]
  }
  const bomb = makeWorkbook('', { strings: `<sst>${' '.repeat(48 * 1024 * 1024)}</sst>` })
  expect(await refused({ file: bomb, spec })).toEqual([422, 'import.too_large_unpacked'])
  expect(await refused({ file: '', spec })).toEqual([422, 'import.empty'])
  expect(await refused({ file: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), spec })).toEqual([
    ...[422, 'import.not_a_table'],
  ])
  expect(await refused({ file: 'ID,"Name\n', spec })).toEqual([422, 'import.open_quote'])
  expect(await refused({ file: 'A,B\n', spec })).toEqual([422, 'import.unknown_column'])
  expect(await refused({ file, spec: '{' })).toEqual([422, 'import.bad_spec'])
  expect(await refused({ file, spec: { ...spec, kind: 'invoices' } })).toEqual([422, 'request.invalid'])
  expect(await refused({ file })).toEqual([422, 'import.bad_spec'])
  expect(await refused({ spec })).toEqual([422, 'import.no_file'])
  const cut = await ws.call<{ code: string }>('POST', '/api/imports', 'x', {
    'content-type': 'multipart/form-data',
  })
  expect(cut).toMatchObject({ status: 400, body: { code: 'import.bad_form' } })
  const bare = await ws.call<{ code: string }>('POST', '/api/imports/preview')
  expect(bare).toMatchObject({ status: 415, body: { code: 'import.no_form' } })
  // Elsewhere a form is refused as before.
  const tag = await ws.call('POST', '/api/tags', 'x', { 'content-type': 'multipart/form-data; boundary=b' })
  expect(tag.status).toBe(415)
  expect((await ws.call<{ items: object[] }>('GET', '/api/imports')).body.items).toEqual([])
})

test('a file that turns out broken in the middle fails as a whole, and nothing of it is written', async () => {
  const ws = await app.workspace()
  const rows = Array.from({ length: 3000 }, (_, at) => `u${at},Ann`).join('\n')
  const done = await importFile(ws, `ID,Name\n${rows}\n"u9999,never closed\n`, { kind: 'people', key })
  expect(done).toMatchObject({
    state: 'failed',
    created: 0,
    error: { code: 'import.open_quote', details: { row: 3002 } },
  })
  await ws.settled()
  expect(await find(ws, 'user_id:u1')).toEqual([])
})

test('an import is cancelled where it stands, and what it wrote can be taken back', async () => {
  const ws = await app.workspace()
  const rows = Array.from({ length: 30_000 }, (_, at) => `u${at},Ann`).join('\n')
  const { body } = await postForm<{ id: string }>(ws, '/api/imports', {
    file: `ID,Name\n${rows}\n`,
    spec: { kind: 'people', key, columns: { Name: { attribute: 'name' } } },
  })
  await expect
    .poll(async () => (await ws.call<Import>('GET', `/api/imports/${body.id}`)).body.created, {
      timeout: 30_000,
    })
    .toBeGreaterThan(0)
  expect((await ws.call('POST', `/api/imports/${body.id}/cancel`)).status).toBe(200)
  const stopped = await ended(ws, body.id)
  expect(stopped).toMatchObject({ state: 'cancelled', undoable: true })
  expect(stopped.created).toBeLessThan(30_000)
  expect((await ws.call<{ code: string }>('POST', `/api/imports/${body.id}/cancel`)).body.code).toBe(
    'import.ended',
  )
  await ws.call('POST', `/api/imports/${body.id}/undo`)
  expect(await ended(ws, body.id)).toMatchObject({ state: 'undone' })
  await ws.settled()
  expect(await count(ws, { attr: 'name', op: 'eq', value: 'Ann' })).toBe(0)
})

const leads = process.env.HEADWATER_LEADS_CSV ?? ''
test.skipIf(!existsSync(leads))(
  'the leads of a real company come in by the suggested mapping, segmentable by any column',
  async () => {
    const ws = await app.workspace()
    const preview = await postForm<Preview>(ws, '/api/imports/preview', {
      file: readFileSync(leads),
      name: 'leads.csv',
    })
    const { suggestion, upload } = preview.body
    const started = await ws.call<{ id: string }>('POST', '/api/imports', { upload, spec: suggestion })
    const done = await ended(ws, started.body.id, 60_000)
    expect(countsOf(done)).toEqual({
      state: 'done',
      rows: 9240,
      created: 9240,
      updated: 0,
      skipped: 0,
      failed: 0,
    })
    expect(done.repaired).toBe(338)
    const rule = { attr: 'How did you hear about X Education', op: 'eq', value: 'Word Of Mouth' }
    expect(await count(ws, rule)).toBe(348)
    expect(await count(ws, { attr: 'TotalVisits', op: 'gt', value: 20 })).toBeGreaterThan(20)
  },
)

test('what came out of a file is said to come from it, by its name, wherever sources are shown', async () => {
  const ws = await app.workspace()
  const told = await importFile(ws, file, spec, '三月线索.csv')
  const source = { kind: 'import', name: '三月线索.csv', href: `/imports/${told.id}` }
  await ws.settled()
  const [ann] = await find(ws, 'email:ann@example.com')
  await ws.call('PATCH', `/api/profiles/${ann?.id}`, { attributes: { city: 'Lyon' } })
  const attribute = await ws.call<{ sources: unknown[] }>('GET', '/api/attributes/entry?name=city')
  expect(attribute.body.sources).toMatchObject([source, { kind: 'api_key', href: '/settings/api-keys' }])
  const graph = await ws.call<{ links: { source: unknown }[] }>('GET', `/api/profiles/${ann?.id}/identity`)
  expect(graph.body.links[0]?.source).toEqual(source)
  const live = await ws.call<{ items: { source: unknown }[] }>('GET', '/api/events/live?limit=1')
  expect(live.body.items[0]?.source).toEqual(source)
})

test('a kept file is looked at again with what was chosen for it, by whom it is, until it is gone', async () => {
  const ws = await app.workspace()
  const first = (await postForm<Preview>(ws, '/api/imports/preview', { file, name: '线索.csv' })).body
  const at = `/api/imports/uploads/${first.upload}`
  expect((await ws.call('GET', at)).body).toEqual({ preview: first, draft: null })
  const draft = { kind: 'people', columns: { City: { attribute: 'town' } } }
  expect((await ws.call('PUT', `${at}/draft`, { draft })).status).toBe(204)
  const { body } = await ws.call<{ preview: Preview; draft: unknown }>('GET', at)
  expect(body).toEqual({ preview: first, draft })
  const other = await app.workspace()
  for (const call of [() => other.call('GET', at), () => other.call('PUT', `${at}/draft`, { draft })])
    expect(await call()).toMatchObject({ status: 422, body: { code: 'import.unknown_upload' } })
})
