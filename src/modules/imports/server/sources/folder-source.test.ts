import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { fitsGlob } from '#modules/imports/server/sources/found.ts'
import {
  countOf,
  createSource,
  runNow,
  runsOf,
  saveMapping,
} from '#modules/imports/server/sources/testing/sources.ts'
import type { Source } from '#modules/imports/source-contract.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp({ env: { HEADWATER_IMPORT_STILL_SECONDS: '0' } })
})

const file = 'id,city\nu1,Rome\nu2,Oslo\n'
const inbox = (source: Source) => source.path as string
const names = (...parts: string[]) => readdirSync(join(...parts)).sort()

async function folderSource(ws: TestWorkspace, more: object = {}) {
  const mapping = await saveMapping(ws)
  return createSource(ws, { place: { kind: 'folder', glob: '*.csv' }, mapping, ...more })
}

test('a file that is put into a watched folder comes in by itself and is put away', async () => {
  const ws = await app.workspace()
  const source = await folderSource(ws, { schedule: { every: 'file' } })
  writeFileSync(join(inbox(source), 'notes.txt'), file)
  writeFileSync(join(inbox(source), '线索.csv'), file)
  app.clock.advance(5000)
  await expect.poll(() => names(inbox(source), 'done'), { timeout: 30_000 }).toEqual(['线索.csv'])
  await expect.poll(async () => (await runsOf(ws, source.id))[0]?.state).toBe('done')
  const [run, ...others] = await runsOf(ws, source.id)
  expect(run).toMatchObject({ trigger: 'schedule', files: 1, rows: 2, created: 2, error: null })
  expect(others).toEqual([])
  expect(names(inbox(source))).toEqual(['done', 'failed', 'notes.txt'])
  expect(await countOf(ws, { attr: 'city', op: 'eq', value: 'Rome' })).toBe(1)
  const { body } = await ws.call<{ name: string; by: string }>('GET', `/api/imports/${run?.imports[0]}`)
  expect(body).toMatchObject({ name: '线索.csv', by: 'Leads' })
})

test('a folder that cannot be read stops nobody else', async () => {
  const [broken, ws] = [await app.workspace(), await app.workspace()]
  const bad = await folderSource(broken, { schedule: { every: 'file' } })
  rmSync(inbox(bad), { recursive: true })
  writeFileSync(inbox(bad), 'no folder')
  const good = await folderSource(ws, { schedule: { every: 'file' } })
  writeFileSync(join(inbox(good), 'a.csv'), file)
  app.clock.advance(5000)
  await expect.poll(() => names(inbox(good), 'done'), { timeout: 30_000 }).toEqual(['a.csv'])
  await broken.call('DELETE', `/api/imports/sources/${bad.id}`)
})

test('the same content is imported once, under whatever name; something else under the same name is not the same', async () => {
  const ws = await app.workspace()
  const source = await folderSource(ws)
  const put = (name: string, text: string) => writeFileSync(join(inbox(source), name), text)
  put('a.csv', file)
  expect(await runNow(ws, source.id)).toMatchObject({ files: 1, created: 2 })
  put('a.csv', file)
  put('b.csv', file)
  expect(await runNow(ws, source.id)).toMatchObject({ state: 'done', files: 0 })
  put('a.csv', `${file}u3,Bonn\n`)
  expect(await runNow(ws, source.id)).toMatchObject({ files: 1, rows: 3, created: 1, skipped: 2 })
  expect(names(inbox(source), 'done')).toEqual(['a (2).csv', 'a (3).csv', 'a.csv', 'b.csv'])
  expect(names(inbox(source))).toEqual(['done', 'failed'])
})

test('failed rows stand beside the file, and a file that is none is put to the failed ones with the reason', async () => {
  const ws = await app.workspace()
  const source = await folderSource(ws)
  writeFileSync(join(inbox(source), 'rows.csv'), 'id,city\n,Rome\nu5,Oslo\n')
  writeFileSync(join(inbox(source), 'other.csv'), 'name,town\nAnn,Rome\n')
  writeFileSync(join(inbox(source), 'picture.csv'), Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'))
  const run = await runNow(ws, source.id)
  expect(run).toMatchObject({ state: 'failed', files: 3, created: 1, failed: 1 })
  expect(run.error).toMatchObject({ code: 'import.unknown_column', file: 'other.csv' })
  expect(names(inbox(source), 'done')).toEqual(['rows.csv', 'rows.csv.errors.csv'])
  expect(readFileSync(join(inbox(source), 'done', 'rows.csv.errors.csv'), 'utf8')).toContain(
    ',Rome,2,empty_key',
  )
  expect(names(inbox(source), 'failed')).toEqual([
    ...['other.csv', 'other.csv.error.txt', 'picture.csv', 'picture.csv.error.txt'],
  ])
  expect(readFileSync(join(inbox(source), 'failed', 'picture.csv.error.txt'), 'utf8')).toMatch(
    /^import\.not_a_table/,
  )
  // What failed may be tried again as it is.
  renameSync(join(inbox(source), 'failed', 'other.csv'), join(inbox(source), 'other.csv'))
  expect(await runNow(ws, source.id)).toMatchObject({ state: 'failed', files: 1 })
})

test('links and folders are no files, and nobody names another place', async () => {
  const ws = await app.workspace()
  const source = await folderSource(ws)
  writeFileSync(join(app.dataDir, 'secret.csv'), file)
  symlinkSync(join(app.dataDir, 'secret.csv'), join(inbox(source), 'link.csv'))
  mkdirSync(join(inbox(source), 'sub.csv'))
  expect(await runNow(ws, source.id)).toMatchObject({ state: 'done', files: 0 })
  const { mapping } = source
  for (const glob of ['../*.csv', '/etc/*', 'a\\b']) {
    const body = {
      name: 'Else',
      place: { kind: 'folder', glob },
      mapping: mapping.id,
      schedule: { every: 'file' },
    }
    expect((await ws.call('POST', '/api/imports/sources', body)).status).toBe(422)
  }
})

test('a crash between the import and the putting away repeats nothing', async () => {
  const ws = await app.workspace()
  const source = await folderSource(ws)
  writeFileSync(join(inbox(source), 'a.csv'), file)
  const first = await runNow(ws, source.id)
  // As after a kill -9 at that moment: the import is done, the file lies where it lay.
  renameSync(join(inbox(source), 'done', 'a.csv'), join(inbox(source), 'a.csv'))
  await app.database.system((tx) =>
    tx.run(sql`update imports.source_item set is_open = true where source_id = ${source.id}`),
  )
  expect(await runNow(ws, source.id)).toMatchObject({ state: 'done', files: 0 })
  expect(names(inbox(source), 'done')).toEqual(['a.csv'])
  const { body } = await ws.call<{ items: object[] }>('GET', '/api/imports')
  expect(body.items).toHaveLength(first.files)
})

test('a crash in the middle of the import goes on with it', async () => {
  const ws = await app.workspace()
  const source = await folderSource(ws)
  writeFileSync(join(inbox(source), 'a.csv'), file)
  const first = await runNow(ws, source.id)
  renameSync(join(inbox(source), 'done', 'a.csv'), join(inbox(source), 'a.csv'))
  // As if nothing but the note of it had been written; the upload is kept while an import waits.
  const upload = 'upl_again'
  await app.database.system(async (tx) => {
    await tx.run(sql`
      insert into imports.upload (id, workspace_id, name, bytes, layout, columns, created_by, created_at)
      select ${upload}, workspace_id, name, 1, layout, '["id","city"]', created_by, created_at from imports.import
      where id = ${first.imports[0]}`)
    await tx.run(sql`
      insert into imports.upload_part (workspace_id, upload_id, part, content)
      select workspace_id, ${upload}, 0, ${(await import('node:zlib')).zstdCompressSync(Buffer.from(file))}
      from imports.import where id = ${first.imports[0]}`)
    await tx.run(sql`
      update imports.import set state = 'running', upload_id = ${upload}, finished_at = null where id = ${first.imports[0]}`)
    await tx.run(sql`update imports.source_item set is_open = true where source_id = ${source.id}`)
  })
  expect(await runNow(ws, source.id)).toMatchObject({ state: 'done', files: 0 })
  expect(names(inbox(source))).toEqual(['done', 'failed'])
  const { body } = await ws.call<{ state: string; created: number; rows: number }>(
    ...(['GET', `/api/imports/${first.imports[0]}`] as const),
  )
  expect(body).toMatchObject({ state: 'done', created: 2, rows: 2 })
})

test('a moment that passed while nobody looked is one run; paused there is none, by hand there is', async () => {
  const ws = await app.workspace()
  const source = await folderSource(ws, { schedule: { every: 'minutes', minutes: 30 } })
  await ws.call('PATCH', `/api/imports/sources/${source.id}`, { paused: true })
  app.clock.advance(24 * 3_600_000)
  expect(await runNow(ws, source.id)).toMatchObject({ trigger: 'by_hand', state: 'done' })
  await ws.call('PATCH', `/api/imports/sources/${source.id}`, { paused: false })
  app.clock.advance(24 * 3_600_000)
  await expect.poll(async () => (await runsOf(ws, source.id)).length, { timeout: 10_000 }).toBe(2)
  const { body } = await ws.call<Source>('GET', `/api/imports/sources/${source.id}`)
  expect(Date.parse(body.nextAt as string)).toBeGreaterThan(app.clock.now())
  expect((await runsOf(ws, source.id)).map((run) => run.trigger)).toEqual(['schedule', 'by_hand'])
})

test('times are of the workspace, five fields are a schedule, and a storage cannot be watched', async () => {
  const ws = await app.workspace()
  const daily = await folderSource(ws, { schedule: { every: 'cron', cron: '30 3 * * *' } })
  expect(daily.nextAt?.slice(11, 16)).toBe('19:30') // Asia/Shanghai
  for (const cron of ['* * * * * *', 'every day', '0 0 31 2 *']) {
    const { body } = await ws.call('PATCH', `/api/imports/sources/${daily.id}`, {
      schedule: { every: 'cron', cron },
    })
    expect(body, cron).toMatchObject({ code: 'source.bad_schedule' })
  }
  const removed = await ws.call('DELETE', `/api/imports/mappings/${daily.mapping.id}`)
  expect(removed.body).toMatchObject({ code: 'import.mapping_in_use' })
  expect((await ws.call('DELETE', `/api/imports/sources/${daily.id}`)).status).toBe(204)
  expect((await ws.call('DELETE', `/api/imports/mappings/${daily.mapping.id}`)).status).toBe(204)
})

test('whoever is erased is in no file that was put away', async () => {
  const ws = await app.workspace()
  const source = await folderSource(ws)
  writeFileSync(join(inbox(source), 'a.csv'), file)
  await runNow(ws, source.id)
  const found = await ws.call<{ items: { id: string }[] }>('GET', '/api/profiles?identifier=user_id:u1')
  await ws.call('DELETE', `/api/profiles/${found.body.items[0]?.id}`)
  await expect.poll(() => names(inbox(source), 'done'), { timeout: 30_000 }).toEqual([])
})

test('a pattern fits what the same regular expression fits', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?'), maxLength: 8 })
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 8 })
  fc.assert(
    fc.property(letters, text, (glob, name) => {
      const pattern = glob.replace(/[.]/g, '\\.').replace(/\*/g, '.*').replace(/\?/g, '.')
      expect(fitsGlob(glob, name)).toBe(new RegExp(`^${pattern}$`).test(name))
    }),
  )
})
