import { beforeAll, expect, test } from 'vitest'
import type { Annotation } from '#modules/analytics/contract/annotations.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
let ws: TestWorkspace
beforeAll(async () => {
  app = await startTestApp()
  ws = await app.workspace()
}, 60_000)

const path = '/api/analytics/annotations'
const note = (day: string, text: string) =>
  ws.call<Annotation & { code: string }>('POST', path, { day, text })
const list = async (query = '') =>
  (await ws.call<{ items: Annotation[]; next: string | null }>('GET', path + query)).body

test('days are noted, found by day, said anew and taken away; nobody overwrites what they have not seen', async () => {
  const { status, body: sale } = await note('2026-11-11', '双11 begins')
  expect([status, sale.day, sale.text, sale.version]).toEqual([201, '2026-11-11', '双11 begins', 1])
  await note('2026-10-01', 'Prices up')
  await note('2026-12-01', 'Later')
  expect((await list('?from=2026-10-01&to=2026-11-30')).items.map(({ text }) => text)).toEqual([
    'Prices up',
    '双11 begins',
  ])
  const change = await ws.call<Annotation>('PATCH', `${path}/${sale.id}`, { version: 1, day: '2026-11-10' })
  expect([change.body.day, change.body.text, change.body.version]).toEqual(['2026-11-10', '双11 begins', 2])
  const late = await ws.call<{ code: string }>('PATCH', `${path}/${sale.id}`, { version: 1, text: 'Lost' })
  expect([late.status, late.body.code]).toEqual([409, 'annotation.changed'])
  const gone = await ws.call<Annotation>('DELETE', `${path}/${sale.id}`)
  expect(gone.body.text).toBe('双11 begins')
  expect((await ws.call('DELETE', `${path}/${sale.id}`)).status).toBe(404)
})

test('they come in pages by day; what is not a day or says nothing is refused', async () => {
  for (const day of ['2025-01-03', '2025-01-01', '2025-01-02']) await note(day, day)
  const first = await list('?from=2025-01-01&to=2025-01-31&limit=2')
  const second = await list(`?from=2025-01-01&to=2025-01-31&limit=2&cursor=${first.next}`)
  expect([...first.items, ...second.items].map(({ day }) => day)).toEqual([
    '2025-01-01',
    '2025-01-02',
    '2025-01-03',
  ])
  expect(second.next).toBeNull()
  expect((await note('2026-02-30', 'x')).status).toBe(422)
  expect((await note('2026-02-03', '  ')).status).toBe(422)
})
