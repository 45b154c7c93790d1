import { type Program, startProgram, waitFor } from '#bench/program.ts'
import type { Row, Scenario } from '#bench/scenario.ts'

const dayMs = 86_400_000
const people = 20_000
const perRequest = 500
const recent = 200_000

/** Old events beside recent ones of the same people; some of these are erased, then the old events are cleaned away. */
export const cleaning: Scenario = {
  name: 'cleaning',
  what: 'erasure of many people asked for at once over the whole log; first cleaning of old events by retention',
  run: async ({ quick }) => {
    const rows: Row[] = []
    for (const old of quick ? [20_000] : [100_000, 1_000_000]) {
      const program = await startProgram()
      try {
        await fill(program, old, 500, 180)
        await fill(program, quick ? 20_000 : recent, 1, 20)
        await program.settled()
        const erased = quick ? 20 : 500
        const erasures = await erase(program, erased)
        const cleaned = await clean(program)
        rows.push({
          size: `${old.toLocaleString('en')} old events`,
          figures: {
            [`${erased} people erased, s`]: erasures,
            'old events cleaned away, s': cleaned.seconds,
            'longest wait of a new event meanwhile, s': cleaned.longestWait,
            'events a second': Math.round(old / cleaned.seconds),
          },
        })
      } finally {
        await program.stop()
      }
    }
    return rows
  },
}

/** `events` in the order of time: from so many days ago over so many days. */
async function fill(program: Program, events: number, daysAgo: number, days: number): Promise<void> {
  const from = Date.now() - daysAgo * dayMs
  for (let at = 0; at < events; at += perRequest) {
    const batch = Array.from({ length: Math.min(perRequest, events - at) }, (_, n) => {
      const nth = at + n
      const timestamp = new Date(from + ((days * dayMs * nth) / events) * (daysAgo > days ? 1 : 1 / days))
      return {
        ...(nth % 10 === 0
          ? {
              type: 'identify',
              traits: { city: `c${nth % 40}`, email: `u${(nth * 7919) % people}@example.com` },
            }
          : { type: 'track', event: `Event ${nth % 20}`, properties: { page: `/p${nth % 100}`, n: nth } }),
        userId: `u${(nth * 7919) % people}`,
        messageId: `${daysAgo}-${nth}`,
        timestamp,
      }
    })
    await send(program, batch)
  }
}

async function send(program: Program, batch: object[]): Promise<void> {
  for (;;) {
    const reply = await fetch(`${program.url}/v1/batch`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${Buffer.from(`${program.writeKey}:`).toString('base64')}`,
      },
      body: JSON.stringify({ batch }),
    })
    if (reply.ok) return
    if (reply.status !== 503 && reply.status !== 429) throw new Error(`${reply.status} ${await reply.text()}`)
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

async function erase(program: Program, count: number): Promise<number> {
  const from = performance.now()
  const authorization = `Bearer ${program.apiKey}`
  for (let n = 0; n < count; n++) {
    const { items } = await program.get<{ items: { id: string }[] }>(`/api/profiles?identifier=user_id:u${n}`)
    const reply = await fetch(`${program.url}/api/profiles/${items[0]?.id}`, {
      method: 'DELETE',
      headers: { authorization },
    })
    if (reply.status !== 202) throw new Error(`erasure: ${reply.status} ${await reply.text()}`)
  }
  await waitFor(async () => {
    const { items } = await program.get<{ items: { state: string }[] }>(
      `/api/erasures?limit=${Math.min(count, 500)}`,
    )
    if (items.some((one) => one.state === 'failed')) throw new Error('an erasure failed')
    return items.every((one) => one.state === 'done')
  }, 3_600_000)
  return (performance.now() - from) / 1000
}

async function clean(program: Program): Promise<{ seconds: number; longestWait: number }> {
  const from = performance.now()
  const reply = await fetch(`${program.url}/api/retention`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${program.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ days: 300 }),
  })
  if (!reply.ok) throw new Error(`retention: ${reply.status} ${await reply.text()}`)
  let longestWait = 0
  for (let n = 0; ; n++) {
    const { lastAt } = await program.get<{ lastAt: string | null }>('/api/retention')
    if (lastAt !== null) break
    await send(program, [{ type: 'track', event: 'Meanwhile', userId: `m${n}`, messageId: `meanwhile-${n}` }])
    longestWait = Math.max(longestWait, await program.settled())
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  return { seconds: (performance.now() - from) / 1000, longestWait }
}
