import pg from 'pg'
import { questions } from '#bench/baselines.bench.ts'
import { type More, openDataSet } from '#bench/data-set.ts'
import { merged } from '#bench/merged-data.ts'
import type { Row, Scenario } from '#bench/scenario.ts'

type DataSet = Awaited<ReturnType<typeof openDataSet>>
const dayMs = 86_400_000

/** Answers that are kept: asked again as nothing changed, after today's events, and after one that came three days late. */
export const kept: Scenario = {
  name: 'kept',
  what: 'the same question counted anew, and asked again: unchanged, after 10,000 events of today, after one of three days ago; ms, median',
  run: async ({ quick }) => {
    const rows: Row[] = []
    for (const people of quick ? [10_000] : [100_000, 1_000_000]) {
      const data = await openDataSet(people, people * 20, takingEvents)
      rows.push({
        size: `${people.toLocaleString('en')} people, ${(people * 20).toLocaleString('en')} events`,
        figures: await measure(data, people, quick ? 3 : 5),
      })
      await data.stop()
    }
    return rows
  },
}

/** Events are sent into it, so it is a set of its own; its log goes on behind the one row that stands for all events. */
const takingEvents: More = { ...merged, name: 'kept' }

async function goOnBehind(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query(`select setval('collect.log_seq', (select max(seq) from collect.verdict))`)
  await client.query(
    `update collect.checkpoint set seq = greatest(seq, 1) where name in ('projected', 'reacted')`,
  )
  await client.end()
}

async function measure(data: DataSet, people: number, times: number): Promise<Record<string, number>> {
  await goOnBehind(data.running.engines.databaseUrl)
  const send = await sender(data)
  const bodies = Object.entries(questions).map(([name, { days, body }]) => ({
    name,
    body: { ...body, range: { last: days, unit: 'day' } },
  }))
  const took: Record<string, number[]> = {}
  const note = async (name: string, as: string, work: () => Promise<unknown>) => {
    const started = performance.now()
    await work()
    const all = took[`${name}: ${as}`] ?? []
    all.push(performance.now() - started)
    took[`${name}: ${as}`] = all
  }
  const ask = (body: object, query = '') =>
    data.post<{ cached: boolean }>(`/api/analytics/query${query}`, body)
  for (let round = 0; round < times; round++) {
    for (const { name, body } of bodies) {
      await note(name, 'anew', () => ask(body, '?refresh=true'))
      await note(name, 'unchanged', () => ask(body))
    }
    await send(
      Array.from({ length: round === 0 ? 10_000 : 1000 }, (_, at) => eventOf(at, people, Date.now() - at)),
    )
    for (const { name, body } of bodies) await note(name, 'events of today', () => ask(body))
    await send([eventOf(1, people, Date.now() - 3 * dayMs)])
    for (const { name, body } of bodies) await note(name, 'one late event', () => ask(body))
  }
  return Object.fromEntries(Object.entries(took).map(([name, all]) => [name, middle(all)]))
}

const middle = (all: readonly number[]) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] as number

let sent = 0
const eventOf = (at: number, people: number, time: number) => ({
  type: 'track',
  ...{ userId: `u${(at % people) + 1}`, event: `E${at % 20}`, messageId: `kept-${process.pid}-${sent++}` },
  timestamp: new Date(time).toISOString(),
  properties: { channel: 'paid', revenue: 1.5 },
})

/** Sends events through the tracking API, and waits until they are visible everywhere. */
async function sender(data: DataSet): Promise<(events: object[]) => Promise<void>> {
  const { key } = await data.post<{ key: string }>('/api/write-keys', { name: `bench ${Date.now()}` })
  const headers = {
    authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
    'content-type': 'application/json',
  }
  return async (events) => {
    for (let at = 0; at < events.length; at += 500) {
      const body = JSON.stringify({ batch: events.slice(at, at + 500) })
      const reply = await fetch(`${data.running.url}/v1/batch`, { method: 'POST', headers, body })
      if (!reply.ok) throw new Error(`${reply.status} ${await reply.text()}`)
    }
    for (;;) {
      const { accepted, projected } = await data.get<{ accepted: number; projected: number }>('/api/status')
      if (accepted === projected) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}
