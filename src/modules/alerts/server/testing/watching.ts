import { sql } from 'kysely'
import type { Alert, Evaluation } from '#modules/alerts/contract/alert.ts'
import type { TestApp, TestWorkspace } from '#test/start-test-app.ts'

type Call = Pick<TestWorkspace, 'call'>

export const ordersADay = {
  question: {
    kind: 'trend',
    series: [{ event: 'Order Completed' }],
    interval: 'day',
    range: { last: 7, unit: 'day' },
  },
  metric: { of: 'trend', series: 0 },
}

/** So many orders at a moment of the clock of Shanghai, `2026-11-20T12:00`. */
export async function order(ws: TestWorkspace, at: string, count = 1, more: object = {}): Promise<void> {
  const timestamp = new Date(`${at}:00+08:00`).toISOString()
  const one = (_: unknown, n: number) => ({
    ...{ type: 'track', event: 'Order Completed', userId: `u${n}`, timestamp },
    properties: { revenue: 10, ...more },
  })
  await ws.send(...Array.from({ length: count }, one))
}

export const at = (text: string): number => Date.parse(`${text}:00+08:00`)

/** Makes an alert that tells its maker; more of it as given. */
export async function watch(who: Call, body: object): Promise<Alert> {
  const { body: options } = await who.call<{ me: string }>('GET', '/api/alerts/options')
  const made = await who.call<Alert>('POST', '/api/alerts', {
    ...{ name: 'Orders a day', ...ordersADay, tell: { members: [options.me] } },
    ...body,
  })
  if (made.status !== 201) throw new Error(JSON.stringify(made.body))
  return made.body
}

/** Moves the clock on to a moment and waits until the alert has been looked at since. */
export async function lookedAt(app: TestApp, who: Call, id: string, moment: string): Promise<Alert> {
  app.clock.set(at(moment))
  return looked(who, id, at(moment))
}

export async function looked(who: Call, id: string, since = 0): Promise<Alert> {
  const until = Date.now() + 25_000
  for (;;) {
    const { body } = await who.call<Alert>('GET', `/api/alerts/${id}`)
    if (body.pausedFor === 'rights' || (body.lookedAt && Date.parse(body.lookedAt) >= since)) return body
    if (Date.now() > until) throw new Error(`not looked at: ${JSON.stringify(body)}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

export const historyOf = async (who: Call, id: string): Promise<Evaluation[]> =>
  (await who.call<{ items: Evaluation[] }>('GET', `/api/alerts/${id}/history?limit=500`)).body.items

/** The job once more, as if whoever ran it had been killed before it said so. */
export async function runAgain(app: TestApp, kind: string): Promise<void> {
  const ids = await app.database.system((tx) =>
    tx.rows<{ id: string }>(sql`
      update platform.job set state = 'waiting', run_at = pg_catalog.now(), finished_at = null
      where id = (select id from platform.job where kind = ${kind} and state = 'done' order by finished_at desc limit 1)
      returning id`),
  )
  if (ids.length === 0) throw new Error(`no job of kind ${kind} is done`)
  const until = Date.now() + 20_000
  for (;;) {
    const row = await app.database.system((tx) =>
      tx.row<{ state: string }>(sql`select state from platform.job where id = ${ids[0]?.id ?? ''}`),
    )
    if (row?.state === 'done') return
    if (Date.now() > until) throw new Error(`job ${kind} is ${row?.state}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
