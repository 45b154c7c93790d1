import { beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { allPermissions } from '#modules/access/permissions.ts'
import { type Joined, joinMember } from '#modules/profiles/server/testing/join-member.ts'
import type { NamedRoute } from '#platform/http/openapi.ts'
import { startTestApp, type TestApp } from '#test/start-test-app.ts'
import { callRoute, nameOf } from './wall-matrix/call-route.ts'
import { answeredByRefusal, asking, askingByJob, askingInBulk, silent } from './wall-matrix/guesses.ts'
import { type Populated, populate } from './wall-matrix/things.ts'

// Whoever sees phones and mails masked could try them by the thousand wherever a value can be asked for. Every route that
// takes something from its caller stands in one of two lists: it asks (and is refused when too much was asked), or it does not.

let app: TestApp
let mine: Populated
let blind: Joined
let joined = 0
const hourMs = 3_600_000
const masked = allPermissions.filter((one) => one !== 'people:unmask')
const join = () =>
  joinMember(app, mine.ws, `guesser${++joined}@members.example`, { scope: 'all', permissions: masked })

beforeAll(async () => {
  app = await startTestApp()
  mine = await populate(app, 'Delta', 'owner1@example.com')
}, 120_000)

beforeEach(async () => {
  app.clock.set((Math.floor(app.clock.now() / hourMs) + 1) * hourMs + 60_000)
  blind = await join()
})

/** What every list takes besides what it is asked. */
const common = ['limit', 'cursor', 'sort']
function takesSomething({ route }: NamedRoute): boolean {
  if ('upload' in route && route.upload) return true
  if ('body' in route && route.body) return true
  const query = 'query' in route && route.query instanceof z.ZodObject ? route.query.shape : {}
  return Object.keys(query).some((name) => !common.includes(name))
}

const number = (at: number) =>
  `157${String(at).padStart(4, '0')}${String((at * 7) % 10_000).padStart(4, '0')}`

test('every route that takes something is known to ask for values, or not to', () => {
  const taking = app.namedRoutes.filter(takesSomething).map(nameOf)
  const known = [...Object.keys(asking), ...Object.keys(askingInBulk), ...askingByJob, ...silent]
  expect(taking.filter((name) => !known.includes(name))).toEqual([])
  expect(known.filter((name) => !taking.includes(name))).toEqual([])
  expect(new Set(known).size).toBe(known.length)
})

test('who asked for too many values is refused at every route that asks, and nothing is told', async () => {
  for (let at = 0; at < 200; at++) {
    const url = `/api/profiles?identifier=phone:${number(at)}`
    expect((await blind.call('GET', url)).status).toBe(200)
  }
  const fresh = await join()
  const wrong: unknown[] = []
  for (const named of app.namedRoutes) {
    const name = nameOf(named)
    const sample = asking[name] ?? askingInBulk[name]
    if (!sample) continue
    const asked = sample(mine.things, number(1000))
    const refused = await callRoute(app, named, asked, blind.headers)
    if (
      refused.status !== 429 ||
      refused.code !== 'profile.asked_too_often' ||
      !refused.headers.includes('retry-after')
    )
      wrong.push({ name: name, status: refused.status, text: refused.text.slice(0, 200) })
    if (askingInBulk[name]) continue
    // The same of somebody who asked for nothing yet is no fault of the request.
    const allowed = await callRoute(app, named, asked, fresh.headers)
    const isAnswer = allowed.code !== undefined && allowed.code === answeredByRefusal[name]
    if (allowed.status === 429 || (allowed.status === 422 && !isAnswer) || allowed.status >= 500)
      wrong.push({ name: name, status: allowed.status, text: allowed.text.slice(0, 200) })
  }
  expect(wrong).toEqual([])
}, 120_000)
