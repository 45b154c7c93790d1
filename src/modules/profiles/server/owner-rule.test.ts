import { beforeAll, expect, test } from 'vitest'
import type { Profile } from '#modules/profiles/contract.ts'
import { joinMember, peopleFollowed } from '#modules/profiles/server/testing/join-member.ts'
import { identify, type List, one } from '#modules/profiles/server/testing/tell-people.ts'
import type { Rule } from '#modules/rules/contract.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})

type Caller = Pick<TestWorkspace, 'call'>
const listed = async (who: Caller, rule: Rule) => {
  const query = `limit=100&rule=${encodeURIComponent(JSON.stringify(rule))}`
  const { body } = await who.call<List<Profile>>('GET', `/api/profiles?${query}`)
  return body.items.map((person) => person.name).sort()
}
const sizeOf = async (ws: TestWorkspace, id: string) =>
  (await ws.call<{ size: number | null }>('GET', `/api/segments/${id}`)).body.size

/** Two members in two departments, one person each, and one of nobody. */
async function company() {
  const ws = await app.workspace()
  const users = ['east', 'south', 'nobody']
  await ws.send(...users.map((user, at) => identify(at, user, { name: user })))
  await ws.settled()
  const place = async (name: string) =>
    (await ws.call<{ id: string }>('POST', '/api/departments', { name, parentId: null })).body.id
  const departments = { east: await place('East'), south: await place('South') }
  const permissions = ['people:read', 'segment:read', 'segment:write']
  const join = (name: keyof typeof departments) =>
    joinMember(app, ws, `${name}@${ws.id.replace('_', '-')}.example`, {
      ...{ scope: 'all', departmentId: departments[name], permissions },
    })
  const members = { east: await join('east'), south: await join('south') }
  const ids: Record<string, string> = {}
  for (const user of users) ids[user] = (await one(ws, `user_id:${user}`)).id
  for (const name of ['east', 'south'] as const)
    await ws.call('PUT', `/api/profiles/${ids[name]}/owner`, { owner: members[name].id })
  return { ws, ids, members, departments }
}

test('whose people: one of some members, of a department, mine, nobody’s, and their opposites', async () => {
  const { ws, members, departments } = await company()
  const { east, south } = members
  expect(await listed(ws, { owner: { in: [east.id] } })).toEqual(['east'])
  expect(await listed(ws, { owner: { in: [east.id, south.id] } })).toEqual(['east', 'south'])
  expect(await listed(ws, { owner: { departments: [departments.south] } })).toEqual(['south'])
  expect(await listed(ws, { owner: { nobody: true } })).toEqual(['nobody'])
  expect(await listed(ws, { not: { owner: { nobody: true } } })).toEqual(['east', 'south'])
  expect(await listed(ws, { not: { owner: { in: [east.id] } } })).toEqual(['nobody', 'south'])
  expect(await listed(east, { owner: { me: true } })).toEqual(['east'])
  expect(await listed(south, { not: { owner: { me: true } } })).toEqual(['east', 'nobody'])
})

test('a saved rule names who saved it in place of “me”; a key is nobody, and a test asks one thing', async () => {
  const { ws, members } = await company()
  const rule = { owner: { me: true } }
  const saved = await members.east.call<{ id: string; rule: Rule }>('POST', '/api/segments', {
    name: 'My people',
    rule,
  })
  expect(saved.status).toBe(201)
  expect((await ws.call('GET', `/api/segments/${saved.body.id}`)).body).toMatchObject({
    rule: { owner: { in: [members.east.id] } },
  })
  await expect.poll(() => sizeOf(ws, saved.body.id)).toBe(1)
  for (const bad of [rule, { owner: {} }, { owner: { nobody: true, in: [] } }, { owner: { me: false } }]) {
    const refused = await ws.call('POST', '/api/segments/preview', { rule: bad })
    expect(refused.body, JSON.stringify(bad)).toMatchObject({ status: 422, code: 'rule.malformed' })
  }
})

test('segments follow when people are given to others and when their owners move; the explanation agrees', async () => {
  const { ws, ids, members, departments } = await company()
  const build = async (rule: Rule) => {
    const { body } = await ws.call<{ id: string }>('POST', '/api/segments', {
      name: JSON.stringify(rule),
      rule,
    })
    return body.id
  }
  const ofEast = await build({ owner: { departments: [departments.east] } })
  const ofSouth = await build({ owner: { departments: [departments.south] } })
  const ofNobody = await build({ owner: { nobody: true } })
  const sizes = async () => Promise.all([ofEast, ofSouth, ofNobody].map((id) => sizeOf(ws, id)))
  await expect.poll(sizes).toEqual([1, 1, 1])
  await ws.call('PUT', `/api/profiles/${ids.nobody}/owner`, { owner: members.east.id })
  await expect.poll(sizes).toEqual([2, 1, 0])
  await ws.call('PATCH', `/api/members/${members.east.id}`, { departmentId: departments.south })
  await peopleFollowed(app)
  await expect.poll(sizes).toEqual([0, 3, 0])
  const rule = { owner: { departments: [departments.south] } }
  const why = await ws.call('POST', '/api/segments/explain', { rule, profileId: ids.nobody })
  expect(why.body).toMatchObject({ holds: true })
})
