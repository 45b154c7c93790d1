import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Connection } from '#modules/connectors/contract.ts'
import type { Preview } from '#modules/imports/contract.ts'
import { createSource, runNow, saveMapping } from '#modules/imports/server/sources/testing/sources.ts'
import { type S3Sandbox, sandboxPlace, startS3Sandbox } from '#test/s3-sandbox.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
let s3: S3Sandbox
beforeAll(async () => {
  s3 = await startS3Sandbox()
  app = await startTestApp({ env: { HEADWATER_ALLOW_TARGETS: `127.0.0.1:${s3.port}` } })
})
afterAll(() => s3.close())

async function connect(ws: TestWorkspace, place: object = {}, credentials: object = {}) {
  const made = await ws.call<Connection>('POST', '/api/connections', {
    name: `Storage ${Math.random()}`,
    place: { ...sandboxPlace(s3.url), ...place },
    credentials: { key: s3.key, secret: s3.secret, ...credentials },
  })
  expect(made.status).toBe(201)
  return made.body
}

const testOf = async (ws: TestWorkspace, { id }: Connection) =>
  (await ws.call<Connection>('POST', `/api/connections/${id}/test`)).body.tested

test('new and changed objects are brought in once each, over pages of the listing and with any name', async () => {
  const ws = await app.workspace()
  const connection = await connect(ws)
  const place = { kind: 's3', connection: connection.id, prefix: 'crm/', glob: '*.csv' }
  const mapping = await saveMapping(ws)
  const source = await createSource(ws, { place, mapping })
  s3.pageSize = 2
  const odd = ['crm/a b+c.csv', 'crm/线索/九月 (1)!.csv', "crm/it's *~=&.csv", 'crm/%41.csv', 'crm/z.csv']
  for (const [at, name] of odd.entries()) s3.put(name, `id,city\nu${at},Rome\n`)
  s3.put('crm/notes.txt', 'no')
  s3.put('other/b.csv', 'id,city\nx,Rome\n')
  s3.put('crm/folder/', '')
  expect(await runNow(ws, source.id)).toMatchObject({ state: 'done', files: 5, created: 5, error: null })
  expect(await runNow(ws, source.id)).toMatchObject({ state: 'done', files: 0 })
  s3.put('crm/z.csv', 'id,city\nu4,Oslo\nu9,Oslo\n')
  expect(await runNow(ws, source.id)).toMatchObject({ files: 1, rows: 2, created: 1, updated: 1 })
  s3.pageSize = 1000
})

test('a look at the first object offers a mapping and remembers nothing', async () => {
  const ws = await app.workspace()
  const connection = await connect(ws)
  s3.put('look/a.csv', 'Mail,City\na@b.c,Rome\n')
  const place = { kind: 's3', connection: connection.id, prefix: 'look/' }
  const preview = await ws.call<Preview>('POST', '/api/imports/sources/preview', { place })
  expect(preview.body).toMatchObject({
    ...{ name: 'a.csv', rows: 1 },
    suggestion: { key: { column: 'Mail', kind: 'email' } },
  })
  const spec = { kind: 'people', key: { column: 'Mail', kind: 'email' } }
  const source = await createSource(ws, { place, mapping: await saveMapping(ws, spec, ['Mail', 'City']) })
  expect(await runNow(ws, source.id)).toMatchObject({ files: 1, created: 1 })
  const none = await ws.call('POST', '/api/imports/sources/preview', { place: { ...place, prefix: 'none/' } })
  expect(none).toMatchObject({ status: 422, body: { code: 'source.nothing_there' } })
})

test('a test says what is wrong; secrets are told to nobody and go nowhere they were not given for', async () => {
  const ws = await app.workspace()
  const connection = await connect(ws)
  expect(await testOf(ws, connection)).toMatchObject({ code: null })
  expect(await testOf(ws, await connect(ws, {}, { secret: 'wrong' }))).toMatchObject({
    ...{ code: 'connection.refused', message: 'The storage refused: 403 SignatureDoesNotMatch.' },
  })
  expect(await testOf(ws, await connect(ws, { bucket: 'missing' }))).toMatchObject({
    code: 'connection.no_bucket',
  })
  // Loopback, but not the one target that is let through.
  expect(await testOf(ws, await connect(ws, { endpoint: 'http://127.0.0.1:9/' }))).toMatchObject({
    code: 'outbound.refused_target',
  })
  const list = await ws.call('GET', '/api/connections')
  expect(JSON.stringify(list.body)).not.toContain(s3.secret)
  const elsewhere = { place: { ...sandboxPlace('https://s3.example.com') } }
  const moved = await ws.call('PATCH', `/api/connections/${connection.id}`, elsewhere)
  expect(moved).toMatchObject({ status: 422, body: { code: 'connection.needs_credentials' } })
  const renamed = await ws.call<Connection>('PATCH', `/api/connections/${connection.id}`, { name: 'Renamed' })
  expect(renamed.body).toMatchObject({ name: 'Renamed', tested: null })
})

test('a connection that a source reads stays; a run that meets a wall says which', async () => {
  const ws = await app.workspace()
  const connection = await connect(ws)
  const place = { kind: 's3', connection: connection.id, prefix: 'wall/' }
  const source = await createSource(ws, { place, mapping: await saveMapping(ws) })
  const removed = await ws.call('DELETE', `/api/connections/${connection.id}`)
  expect(removed).toMatchObject({ status: 409, body: { code: 'connection.in_use' } })
  await ws.call('PATCH', `/api/connections/${connection.id}`, { credentials: { key: s3.key, secret: 'old' } })
  expect(await runNow(ws, source.id)).toMatchObject({
    ...{ state: 'failed', files: 0 },
    error: { code: 'connection.refused', file: null },
  })
  await ws.call('DELETE', `/api/imports/sources/${source.id}`)
  expect((await ws.call('DELETE', `/api/connections/${connection.id}`)).status).toBe(204)
})
