import { beforeAll, expect, test } from 'vitest'
import type { Company } from '#modules/companies/contract.ts'
import type { Import } from '#modules/imports/contract.ts'
import { importFile } from '#modules/imports/server/testing/import-file.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})

const spec = {
  kind: 'companies',
  key: { column: 'Id', kind: 'external_id' },
  columns: { Name: { attribute: 'name' }, Site: { attribute: 'domain' }, Staff: { attribute: 'employees' } },
}
const companies = async (ws: TestWorkspace) =>
  (await ws.call<{ items: Company[] }>('GET', '/api/companies?sort=name')).body.items
const told = async (ws: TestWorkspace) =>
  (await companies(ws)).map(({ externalId, name, domain, attributes }) => [
    externalId,
    name,
    domain,
    attributes.employees,
  ])

async function undo(ws: TestWorkspace, id: string): Promise<Import> {
  await ws.call('POST', `/api/imports/${id}/undo`)
  for (let tries = 0; tries < 400; tries++) {
    const { body } = await ws.call<Import>('GET', `/api/imports/${id}`)
    if (body.state === 'undone') return body
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('never undone')
}

test('a file of companies creates, updates, skips and fails; all of it adds up and can be taken back', async () => {
  const ws = await app.workspace()
  await ws.send({ type: 'group', userId: 'u1', groupId: 'a', traits: { name: 'Alpha', employees: 5 } })
  await ws.settled()
  app.clock.advance(60_000)
  const before = await told(ws)
  const file = [
    'Id,Name,Site,Staff',
    'a,Alpha AG,https://www.alpha.io/,50',
    'b,Beta,beta.io,7',
    'b,Beta,beta.io,7',
    ',Nobody,,1',
    'a,Alpha AG,https://www.alpha.io/,50',
    'c,Gamma,,9',
  ].join('\n')
  const dry = await importFile(ws, file, { ...spec, dry_run: true })
  const done = await importFile(ws, file, spec)
  const counts = { created: 2, updated: 1, skipped: 2, failed: 1, rows: 6 }
  expect(dry).toMatchObject(counts)
  expect(done).toMatchObject(counts)
  expect(await told(ws)).toEqual([
    ['a', 'Alpha AG', 'alpha.io', 50],
    ['b', 'Beta', 'beta.io', 7],
    ['c', 'Gamma', null, 9],
  ])
  const gamma = (await companies(ws)).find((one) => one.externalId === 'c')
  await ws.call('PATCH', `/api/companies/${gamma?.id}`, { attributes: { note: 'ours' } })
  const undone = await undo(ws, done.id)
  expect(undone.removed).toBe(1)
  const [nameless, ...rest] = await told(ws)
  // What was added by hand keeps the company; what the file said of it is gone.
  expect(nameless).toEqual(['c', null, null, undefined])
  expect(rest).toEqual(before)
  await ws.send({ type: 'group', userId: 'u2', groupId: 'b', traits: { name: 'Beta again' } })
  await ws.settled()
  expect((await told(ws)).map(([id, name]) => [id, name])).toContainEqual(['b', 'Beta again'])
})

test('rows find companies by domain or name, in every mode; a name of several is refused', async () => {
  const ws = await app.workspace()
  for (const name of ['Twin', 'Twin', 'Solo'])
    await ws.call('POST', '/api/companies', { name, ...(name === 'Solo' ? { domain: 'solo.io' } : {}) })
  app.clock.advance(60_000)
  const named = { kind: 'companies', key: { column: 'Name', kind: 'name' }, columns: { Plan: 'attribute' } }
  const file = 'Name,Plan\nTwin,pro\nSolo,pro\nNew,pro\n'
  const onlyNew = await importFile(ws, file, { ...named, mode: 'create' })
  expect(onlyNew).toMatchObject({ created: 1, updated: 0, skipped: 1, failed: 1 })
  expect(onlyNew.reasons.map((one) => one.code).toSorted()).toEqual(['company_ambiguous', 'company_known'])
  const onlyKnown = await importFile(ws, file, { ...named, mode: 'update' })
  expect(onlyKnown).toMatchObject({ created: 0, updated: 1, skipped: 1, failed: 1 })
  const byDomain = {
    kind: 'companies',
    key: { column: 'Mail', kind: 'domain' },
    columns: { Plan: 'attribute' },
  }
  const domains = await importFile(ws, 'Mail,Plan\nhttp://solo.io/x,max\nnone,x\nother.io,max\n', byDomain)
  expect(domains).toMatchObject({ created: 1, updated: 1, failed: 1 })
  const solo = (await companies(ws)).find((one) => one.name === 'Solo')
  expect(solo?.attributes.Plan).toBe('max')
})
