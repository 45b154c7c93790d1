import { sql } from 'kysely'
import { expect } from 'vitest'
import type { Profile, TimelineItem } from '#modules/profiles/contract.ts'
import type { TestApp, TestWorkspace } from '#test/start-test-app.ts'

export type List<T = Profile> = { items: T[]; next: string | null }

export const at = (minute: number) => new Date(Date.UTC(2026, 2, 1) + minute * 60_000).toISOString()
let made = 0
export const said = (type: string, minute: number, rest: Record<string, unknown>) => ({
  type,
  messageId: `m${++made}`,
  timestamp: at(minute),
  ...rest,
})
export const identify = (minute: number, userId: string, traits: Record<string, unknown>, rest = {}) =>
  said('identify', minute, { userId, traits, ...rest })
export const track = (minute: number, event: string, who: Record<string, unknown>, properties = {}) =>
  said('track', minute, { event, properties, ...who })

export async function find(ws: TestWorkspace, identifier: string): Promise<Profile[]> {
  const reply = await ws.call<List>('GET', `/api/profiles?identifier=${encodeURIComponent(identifier)}`)
  expect(reply.status).toBe(200)
  return reply.body.items
}
export const one = async (ws: TestWorkspace, identifier: string): Promise<Profile> => {
  const found = await find(ws, identifier)
  expect(found).toHaveLength(1)
  return found[0] as Profile
}
export const timelineOf = async (ws: TestWorkspace, id: string, query = ''): Promise<TimelineItem[]> =>
  (await ws.call<List<TimelineItem>>('GET', `/api/profiles/${id}/timeline?${query}`)).body.items
export const namesOf = async (ws: TestWorkspace, id: string) =>
  (await timelineOf(ws, id)).map((item) => item.name)

/** Everything the API says about people, for "nothing has changed" comparisons. */
export async function everything(ws: TestWorkspace, identifiers: string[]) {
  const people = await Promise.all(identifiers.map((id) => find(ws, id)))
  return Promise.all(
    people.map((ones) =>
      Promise.all(ones.map(async (person) => ({ person, events: await timelineOf(ws, person.id) }))),
    ),
  )
}

/** The workspace's internal number. */
export async function numberOf(app: TestApp, ws: TestWorkspace): Promise<number> {
  const row = await app.database.system((tx) =>
    tx.row<{ num: number }>(sql`select num from platform.workspace where id = ${ws.id}`),
  )
  return row?.num as number
}
