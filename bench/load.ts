import { Pool } from 'undici'
import { createTemplate } from '#bench/batch-template.ts'

export type LoadOrder = {
  url: string
  path: string
  writeKey: string
  connections: number
  seconds: number
  items: number
  people: number
  /** Items per second to keep; 0: as fast as answers come. */
  rate: number
  firstSequence: number
}
export type LoadResult = {
  items: number
  seconds: number
  refused: number
  p50: number
  p99: number
  max: number
  nextSequence: number
}

/** Runs in a process of its own, so that making load is not measured as serving it (they still share two cores). */
export async function makeLoad(order: LoadOrder): Promise<LoadResult> {
  const pool = new Pool(order.url, { connections: order.connections, pipelining: 1 })
  const headers = {
    authorization: `Basic ${Buffer.from(`${order.writeKey}:`).toString('base64')}`,
    'content-type': 'application/json',
  }
  const latencies: number[] = []
  const started = performance.now()
  const until = started + order.seconds * 1000
  let sequence = order.firstSequence
  let [sent, refused, due] = [0, 0, 0]
  const line = async () => {
    const template = createTemplate(order.items, order.people, Date.now())
    while (performance.now() < until) {
      let intended = performance.now()
      if (order.rate > 0) {
        intended = started + (due++ * order.items * 1000) / order.rate
        const wait = intended - performance.now()
        if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
      }
      template.stamp(sequence++)
      const reply = await pool.request({ path: order.path, method: 'POST', headers, body: template.bytes })
      await reply.body.dump()
      if (reply.statusCode === 200) sent += order.items
      else refused += order.items
      // From the intended moment: a stalled server must not hide the requests that should have been sent.
      latencies.push(performance.now() - intended)
    }
  }
  await Promise.all(Array.from({ length: order.connections }, line))
  const seconds = (performance.now() - started) / 1000
  await pool.close()
  latencies.sort((a, b) => a - b)
  const at = (share: number) =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0
  return { items: sent, seconds, refused, p50: at(0.5), p99: at(0.99), max: at(1), nextSequence: sequence }
}

if (process.send && process.argv[2] === 'load') {
  process.on('message', (order: LoadOrder) => {
    makeLoad(order).then((result) => process.send?.(result))
  })
}
