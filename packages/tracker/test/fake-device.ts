import type { Answer, Device } from '../src/device.ts'
import { memoryStore, type Store } from '../src/store.ts'

export type Sent = {
  type: string
  messageId: string
  context: Record<string, unknown>
  [field: string]: unknown
}
export type FakeServer = {
  /** What becomes of the next requests; 200 when the list is empty. */
  answers: Answer[]
  requests: { url: string; size: number; items: Sent[]; beacon: boolean }[]
  /** Everything answered with 2xx. */
  taken(): Sent[]
}

export function fakeServer(...answers: Answer[]): FakeServer & { hear(body: string): Answer } {
  const requests: FakeServer['requests'] = []
  const taken: Sent[] = []
  const server = {
    answers,
    requests,
    taken: () => taken,
    hear: (body: string, beacon = false) => {
      const { batch } = JSON.parse(body) as { batch: Sent[] }
      requests.push({ url: '', size: new TextEncoder().encode(body).length, items: batch, beacon })
      const answer = server.answers.shift() ?? { status: 200 }
      if (answer.status >= 200 && answer.status < 300) taken.push(...batch)
      return answer
    },
  }
  return server
}

/** A device without a browser. Two of them with the same stores are two tabs. */
export function fakeDevice(
  server: ReturnType<typeof fakeServer>,
  shared: { ids?: Store; queue?: Store; locked?: { by?: object } } = {},
): Device & { online: boolean; beacons: string[] } {
  const { ids = memoryStore(), queue = memoryStore(), locked = {} } = shared
  let made = 0
  const me = {}
  const tab = Math.random().toString(36).slice(2, 8)
  const device = {
    online: true,
    beacons: [] as string[],
    ids,
    queue,
    post: async (_url: string, body: string) => {
      await new Promise((resolve) => setTimeout(resolve, 20))
      return server.hear(body)
    },
    beacon: (_url: string, body: string) => {
      if (body.length > 64_000) return false
      device.beacons.push(body)
      return true
    },
    exclusive: async (work: () => Promise<void>) => {
      if (locked.by) return false
      locked.by = me
      await work()
      delete locked.by
      return true
    },
    isOnline: () => device.online,
    context: () => ({ page: { path: '/p' } }),
    random: () => `${tab}${made++}`,
  }
  return device
}
