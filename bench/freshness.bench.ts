import { createSegments } from '#bench/collect.bench.ts'
import { load, startProgram, waitFor } from '#bench/program.ts'
import type { Row, Scenario } from '#bench/scenario.ts'

/** How long after its answer an event is in the timeline and moved its person into a segment, under load. */
export const freshness: Scenario = {
  name: 'freshness',
  what: 'event → timeline and segment, 50 live segments, under load',
  run: async ({ quick }) => {
    const rows: Row[] = []
    for (const rate of quick ? [500] : [1000, 8000]) {
      const program = await startProgram()
      await createSegments(program.post, 49)
      const segment = await program.post<{ id: string }>('/api/segments', {
        name: 'probe',
        rule: { event: 'Probe' },
      })
      const background = load({
        url: program.url,
        path: '/v1/batch',
        writeKey: program.writeKey,
        connections: 8,
        items: 100,
        people: 20_000,
        rate,
        firstSequence: 0,
        seconds: quick ? 8 : 40,
      })
      const [timeline, member]: [number[], number[]] = [[], []]
      for (let probe = 0; probe < (quick ? 5 : 30); probe++) {
        const user = `probe-${probe}`
        await sendProbe(program.url, program.writeKey, user)
        const sent = performance.now()
        const id = await profileOf(program.get, user)
        await waitFor(
          async () =>
            (await program.get<{ items: unknown[] }>(`/api/profiles/${id}/timeline`)).items.length > 0,
        )
        timeline.push(performance.now() - sent)
        await waitFor(async () =>
          (await program.get<{ items: { id: string }[] }>(`/api/profiles/${id}/segments`)).items.some(
            (one) => one.id === segment.id,
          ),
        )
        member.push(performance.now() - sent)
        await new Promise((resolve) => setTimeout(resolve, 300))
      }
      await background
      await program.stop()
      rows.push({
        size: `${rate} events/s`,
        figures: {
          'timeline p50, ms': share(timeline, 0.5),
          'timeline p95, ms': share(timeline, 0.95),
          'segment p50, ms': share(member, 0.5),
          'segment p95, ms': share(member, 0.95),
        },
      })
    }
    return rows
  },
}

async function sendProbe(url: string, writeKey: string, userId: string): Promise<void> {
  const reply = await fetch(`${url}/v1/track`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}` },
    body: JSON.stringify({ userId, event: 'Probe', messageId: userId, timestamp: new Date().toISOString() }),
  })
  if (!reply.ok) throw new Error(`probe: ${reply.status}`)
}

async function profileOf(get: <T>(path: string) => Promise<T>, user: string): Promise<string> {
  let id: string | undefined
  await waitFor(async () => {
    const { items } = await get<{ items: { id: string }[] }>(`/api/profiles?identifier=user_id:${user}`)
    id = items[0]?.id
    return id !== undefined
  })
  return id as string
}

export function share(values: number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}
