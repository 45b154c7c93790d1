import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import type { Profile } from '#modules/profiles/contract.ts'
import { type Joined, joinMember, peopleFollowed } from '#modules/profiles/server/testing/join-member.ts'
import { identify, type List, one, track } from '#modules/profiles/server/testing/tell-people.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})

type Named = { name: string | null }
const names = (items: readonly Named[]) => items.map((person) => person.name).sort()
const listed = async (who: Pick<TestWorkspace, 'call'>, query = '') =>
  names((await who.call<List<Profile>>('GET', `/api/profiles?limit=100&${query}`)).body.items)
const department = async (ws: TestWorkspace, name: string, parentId: string | null = null) =>
  (await ws.call<{ id: string }>('POST', '/api/departments', { name, parentId })).body.id

/** Four people: one of each rep, one of nobody; all know the same event, the same tag, one phone. */
async function company() {
  const ws = await app.workspace()
  const users = ['east', 'south', 'lead', 'nobody']
  const phone = '13711112222'
  await ws.send(
    ...users.map((user, at) => identify(at, user, { name: user, phone, city: 'Hangzhou' })),
    ...users.map((user, at) => track(at + 10, 'Course Viewed', { userId: user }, { note: `of ${user}` })),
  )
  await ws.settled()
  const centre = await department(ws, 'Sales')
  const [eastern, southern] = [await department(ws, 'East', centre), await department(ws, 'South', centre)]
  const join = (name: string, scope: string, departmentId: string, managerId?: string) =>
    joinMember(app, ws, `${name}@${ws.id.replace('_', '-')}.example`, {
      scope,
      departmentId,
      ...(managerId ? { managerId } : {}),
    })
  const lead = await join('lead', 'department_tree', centre)
  const east = await join('east', 'self_and_subordinates', eastern, lead.id)
  const south = await join('south', 'department', southern, lead.id)
  const boss = await join('boss', 'self_and_subordinates', centre)
  const ids: Record<string, string> = {}
  for (const user of users) ids[user] = (await one(ws, `user_id:${user}`)).id
  for (const id of Object.values(ids)) await ws.call('POST', `/api/profiles/${id}/tags`, { add: ['vip'] })
  for (const [user, { id }] of Object.entries({ east, south, lead }))
    await ws.call('PUT', `/api/profiles/${ids[user]}/owner`, { owner: id })
  return { ws, ids, members: { lead, east, south, boss } }
}

test('every way to people shows a narrow scope its own people and nobody else', async () => {
  const { ws, ids, members } = await company()
  const rule = { event: 'Course Viewed' }
  const segment = await ws.call<{ id: string }>('POST', '/api/segments', { name: 'Viewers', rule })
  await expect
    .poll(async () => (await ws.call<{ size: number }>('GET', `/api/segments/${segment.body.id}`)).body.size)
    .toBe(4)
  const seen: Record<keyof typeof members, string[]> = {
    lead: ['east', 'lead', 'south'],
    east: ['east'],
    south: ['south'],
    boss: [],
  }
  for (const [name, mine] of Object.entries(seen)) {
    const who = members[name as keyof typeof members]
    expect(await listed(who), `${name} lists`).toEqual(mine)
    for (const sort of ['lastSeen', '-firstSeen', 'name', 'id'])
      expect(await listed(who, `sort=${sort}`), `${name} by ${sort}`).toEqual(mine)
    expect(await listed(who, `rule=${encodeURIComponent(JSON.stringify(rule))}`), `${name} by rule`).toEqual(
      mine,
    )
    expect(await listed(who, 'search=2222'), `${name} searches`).toEqual(mine)
    expect(await listed(who, 'identifier=phone:13711112222'), `${name} looks up`).toEqual(mine)
    expect(await listed(who, 'owner=none'), `${name} asks for nobody's`).toEqual([])
    const { call } = who
    expect((await call('POST', '/api/profiles/count', { rule })).body).toEqual({ count: mine.length })
    expect((await call('GET', `/api/segments/${segment.body.id}`)).body).toMatchObject({ size: mine.length })
    expect((await call('POST', '/api/segments/preview', { rule })).body).toMatchObject({ count: mine.length })
    const tags = await call<List<{ people: number }>>('GET', '/api/tags')
    expect(tags.body.items.map((tag) => tag.people)).toEqual([mine.length])
    const attributes = await call<List<{ name: string; people: number }>>('GET', '/api/attributes')
    expect(attributes.body.items.find((one) => one.name === 'city')).toMatchObject({ people: mine.length })
    const inside = await call<List<Named>>('GET', `/api/segments/${segment.body.id}/members`)
    expect(names(inside.body.items), `${name} in the segment`).toEqual(mine)
    for (const [user, id] of Object.entries(ids))
      for (const part of ['', '/timeline', '/event-names', '/identity']) {
        const { status } = await call('GET', `/api/profiles/${id}${part}`)
        expect([name, user, part, status]).toEqual([name, user, part, mine.includes(user) ? 200 : 404])
      }
  }
})

test('who gives a person away loses sight at once, and can neither take nor merge what they do not see', async () => {
  const { ws, ids, members } = await company()
  const { east, south, lead } = members
  const stolen = await east.call('PUT', `/api/profiles/${ids.south}/owner`, { owner: east.id })
  expect(stolen.status).toBe(404)
  const many = { ids: [ids.east, ids.nobody], owner: east.id }
  expect(await east.call('POST', '/api/profiles/owner', many)).toMatchObject({
    status: 404,
    body: { path: '/body/ids/1' },
  })
  const given = await east.call('PUT', `/api/profiles/${ids.east}/owner`, { owner: south.id })
  expect(given.body).toEqual({ owner: { id: south.id, name: 'south' }, visible: false })
  expect([await listed(east), await listed(south)]).toEqual([[], ['east', 'south']])
  const back = await lead.call('POST', '/api/profiles/owner', { ids: [ids.east], owner: east.id })
  expect(back.body).toEqual({ people: 1, visible: 1 })
  // Of two people one is merged into the other: both belong to whoever was given theirs last.
  app.clock.advance(1000)
  await lead.call('PUT', `/api/profiles/${ids.lead}/owner`, { owner: east.id })
  await ws.call('POST', `/api/profiles/${ids.lead}/merge`, { with: ids.south })
  expect([await listed(east), await listed(south)]).toEqual([['east', 'lead'], []])
})

type Model = {
  departments: Record<string, string | null>
  members: Record<string, { scope: string; department: string; manager: string | null }>
  owners: Record<string, string | null>
}

/** The dumbest reading of scopes. */
function visibleTo({ departments, members, owners }: Model, viewer: string): string[] {
  const me = members[viewer] as Model['members'][string]
  const above = (start: string | null, up: (one: string) => string | null): string[] =>
    start === null ? [] : [start, ...above(up(start), up)]
  return Object.entries(owners)
    .filter(([, owner]) => {
      if (me.scope === 'all') return true
      if (owner === null) return false
      const theirs = members[owner] as Model['members'][string]
      if (owner === viewer) return true
      if (me.scope === 'self_and_subordinates')
        return above(owner, (one) => members[one]?.manager ?? null).includes(viewer)
      if (me.scope === 'department') return theirs.department === me.department
      if (me.scope === 'department_tree')
        return above(theirs.department, (one) => departments[one] ?? null).includes(me.department)
      return false
    })
    .map(([person]) => person)
    .sort()
}

const scopes = [
  'self',
  'self_and_subordinates',
  'self_and_subordinates',
  'department',
  'department_tree',
  'all',
]
const users = Array.from({ length: 10 }, (_, at) => `p${at}`)
const place = fc.nat(4)
/** Parents and managers are named by an earlier place, or by nobody. */
const companies = fc.record({
  parents: fc.tuple(...[0, 1, 2, 3, 4].map((at) => fc.option(fc.nat(Math.max(0, at - 1)), { nil: null }))),
  members: fc.tuple(
    ...scopes.map((_, at) =>
      fc.record({ place, manager: fc.option(fc.nat(Math.max(0, at - 1)), { nil: null }) }),
    ),
  ),
  steps: fc.array(
    fc.record({
      given: fc.subarray(users, { minLength: 1 }),
      owner: fc.option(fc.nat(scopes.length - 1), { nil: null, freq: 5 }),
      moving: fc.nat(scopes.length - 1),
      to: place,
    }),
    { minLength: 4, maxLength: 6 },
  ),
})

type Company = typeof companies extends fc.Arbitrary<infer T> ? T : never

/** Makes it so, in the program and in the model. */
async function found({ parents, members }: Company) {
  const ws = await app.workspace()
  await ws.send(...users.map((user, at) => identify(at, user, { name: user })))
  await ws.settled()
  const ids = new Map<string, string>()
  for (const user of users) ids.set(user, (await one(ws, `user_id:${user}`)).id)
  const owners = Object.fromEntries(users.map((user) => [user, null]))
  const model: Model = { departments: {}, members: {}, owners }
  const places: string[] = []
  for (const [at, parent] of parents.entries()) {
    const above = parent === null || at === 0 ? null : (places[parent] as string)
    const id = await department(ws, `d${at}`, above)
    model.departments[id] = above
    places.push(id)
  }
  const joined: Joined[] = []
  for (const [at, { place, manager }] of members.entries()) {
    const [scope, departmentId] = [scopes[at] as string, places[place] as string]
    const above = manager === null || at === 0 ? null : (joined[manager] as Joined).id
    const given = { scope, departmentId, ...(above ? { managerId: above } : {}) }
    const member = await joinMember(app, ws, `m${at}@${ws.id.replace('_', '-')}.example`, given)
    joined.push(member)
    model.members[member.id] = { scope, department: departmentId, manager: above }
  }
  return { ws, ids, model, places, joined }
}

type Founded = Awaited<ReturnType<typeof found>>

async function step({ ws, ids, model, places, joined }: Founded, todo: Company['steps'][number]) {
  const owner = todo.owner === null ? null : (joined[todo.owner] as Joined).id
  const body = { ids: todo.given.map((user) => ids.get(user)), owner }
  expect((await ws.call('POST', '/api/profiles/owner', body)).status).toBe(200)
  for (const user of todo.given) model.owners[user] = owner
  const mover = (joined[todo.moving] as Joined).id
  const departmentId = places[todo.to] as string
  await ws.call('PATCH', `/api/members/${mover}`, { departmentId })
  model.members[mover] = { ...(model.members[mover] as Model['members'][string]), department: departmentId }
  await peopleFollowed(app)
}

test('lists and counts equal the dumbest reading over any departments, managers, owners and moves', async () => {
  const property = fc.asyncProperty(companies, async (company) => {
    const founded = await found(company)
    for (const todo of company.steps) {
      await step(founded, todo)
      for (const who of founded.joined) {
        const mine = visibleTo(founded.model, who.id)
        expect(await listed(who)).toEqual(mine)
        expect((await who.call('POST', '/api/profiles/count', {})).body).toEqual({ count: mine.length })
      }
    }
  })
  await fc.assert(property, { numRuns: 3, endOnFailure: true })
})

test('raw events are their person’s, and examples of values somebody’s: a narrow scope sees neither of strangers', async () => {
  const { ws, members } = await company()
  const south = await department(ws, 'Further south')
  const permissions = ['people:read', 'event:read']
  const place = { scope: 'department_tree', departmentId: south, permissions }
  const reader = await joinMember(app, ws, `reader@${ws.id.replace('_', '-')}.example`, place)
  type Live = { items: { userId: string }[] }
  const senders = async (who: Pick<TestWorkspace, 'call'>, query = '') => {
    const { body } = await who.call<Live>('GET', `/api/events/live?limit=50${query}`)
    return [...new Set(body.items.map((event) => event.userId))].sort()
  }
  expect(await senders(ws)).toEqual(['east', 'lead', 'nobody', 'south'])
  expect(await senders(reader)).toEqual([])
  await ws.call('PATCH', `/api/members/${members.south.id}`, { departmentId: south })
  await peopleFollowed(app)
  expect(await senders(reader)).toEqual(['south'])
  const notes = async (who: Pick<TestWorkspace, 'call'>) => {
    const address = '/api/events/properties?event=Course%20Viewed'
    const { body } = await who.call<{ items: { path: string; examples: string[] }[] }>('GET', address)
    return body.items.map(({ path, examples }) => [path, examples.length])
  }
  expect(await notes(ws)).toEqual([['note', 4]])
  expect(await notes(reader)).toEqual([['note', 0]])
})
