import { beforeAll, expect, test } from 'vitest'
import type { Import, Preview, SavedMapping } from '#modules/imports/contract.ts'
import { countsOf, ended, importFile, postForm } from '#modules/imports/server/testing/import-file.ts'
import { joinMember } from '#modules/profiles/server/testing/join-member.ts'
import { startTestApp, type TestApp } from '#test/start-test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})

const key = { column: 'ID', kind: 'user_id' }
const spec = { kind: 'people', key, columns: { City: { attribute: 'town' } }, tags: ['Leads'] }
const saved = { name: 'Leads', columns: ['ID', 'City'], spec }

test('a saved mapping is offered for files with its columns, first for those with the same set', async () => {
  const ws = await app.workspace()
  const kept = await ws.call<SavedMapping>('POST', '/api/imports/mappings', saved)
  expect(kept).toMatchObject({
    status: 201,
    body: { name: 'Leads', spec: { tags: ['Leads'], mode: 'both' } },
  })
  const other = { ...saved, name: 'Ids', columns: ['ID'], spec: { ...spec, columns: {} } }
  await ws.call('POST', '/api/imports/mappings', other)
  const offered = async (file: string) => {
    const { body } = await postForm<Preview>(ws, '/api/imports/preview', { file })
    return body.mappings.map(({ name, same }) => [name, same])
  }
  expect(await offered('city ,ID\nRome,u1\n')).toEqual([['Ids', false]]) // its columns are called otherwise
  expect(await offered('City,ID\nRome,u1\n')).toEqual([
    ['Leads', true],
    ['Ids', false],
  ])
  expect(await offered('Name,City\nAnn,Rome\n')).toEqual([])
})

test('names are unique, a mapping can be replaced and removed, and one that fits nothing is refused', async () => {
  const ws = await app.workspace()
  const { body } = await ws.call<SavedMapping>('POST', '/api/imports/mappings', saved)
  const twice = await ws.call<{ code: string }>('POST', '/api/imports/mappings', saved)
  expect(twice).toMatchObject({ status: 409, body: { code: 'import.mapping_name_taken' } })
  const changed = { ...saved, spec: { ...spec, tags: [] } }
  const put = await ws.call<SavedMapping>('PUT', `/api/imports/mappings/${body.id}`, changed)
  expect(put).toMatchObject({ status: 200, body: { id: body.id, spec: { tags: [] } } })
  const wrong = await ws.call<{ code: string }>('POST', '/api/imports/mappings', {
    ...{ ...saved, name: 'Wrong', columns: ['A'] },
  })
  expect(wrong).toMatchObject({ status: 422, body: { code: 'import.unknown_column' } })
  expect((await ws.call('DELETE', `/api/imports/mappings/${body.id}`)).status).toBe(204)
  const list = await ws.call<{ items: object[] }>('GET', '/api/imports/mappings')
  expect(list.body.items).toEqual([])
})

test('the corrected error file comes in by the mapping of its import, without the columns it was given', async () => {
  const ws = await app.workspace()
  const first = await importFile(ws, 'ID,City\nu1,Rome\n,Oslo\n', spec)
  expect(countsOf(first)).toMatchObject({ created: 1, failed: 1 })
  const errors = String((await ws.call<string>('GET', `/api/imports/${first.id}/errors`)).body)
  const preview = await postForm<Preview>(ws, `/api/imports/preview?again=${first.id}`, {
    file: errors.replace('\r\n,Oslo', '\r\nu2,Oslo'),
  })
  expect(preview.body.suggestion).toMatchObject({
    key,
    columns: { City: { attribute: 'town' }, row: { skip: true }, code: { skip: true }, 原因: { skip: true } },
  })
  const body = { upload: preview.body.upload, spec: { ...spec, ...preview.body.suggestion } }
  const again = await ws.call<{ id: string }>('POST', '/api/imports', body)
  expect(countsOf(await ended(ws, again.body.id))).toMatchObject({ rows: 1, created: 1, failed: 0 })
})

test('who does not see everybody sees their own imports and files alone', async () => {
  const ws = await app.workspace()
  const theirs = await importFile(ws, 'ID,City\nu1,Rome\n,Oslo\n', spec)
  const preview = await postForm<Preview>(ws, '/api/imports/preview', { file: 'ID,City\nu9,Rome\n' })
  const permissions = ['import:read', 'import:write', 'people:read']
  const { call: asOwn } = await joinMember(app, ws, 'own@example.net', { scope: 'self', permissions })
  expect((await asOwn<{ items: Import[] }>('GET', '/api/imports')).body.items).toEqual([])
  for (const [method, path] of [
    ['GET', ''],
    ['GET', '/errors'],
    ['POST', '/undo'],
    ['POST', '/cancel'],
  ] as const)
    expect((await asOwn(method, `/api/imports/${theirs.id}${path}`)).body).toMatchObject({
      code: 'import.missing',
    })
  const stolen = await asOwn('POST', '/api/imports', { upload: preview.body.upload, spec })
  expect(stolen.body).toMatchObject({ code: 'import.unknown_upload' })
  const everybody = await ws.call<{ items: Import[] }>('GET', '/api/imports')
  expect(everybody.body.items.map((one) => one.id)).toEqual([theirs.id])
})
