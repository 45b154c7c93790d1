import { expect } from 'vitest'
import type { SavedMapping } from '#modules/imports/contract.ts'
import type { Source, SourceRun } from '#modules/imports/source-contract.ts'
import type { TestWorkspace } from '#test/start-test-app.ts'

/** People by `id`, with `city`, in whatever a source brings. */
export const peopleSpec = {
  kind: 'people',
  key: { column: 'id', kind: 'user_id' },
  columns: { city: { attribute: 'city' } },
}

export async function saveMapping(ws: TestWorkspace, spec: object = peopleSpec, columns = ['id', 'city']) {
  const body = { name: `Mapping ${Math.random()}`, columns, spec }
  const saved = await ws.call<SavedMapping>('POST', '/api/imports/mappings', body)
  expect(saved.status).toBe(201)
  return saved.body.id
}

export async function createSource(ws: TestWorkspace, source: object): Promise<Source> {
  const made = await ws.call<Source>('POST', '/api/imports/sources', {
    name: 'Leads',
    schedule: { every: 'cron', cron: '0 3 1 1 *' },
    ...source,
  })
  expect(made).toMatchObject({ status: 201 })
  return made.body
}

export const runsOf = async (ws: TestWorkspace, id: string): Promise<SourceRun[]> =>
  (await ws.call<{ items: SourceRun[] }>('GET', `/api/imports/sources/${id}/runs`)).body.items

/** Runs it and waits for the end. */
export async function runNow(ws: TestWorkspace, id: string): Promise<SourceRun> {
  const start = () => ws.call<{ run: string }>('POST', `/api/imports/sources/${id}/run`)
  let started = await start()
  // A run says its end a moment before its job has ended.
  for (const until = Date.now() + 20_000; started.status === 409 && Date.now() < until; ) {
    await new Promise((resolve) => setTimeout(resolve, 30))
    started = await start()
  }
  expect(started).toMatchObject({ status: 202 })
  return runEnded(ws, id, started.body.run)
}

export async function runEnded(ws: TestWorkspace, id: string, run: string): Promise<SourceRun> {
  const until = Date.now() + 60_000
  for (;;) {
    const found = (await runsOf(ws, id)).find((one) => one.id === run)
    if (found && found.state !== 'running') return found
    if (Date.now() > until) throw new Error(`run did not end: ${JSON.stringify(found)}`)
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}

export const countOf = async (ws: TestWorkspace, rule: object) =>
  (await ws.call<{ count: number }>('POST', '/api/profiles/count', { rule })).body.count
