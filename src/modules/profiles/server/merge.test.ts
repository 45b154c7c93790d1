import { beforeAll, expect, test, vi } from 'vitest'
import type { Profile } from '#modules/profiles/contract.ts'
import {
  at,
  everything,
  find,
  identify,
  type List,
  namesOf,
  one,
  said,
  timelineOf,
  track,
} from '#modules/profiles/server/testing/tell-people.ts'
import { startTestApp, type TestApp } from '#test/start-test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})

test('two logins with one phone stay two people, and the phone finds both', async () => {
  const ws = await app.workspace()
  await ws.send(
    identify(1, 'mother', { phone: '13800000001', name: 'Mother' }),
    identify(2, 'father', { phone: '13800000001', name: 'Father' }),
  )
  await ws.settled()
  const both = await find(ws, 'phone:13800000001')
  expect(both.map((person) => person.name).sort()).toEqual(['Father', 'Mother'])
  for (const person of both)
    expect(person.identifiers).toContainEqual({ kind: 'phone', value: '+8613800000001' })
  const graph = await ws.call<{ nodes: { identifier: { kind: string }; alsoHeldBy: string[] }[] }>(
    'GET',
    `/api/profiles/${both[0]?.id}/identity`,
  )
  const phone = graph.body.nodes.find((node) => node.identifier.kind === 'phone')
  expect(phone?.alsoHeldBy).toEqual([both[1]?.id])
  const explained = await ws.call('POST', '/api/profiles/explain-identity', {
    a: { kind: 'user_id', value: 'mother' },
    b: { kind: 'user_id', value: 'father' },
  })
  expect(explained.body).toMatchObject({ same: false })
})

test('a shared device gives each login its own events, traits and place in the list', async () => {
  const ws = await app.workspace()
  await ws.send(
    track(1, 'Before', { anonymousId: 'tablet' }),
    identify(2, 'ann', { name: 'Ann' }, { anonymousId: 'tablet' }),
    track(3, 'Ann Reads', { anonymousId: 'tablet' }),
    identify(4, 'ben', { name: 'Ben' }, { anonymousId: 'tablet' }),
    track(5, 'Ben Plays', { anonymousId: 'tablet' }),
    said('identify', 6, { anonymousId: 'tablet', traits: { mood: 'good' } }),
  )
  await ws.settled()
  const owners = await find(ws, 'anonymous_id:tablet')
  expect(owners.map((person) => person.name).sort()).toEqual(['Ann', 'Ben'])
  const [ann, ben] = [await one(ws, 'user_id:ann'), await one(ws, 'user_id:ben')]
  expect(await namesOf(ws, ann.id)).toEqual(['Ann Reads', 'Before'])
  expect(await namesOf(ws, ben.id)).toEqual(['Ben Plays'])
  expect(ann.attributes).toEqual({ name: 'Ann' })
  expect(ben.attributes).toEqual({ name: 'Ben', mood: 'good' })
  expect(ben.lastSeen).toBe(at(6))
  const { body } = await ws.call<{
    nodes: { identifier: { kind: string }; events: number; intervals: unknown[] }[]
  }>('GET', `/api/profiles/${ben.id}/identity`)
  expect(body.nodes.find((node) => node.identifier.kind === 'anonymous_id')).toMatchObject({
    events: 1,
    intervals: [
      { from: null, to: at(4), profileId: ann.id },
      { from: at(4), to: null, profileId: ben.id },
    ],
  })
})

test('a merge makes one person, merged ids keep answering, and unmerge restores every answer', async () => {
  const ws = await app.workspace()
  const ids = ['user_id:a', 'user_id:b', 'email:a@x.io', 'email:b@x.io', 'anonymous_id:db']
  await ws.send(
    identify(1, 'a', { email: 'a@x.io', city: 'Beijing', plan: 'free' }),
    track(2, 'A Did', { userId: 'a' }),
    identify(3, 'b', { email: 'b@x.io', city: 'Wuhan' }, { anonymousId: 'db' }),
    track(4, 'B Did', { anonymousId: 'db' }),
  )
  await ws.settled()
  const before = await everything(ws, ids)
  const [a, b] = [await one(ws, 'user_id:a'), await one(ws, 'user_id:b')]
  const preview = await ws.call('POST', `/api/profiles/${a.id}/merge-preview`, { with: b.id })
  expect(preview).toMatchObject({
    status: 200,
    body: {
      root: a.id,
      events: 1,
      warnings: ['two_logins'],
      attributes: expect.arrayContaining([{ name: 'city', kept: 'Wuhan', dropped: 'Beijing' }]),
    },
  })
  expect(await everything(ws, ids)).toEqual(before)

  const merged = await ws.call<Profile>('POST', `/api/profiles/${a.id}/merge`, { with: b.id })
  expect(merged.status).toBe(200)
  expect(merged.body).toMatchObject({ id: a.id, attributes: { city: 'Wuhan', plan: 'free' } })
  for (const id of ids) expect(await one(ws, id)).toEqual(merged.body)
  expect((await ws.call<Profile>('GET', `/api/profiles/${b.id}`)).body).toEqual(merged.body)
  expect(await namesOf(ws, b.id)).toEqual(['B Did', 'A Did'])
  const everybody = await ws.call<List>('GET', '/api/profiles')
  expect(everybody.body.items).toEqual([merged.body])
  expect((await ws.call('POST', `/api/profiles/${a.id}/merge`, { with: b.id })).body.code).toBe(
    'profile.same_person',
  )
  const withSystem = await timelineOf(ws, a.id, 'include=system')
  expect(withSystem.map((item) => item.type)).toEqual(['merge', 'event', 'identify', 'event', 'identify'])
  // By a program: its key is not taken for a person.
  expect(withSystem[0]?.properties.by).toMatch(/^API key “.+”$/)

  const parted = await ws.call<Profile>('POST', `/api/profiles/${a.id}/unmerge`, {
    identifier: { kind: 'user_id', value: 'b' },
  })
  expect(parted).toMatchObject({ status: 200, body: { id: b.id } })
  expect(await everything(ws, ids)).toEqual(before)
  expect((await ws.call<List>('GET', '/api/profiles?sort=id')).body.items).toEqual([a, b])
  const actions = await ws.call<List<{ action: string }>>('GET', '/api/audit')
  expect(actions.body.items.map((entry) => entry.action)).toEqual(
    expect.arrayContaining(['profile.merged', 'profile.unmerged']),
  )
})

test('an identifier in the middle can be taken out; refusals leave everything as it was', async () => {
  const ws = await app.workspace()
  await ws.send(
    track(0, 'Looked', { anonymousId: 'd' }),
    identify(1, 'u', { email: 'mid@x.io' }, { anonymousId: 'd' }),
    identify(2, 'stranger', {}),
  )
  await ws.settled()
  const person = await one(ws, 'user_id:u')
  const startOver = vi.spyOn(app.profiles.recogniser, 'reset')
  const unmerge = (id: string, kind: string, value: string) =>
    ws.call<Profile & { code: string }>('POST', `/api/profiles/${id}/unmerge`, {
      identifier: { kind, value },
    })
  expect(await unmerge(person.id, 'user_id', 'stranger')).toMatchObject({
    status: 409,
    body: { code: 'profile.identifier_elsewhere' },
  })
  expect(await unmerge(person.id, 'email', 'no@where.io')).toMatchObject({
    status: 409,
    body: { code: 'profile.identifier_elsewhere' },
  })
  const stranger = await one(ws, 'user_id:stranger')
  expect(await unmerge(stranger.id, 'user_id', 'stranger')).toMatchObject({
    status: 409,
    body: { code: 'profile.only_identifier' },
  })
  expect(await one(ws, 'user_id:u')).toEqual(person)
  expect(startOver).not.toHaveBeenCalled()

  const mail = await unmerge(person.id, 'email', ' MID@x.io')
  expect(mail).toMatchObject({
    status: 200,
    body: { identifiers: [{ kind: 'email', value: 'mid@x.io' }], lastSeen: null },
  })
  const rest = await one(ws, 'user_id:u')
  expect(rest.identifiers.map((id) => id.kind)).toEqual(['user_id', 'anonymous_id'])
  expect(await namesOf(ws, rest.id)).toEqual(['Looked'])
  // Nobody who never did anything is lost from the list by activity.
  const everybody = (await ws.call<List>('GET', '/api/profiles')).body.items
  expect(everybody.map((one) => one.id)).toEqual([stranger.id, rest.id, mail.body.id])
  await ws.send(identify(9, 'u', { email: 'mid@x.io' }))
  await ws.settled()
  expect((await one(ws, 'user_id:u')).identifiers.map((id) => id.kind)).toEqual(['user_id', 'anonymous_id'])
})
