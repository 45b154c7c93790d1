import { beforeAll, expect, test } from 'vitest'
import { allPermissions } from '#modules/access/permissions.ts'
import { joinMember } from '#modules/profiles/server/testing/join-member.ts'
import { methodOf } from '#platform/http/define-routes.ts'
import type { NamedRoute } from '#platform/http/openapi.ts'
import { startTestApp, type TestApp } from '#test/start-test-app.ts'
import { callRoute, nameOf, withKey } from './wall-matrix/call-route.ts'
import { samples } from './wall-matrix/samples.ts'
import { type Populated, populate } from './wall-matrix/things.ts'

let app: TestApp
let mine: Populated
let count = 0
/** Texts nobody may find in an answer who sees personal data masked. */
let personal: string[]
const masked = allPermissions.filter((one) => one !== 'people:unmask')

beforeAll(async () => {
  app = await startTestApp()
  mine = await populate(app, 'Gamma', 'owner1@example.com')
  const { ws, things } = mine
  const { body } = await ws.call<{ attributes: Record<string, string> }>(
    'GET',
    `/api/profiles/${things.profile}`,
  )
  const { phone, email } = body.attributes as { phone: string; email: string }
  personal = [phone, phone.slice(3), email.toLowerCase()]
  const said = { note: `call ${phone}`, mail: email, list: [{ number: Number(phone.slice(1)) }] }
  await ws.send(
    { type: 'track', userId: things.userId, event: things.eventName, properties: said },
    { type: 'track', event: `Rejected ${email}`, properties: said },
  )
  await ws.settled()
}, 120_000)

const leaks = (text: string) => personal.filter((value) => text.toLowerCase().includes(value))
// What takes things away comes last.
const inOrder = (routes: readonly NamedRoute[]) => routes.toSorted((a, b) => order(a) - order(b))
const order = ({ route, name }: NamedRoute) =>
  methodOf(route) === 'get' ? 0 : methodOf(route) === 'delete' || name === 'erase' ? 2 : 1
const sampleOf = (named: NamedRoute) => samples[nameOf(named)]!(mine.things, `masked${++count}`)

test('a key that may see everything does see it, so that the next tests can fail', async () => {
  const showing: string[] = []
  for (const named of app.namedRoutes.filter(({ route }) => methodOf(route) === 'get')) {
    const reply = await callRoute(app, named, sampleOf(named), withKey(mine.ws.apiKey))
    if (leaks(reply.text).length > 0) showing.push(nameOf(named))
  }
  expect(showing).toEqual(
    expect.arrayContaining([
      ...['profiles.list', 'profiles.get', 'profiles.identity', 'profiles.attributes', 'collect.live'],
      ...[
        'collect.catalogueEntry',
        'collect.properties',
        'segments.members',
        'exports.file',
        'privacy.export',
      ],
    ]),
  )
})

test('no route tells a member or a key without people:unmask a full phone or mail', async () => {
  const member = await joinMember(app, mine.ws, 'masked@members.example', {
    scope: 'all',
    permissions: masked,
  })
  const { body } = await mine.ws.call<{ secret: string }>('POST', '/api/api-keys', {
    name: 'masked',
    permissions: masked,
  })
  const wrong: unknown[] = []
  const answered: string[] = []
  for (const headers of [member.headers, withKey(body.secret)])
    for (const named of inOrder(app.namedRoutes.filter(({ name }) => name !== 'logOut'))) {
      const reply = await callRoute(app, named, sampleOf(named), headers)
      if (reply.status < 300) answered.push(nameOf(named))
      const found = leaks(reply.text + reply.headers)
      if (found.length > 0) wrong.push({ name: nameOf(named), status: reply.status, found })
    }
  expect(wrong).toEqual([])
  expect(new Set(answered).size).toBeGreaterThan(60)
}, 120_000)
