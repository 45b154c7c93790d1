import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { cpuPerEvent, load, startProgram } from '#bench/program.ts'
import type { Row, Scenario } from '#bench/scenario.ts'

const order = {
  path: '/v1/batch',
  writeKey: '',
  connections: 32,
  items: 100,
  people: 50_000,
  rate: 0,
  firstSequence: 0,
}

/** Durable answers under a burst, against an echo of the same batches in the same run; then latency at half load. */
export const burst: Scenario = {
  name: 'collect-burst',
  what: '100-event batches, answered after the commit',
  run: async ({ quick }) => {
    const rows: Row[] = []
    for (const seconds of quick ? [3] : [6, 60]) {
      const echo = await measureEcho(Math.min(seconds, 10))
      const program = await startProgram({ HEADWATER_COLLECT_QUEUE_MB: '256' })
      const before = program.cpuByPart()
      const full = await load({ ...order, url: program.url, writeKey: program.writeKey, seconds })
      const rate = full.items / full.seconds
      const catchUp = await program.settled()
      const cpu = cpuPerEvent(before, program.cpuByPart(), full.items)
      const half = await load({
        ...order,
        url: program.url,
        writeKey: program.writeKey,
        seconds: Math.min(seconds, 10),
        rate: rate / 2,
        firstSequence: full.nextSequence,
      })
      await program.stop()
      rows.push({
        size: `${seconds} s`,
        figures: {
          'events/s': rate,
          'echo events/s': echo,
          'ratio to echo': rate / echo,
          'p99 at half load, ms': half.p99,
          refused: full.refused,
          'catch-up, s': catchUp,
          ...cpu,
        },
      })
    }
    return rows
  },
}

/** What can be taken in with identity, projection and 50 live segments on, without falling behind. */
export const sustained: Scenario = {
  name: 'collect-sustained',
  what: 'accepted to visible everywhere, identity and 50 live segments on',
  run: async ({ quick }) => {
    const rows: Row[] = []
    const echo = await measureEcho(quick ? 2 : 8)
    for (const people of quick ? [2000] : [5000, 50_000]) {
      const program = await startProgram({ HEADWATER_COLLECT_QUEUE_MB: '256' })
      await createSegments(program.post, 50)
      const before = program.cpuByPart()
      const started = performance.now()
      const sent = await load({
        ...order,
        url: program.url,
        writeKey: program.writeKey,
        people,
        seconds: quick ? 3 : 20,
      })
      await program.settled()
      const rate = sent.items / ((performance.now() - started) / 1000)
      const memory = program.memory()
      const cpu = cpuPerEvent(before, program.cpuByPart(), sent.items)
      const half = await load({
        ...order,
        url: program.url,
        writeKey: program.writeKey,
        people,
        seconds: quick ? 3 : 20,
        rate: rate / 2,
        firstSequence: sent.nextSequence,
      })
      await program.stop()
      rows.push({
        size: `${people.toLocaleString('en')} people`,
        figures: {
          'events/s': rate,
          'ratio to echo': rate / echo,
          'p99 at half load, ms': half.p99,
          'memory of the tree, MB': memory,
          ...cpu,
        },
      })
    }
    return rows
  },
}

export async function measureEcho(seconds: number): Promise<number> {
  const child = fork(fileURLToPath(new URL('echo.ts', import.meta.url)))
  const url = await new Promise<string>((resolve) => child.once('message', (text: string) => resolve(text)))
  const { items, seconds: took } = await load({ ...order, url, seconds })
  child.kill()
  return items / took
}

const events = ['Course Viewed', 'Lesson Started', 'Lesson Completed', 'Product Added', 'Order Completed']

/** Live segments of the usual kinds, spread over events and windows. */
export async function createSegments(
  post: (path: string, body: unknown) => Promise<unknown>,
  count: number,
): Promise<void> {
  for (let at = 0; at < count; at++) {
    const event = events[at % events.length] as string
    const within = at % 3 === 0 ? {} : { within: { last: 7 + (at % 30), unit: 'day' } }
    const rule =
      at % 2
        ? { event, count: { op: 'gte', value: 1 + (at % 5) }, ...within }
        : { event, where: [{ prop: 'channel', op: 'eq', value: 'douyin' }], ...within }
    await post('/api/segments', { name: `Bench ${at}`, rule })
  }
}
