import { DateTime } from 'luxon'
import { beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '#test/start-test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})

type Days = { items: { day: string; count: number }[] }
const dayMs = 86_400_000

test('people are counted on the day of the workspace on which they were first seen', async () => {
  const ws = await app.workspace()
  const { body: workspace } = await ws.call<{ timezone: string }>('GET', '/api/workspace')
  // Far enough from both ends that midnight may pass meanwhile.
  const ages = [3, 3, 3.5, 5.25, 10, 40]
  await ws.send(
    ...ages.map((age, n) => ({
      type: 'identify',
      userId: `u${n}`,
      messageId: `i${n}`,
      timestamp: new Date(Date.now() - age * dayMs).toISOString(),
      traits: { name: `N${n}` },
    })),
  )
  await ws.settled()
  const { body: people } = await ws.call<{ items: { firstSeen: string }[] }>('GET', '/api/profiles')
  const expected: Record<string, number> = {}
  for (const { firstSeen } of people.items) {
    const day = DateTime.fromISO(firstSeen, { zone: workspace.timezone })
    if (Date.now() - day.toMillis() > 35 * dayMs) continue
    const key = day.toFormat('yyyy-MM-dd')
    expected[key] = (expected[key] ?? 0) + 1
  }
  const { body } = await ws.call<Days>('GET', '/api/profiles/new-per-day?days=30')
  expect(body.items).toHaveLength(30)
  const found = body.items.filter((item) => item.count > 0)
  expect(Object.fromEntries(found.map((item) => [item.day, item.count]))).toEqual(expected)
  expect(Object.values(expected).reduce((sum, count) => sum + count, 0)).toBe(5)
})
