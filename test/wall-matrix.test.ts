import { beforeAll, expect, test } from 'vitest'
import { allPermissions } from '#modules/access/permissions.ts'
import { methodOf } from '#platform/http/define-routes.ts'
import type { NamedRoute } from '#platform/http/openapi.ts'
import { startTestApp, type TestApp } from '#test/start-test-app.ts'
import { callRoute, nameOf, type Reply, withCookie, withKey } from './wall-matrix/call-route.ts'
import { type Sample, samples } from './wall-matrix/samples.ts'
import { missingThings, type Populated, populate, type Things } from './wall-matrix/things.ts'
import { untilBuilt, untilListed } from './wall-matrix/waits.ts'
import { digestOf } from './wall-matrix/workspace-rows.ts'

let app: TestApp
let mine: Populated
let foreign: Populated
let count = 0
const fresh = () => `fresh${++count}`
const sampleOf = (name: string, things: Things, text = fresh()) => {
  const sampler = samples[name]
  if (!sampler) throw new Error(`${name} has no sample in test/wall-matrix/samples.ts`)
  return sampler(things, text)
}

beforeAll(async () => {
  app = await startTestApp({ env: { HEADWATER_IMPORT_STILL_SECONDS: '0' } })
  foreign = await populate(app, 'Alpha', 'owner1@example.com')
  mine = await populate(app, 'Beta', 'owner2@example.com')
  // It looks at every workspace once a minute and notes that: rows that no request changed.
  await app.health.stop()
}, 120_000)

test('every declared route has a sample, and every sample a route', () => {
  expect(Object.keys(samples).sort()).toEqual(app.namedRoutes.map(nameOf).sort())
})

test('without credentials, or with unknown ones, every route that is not public answers 401', async () => {
  const nobody = [
    {},
    withKey('hw_unknown'),
    withCookie('headwater_session=unknown'),
    { authorization: 'Basic eDp5' },
  ]
  const wrong: unknown[] = []
  for (const named of app.namedRoutes.filter((one) => one.route.access !== 'public'))
    for (const headers of nobody) {
      const reply = await callRoute(app, named, sampleOf(nameOf(named), mine.things), headers)
      if (reply.status !== 401 || !reply.type.startsWith('application/problem+json'))
        wrong.push({ name: nameOf(named), headers, status: reply.status, code: reply.code })
    }
  expect(wrong).toEqual([])
})

test('a key with every permission but the one a route asks for is refused', async () => {
  const wrong: unknown[] = []
  const guarded = app.namedRoutes.filter(({ route }) => route.access.includes(':'))
  for (const [permission, routes] of Map.groupBy(guarded, ({ route }) => route.access)) {
    const permissions = allPermissions.filter((one) => one !== permission)
    const { body } = await mine.ws.call<{ secret: string }>('POST', '/api/api-keys', {
      name: fresh(),
      permissions,
    })
    for (const named of routes) {
      const reply = await callRoute(app, named, sampleOf(nameOf(named), mine.things), withKey(body.secret))
      if (reply.status !== 403 || reply.code !== 'access.denied')
        wrong.push({ name: nameOf(named), status: reply.status, code: reply.code })
    }
  }
  expect(guarded.length).toBeGreaterThan(40)
  expect(wrong).toEqual([])
})

test('no list shows anything of another workspace, not even continued from a cursor of its', async () => {
  const wrong: unknown[] = []
  let cursors = 0
  for (const named of app.namedRoutes.filter(({ route }) => route.get && route.access !== 'public')) {
    const name = nameOf(named)
    const own = sampleOf(name, mine.things)
    const first = await callRoute(app, named, sampleOf(name, foreign.things), withKey(foreign.ws.apiKey))
    const cursor = (first.body as { next?: string | null } | undefined)?.next
    if (cursor) cursors++
    const replies = [
      await callRoute(app, named, { ...own, query: withoutSearch(own) }, withKey(mine.ws.apiKey)),
      ...(cursor
        ? [await callRoute(app, named, { ...own, query: { ...own.query, cursor } }, withKey(mine.ws.apiKey))]
        : []),
    ]
    for (const reply of replies) {
      const shown = shownOf(reply, cursor ? { query: { cursor } } : {})
      if (shown.length > 0 || ![200, 403, 422].includes(reply.status))
        wrong.push({ name, shown, text: reply.text })
    }
  }
  expect(cursors).toBeGreaterThanOrEqual(5)
  expect(wrong).toEqual([])
})

const withoutSearch = ({ query }: Sample) => {
  const { search: _search, rule: _rule, name: _name, ...rest } = query ?? {}
  return rest
}

test("another workspace's ids answer as nobody's do, show nothing of it and change nothing in it", async () => {
  const before = await digestOf(app, foreign.num)
  const nobodys = missingThings(foreign.things)
  const wrong: unknown[] = []
  for (const named of app.namedRoutes) {
    const name = nameOf(named)
    for (const headers of callers(name)) {
      // What the caller's own workspace shows may only differ by what is asked for, not by what is still under way.
      await mine.ws.settled()
      if (name.startsWith('segments.')) await untilBuilt(mine.ws)
      if (name.startsWith('consents.')) await untilListed(app, mine.num)
      const text = fresh()
      const theirs = await callRoute(app, named, sampleOf(name, foreign.things, text), headers)
      await mine.ws.settled()
      const none = await callRoute(app, named, sampleOf(name, nobodys, `${text}x`), headers)
      const shown = shownOf(theirs, sampleOf(name, foreign.things, text))
      const alike = [plain(theirs, foreign.things, text), plain(none, nobodys, `${text}x`)]
      if (theirs.status >= 500 || shown.length > 0 || alike[0] !== alike[1])
        wrong.push({ name, shown, alike })
    }
  }
  expect(wrong).toEqual([])
  await mine.ws.settled()
  expect(await digestOf(app, foreign.num)).toEqual(before)
}, 120_000)

test('a member naming a workspace they do not belong to finds none, on every route', async () => {
  const wrong: unknown[] = []
  for (const named of app.namedRoutes.filter(({ route }) => route.access !== 'public')) {
    const sample = sampleOf(nameOf(named), foreign.things)
    for (const headers of [withCookie(mine.cookie), withKey(mine.ws.apiKey)]) {
      const reply = await callRoute(app, named, sample, { ...headers, 'x-workspace': foreign.ws.id })
      if (reply.code !== 'access.workspace_missing') wrong.push({ name: nameOf(named), text: reply.text })
    }
  }
  expect(wrong).toEqual([])
})

test('the same Idempotency-Key in two workspaces is two keys', async () => {
  const create = (who: Populated) =>
    who.ws.call<{ id: string }>('POST', '/api/tags', { name: 'twice' }, { 'idempotency-key': 'shared' })
  const [first, second, again] = [await create(foreign), await create(mine), await create(foreign)]
  expect([first.status, second.status, again.status]).toEqual([201, 201, 201])
  expect(second.body.id).not.toBe(first.body.id)
  expect(again.body.id).toBe(first.body.id)
})

// Last, because it uses things up. It shows that the samples above are good requests, not merely refused ones.
test('with its own things every sample does what it says', async () => {
  const before = await digestOf(app, mine.num)
  const order = ['get', 'post', 'put', 'patch', 'delete']
  const turn = (one: NamedRoute) => (nameOf(one) === 'access.logOut' ? 9 : order.indexOf(methodOf(one.route)))
  const sorted = app.namedRoutes.toSorted((a, b) => turn(a) - turn(b))
  const wrong: unknown[] = []
  for (const named of sorted) {
    const name = nameOf(named)
    const headers = named.route.access === 'session' ? withCookie(mine.cookie) : withKey(mine.ws.apiKey)
    const reply = await callRoute(app, named, sampleOf(name, mine.things), headers)
    const refused = expectedRefusals[name]
    if (refused ? reply.code !== refused : reply.status >= 300)
      wrong.push({ name, status: reply.status, text: reply.text })
  }
  expect(wrong).toEqual([])
  // And that the digests above would have seen a change.
  const after = await digestOf(app, mine.num)
  expect(Object.keys(after).filter((table) => after[table] !== before[table])).toEqual(
    expect.arrayContaining([
      'access.role',
      'access.write_key',
      'profiles.decision',
      'segments.segment',
      'tags.tag',
      'people',
    ]),
  )
}, 60_000)

const expectedRefusals: Record<string, string> = {
  'access.setUp': 'access.already_set_up',
  'access.logIn': 'access.wrong_login',
  'access.openInvitation': 'access.invitation_missing', // its id is not its token
  'access.acceptInvitation': 'access.invitation_missing',
  'dashboards.openLink': 'board_link.missing', // its id is not its token
  'dashboards.askLink': 'board_link.missing',
  'dashboards.readLeaving': 'board_mail.missing', // its id is not its token
  'dashboards.leaveMail': 'board_mail.missing',
  'dashboards.sendMail': 'mail.not_configured',
  'content.testSend': 'template.not_mail', // the one there is is a text message
  'dashboards.useTemplate': 'board.nothing_to_show', // a ready board has ids of its own in every answer
  'plans.save': 'plan.changed_meanwhile',
  'plans.importSchema': 'plan.changed_meanwhile',
  'instance.rebuild': 'access.denied', // the command line's alone
  'instance.backup': 'access.denied',
  'exports.cancel': 'job.ended',
}

/** By key; by session too where the route knows people rather than keys. Signing out would end the others. */
function callers(name: string): Record<string, string>[] {
  if (name === 'access.logOut') return [withKey(mine.ws.apiKey)]
  return [withKey(mine.ws.apiKey), withCookie(mine.cookie)]
}

/** What an answer tells of the foreign workspace beyond repeating what it was asked. */
function shownOf(reply: Reply, asked: Sample = {}): string[] {
  const given = Object.values({ ...asked.params, ...asked.query }).concat(textsIn(asked.body))
  const longestFirst = given.filter((one) => one.length > 3).sort((a, b) => b.length - a.length)
  let told = `${reply.text}${reply.headers}`
  for (const one of longestFirst)
    told = told.replaceAll(one, '').replaceAll(JSON.stringify(one).slice(1, -1), '')
  return foreign.markers.filter((one) => told.toLowerCase().includes(one))
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return value && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : []
}

/** The answer without what differs between any two answers. */
function plain(reply: Reply, things: Things, text: string): string {
  let body = reply.text
  for (const [name, value] of Object.entries(things)) body = body.replaceAll(value, `<${name}>`)
  const made =
    reply.status < 300
      ? body.replace(/"(id|jobId|upload|key|secret|prefix|link|apiKey|writeKey|workspaceId)":"[^"]*"/g, '')
      : body
  const plainer = made
    .replaceAll(text, '<fresh>')
    .replace(
      /"(instance|createdAt|updatedAt|countedAt|expiresAt|computedAt|lastSeenAt|lastUsedAt|time|revokedAt|since)":"[^"]*"/g,
      '',
    )
    .replace(/"(tookMs|rowsRead|lag_seconds|rate|entries|seq)":[\d.e-]+/g, '')
    .replace(/"head":"[^"]*"/g, '')
    .replace(/\/q\/[0-9a-z]+/g, '/q/')
  return `${reply.status} ${plainer}`
}
