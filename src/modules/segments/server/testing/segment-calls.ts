import { expect } from 'vitest'
import type { Segment } from '#modules/segments/contract.ts'
import type { TestWorkspace } from '#test/start-test-app.ts'

/** Short ways to speak to the segments of one workspace. */
export function segmentCalls(ws: TestWorkspace) {
  const get = async (id: string): Promise<Segment> =>
    (await ws.call<Segment>('GET', `/api/segments/${id}`)).body

  return {
    get,
    /** Creates a segment; it may still be counted. */
    create: async (body: Record<string, unknown>): Promise<Segment> => {
      const reply = await ws.call<Segment>('POST', '/api/segments', body)
      expect(reply.status, JSON.stringify(reply.body)).toBe(201)
      return reply.body
    },
    /** The segment once its count is over. */
    counted: async (id: string): Promise<Segment> => {
      for (let tries = 0; tries < 400; tries++) {
        const segment = await get(id)
        if (segment.state !== 'building') return segment
        await new Promise((resolve) => setTimeout(resolve, 25))
      }
      throw new Error('the segment was never counted')
    },
    /** User ids of the stored members, sorted. */
    members: async (id: string): Promise<string[]> => {
      const { body } = await ws.call<{ items: { identifiers: { kind: string; value: string }[] }[] }>(
        'GET',
        `/api/segments/${id}/members?limit=1000`,
      )
      return body.items
        .map((one) => one.identifiers.find((each) => each.kind === 'user_id')?.value ?? '?')
        .sort()
    },
    /** People a rule holds for, exactly. */
    count: async (rule: unknown): Promise<number> =>
      (await ws.call<{ count: number }>('POST', '/api/segments/preview', { rule })).body.count,
    /** Public id of the person with this user id. */
    person: async (user: string): Promise<string> => {
      const { body } = await ws.call<{ items: { id: string }[] }>(
        'GET',
        `/api/profiles?identifier=user_id:${user}`,
      )
      return body.items[0]?.id ?? 'nobody'
    },
  }
}

export const identify = (userId: string, traits: Record<string, unknown> = {}) => ({
  type: 'identify',
  userId,
  messageId: crypto.randomUUID(),
  traits,
})
