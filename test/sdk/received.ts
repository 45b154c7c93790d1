import type { LiveEvent } from '#modules/collect/contract.ts'
import type { TestApp, TestWorkspace } from '#test/start-test-app.ts'

/** Opens the test program's port on loopback, as the official packages need a real address. */
export const listen = (app: TestApp): Promise<string> => app.server.listen({ port: 0, host: '127.0.0.1' })

/** Everything the workspace has received, oldest first, once it is projected. */
export async function received(ws: TestWorkspace): Promise<LiveEvent[]> {
  await ws.settled()
  const items: LiveEvent[] = []
  for (let before = ''; ; ) {
    const query = before === '' ? '' : `&before=${before}`
    const page = await ws.call<{ items: LiveEvent[]; next: string | null }>(
      'GET',
      `/api/events/live?limit=500${query}`,
    )
    if (page.status !== 200)
      throw new Error(`live events answered ${page.status}: ${JSON.stringify(page.body)}`)
    items.push(...page.body.items)
    if (page.body.next === null) return items.reverse()
    before = page.body.next
  }
}

export type Outcomes = { stored: number; duplicate: number; conflict: number; rejected: number }

export async function outcomes(ws: TestWorkspace): Promise<Outcomes> {
  await ws.settled()
  return (await ws.call<{ outcomes: Outcomes }>('GET', '/api/status')).body.outcomes
}

export type StoredEvent = {
  event: string
  type: string
  time: string
  user_id: string
  anonymous_id: string
  message_id: string
  properties: string
  context: string
}

/** Rows of ClickHouse's `events`, in the order received: what questions are answered from. */
export async function storedEvents(app: TestApp, ws: TestWorkspace): Promise<StoredEvent[]> {
  await ws.settled()
  return app.ch.query<StoredEvent>(
    `SELECT event, type, time, user_id, anonymous_id, message_id, properties, context FROM events
     WHERE ws = {ws:UInt32} ORDER BY seq, idx`,
    { ws: await workspaceNumber(app, ws) },
  )
}

export async function workspaceNumber(app: TestApp, ws: TestWorkspace): Promise<number> {
  const target = await app.access.resolveWriteKey(ws.writeKey)
  if (!target) throw new Error('the write key of the test workspace is unknown')
  return target.workspace
}

export const basic = (writeKey: string): string => `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`
