import { expect, test } from 'vitest'
import { netChanges } from '#modules/webhooks/server/net-changes.ts'
import type { PeopleChange } from '#slots/people-change.ts'

type Step = { state?: number[]; created?: number[]; absorbed?: [number, number][] }
const step = ({ state = [], created = [], absorbed = [] }: Step, workspace = 1): PeopleChange => ({
  workspace,
  persons: new Set(state),
  events: new Set(),
  state: new Set([...state, ...created, ...absorbed.flat()]),
  created: new Set(created),
  absorbed: new Map(absorbed),
})
const net = (...steps: Step[]) => netChanges(steps.map((one) => step(one)))[0]

test('who is new is not also changed', () => {
  expect(net({ created: [1], state: [2] }, { state: [1, 2] })).toEqual({
    workspace: 1,
    created: [1],
    changed: [2],
    merged: new Map(),
  })
})

test('a visitor who was known and logs in is merged into the login, which is not new', () => {
  expect(net({ created: [5], absorbed: [[1, 5]] })).toMatchObject({
    created: [],
    changed: [],
    merged: new Map([[5, [1]]]),
  })
})

test('a visitor who came in this commit and logs in was never heard of', () => {
  expect(net({ created: [1] }, { created: [5], absorbed: [[1, 5]] })).toMatchObject({
    created: [5],
    changed: [],
    merged: new Map(),
  })
})

test('chains are followed to their end, also over those who only passed', () => {
  const merged = net({ created: [7] }, { absorbed: [[1, 7]] }, { absorbed: [[7, 9]] })
  expect(merged).toMatchObject({ created: [], changed: [], merged: new Map([[9, [1]]]) })
  expect(net({ absorbed: [[1, 2]] }, { absorbed: [[2, 3]] })?.merged).toEqual(new Map([[3, [1, 2]]]))
})

test('who went and came back has only changed', () => {
  expect(net({ absorbed: [[1, 2]] }, { created: [1] })).toMatchObject({
    created: [],
    changed: [1, 2],
    merged: new Map(),
  })
})

test('changes that say nothing of lives are changes, and workspaces are kept apart', () => {
  const plain = { workspace: 2, persons: new Set([4]), events: new Set<string>(), state: new Set([4]) }
  expect(netChanges([step({ state: [4] }), plain])).toEqual([
    { workspace: 1, created: [], changed: [4], merged: new Map() },
    { workspace: 2, created: [], changed: [4], merged: new Map() },
  ])
})
