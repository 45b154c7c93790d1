import { sql } from 'kysely'
import type { TestApp, TestWorkspace } from '#test/start-test-app.ts'

export async function untilTagged(ws: TestWorkspace, id: string): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    const { body } = await ws.call<{ state: string }>('GET', `/api/tags/batches/${id}`)
    if (body.state === 'done') return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('the tags were never given')
}

/** No segment of it is still being built: what a list says of it does not change by itself any more. */
export async function untilBuilt(ws: TestWorkspace): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    const { body } = await ws.call<{ items: { state: string }[] }>('GET', '/api/segments?limit=200')
    if (body.items.every((one) => one.state !== 'building')) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('a segment was never built')
}

/** Addresses of a file are put on the list in the background. */
export async function untilListed(app: TestApp, workspace: number): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    const waiting = await app.database.system((tx) =>
      tx.row(sql`select 1 from platform.job where workspace_id = ${workspace} and kind = 'consents:import_suppressions'
        and state in ('waiting', 'running')`),
    )
    if (waiting === undefined) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('a file of addresses was never taken in')
}

export async function untilCounted(ws: TestWorkspace, id: string): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    const { body } = await ws.call<{ size: number | null }>('GET', `/api/segments/${id}`)
    if (body.size === 1) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('the segment was never counted')
}
