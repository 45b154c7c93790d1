import { expect, test } from 'vitest'
import type { Decision } from '#modules/profiles/identity/observation.ts'
import { runsOf } from '#modules/profiles/server/erase-claims.ts'
import { pruneDecision } from '#modules/profiles/server/prune-decision.ts'

const id = (text: string) => ({ kind: text.split(':')[0] as string, value: text.split(':')[1] as string })
const decision = (more: Partial<Decision>): Decision => ({
  id: 'dec_1',
  at: 1,
  kind: 'merge',
  groups: [],
  apart: [],
  cancels: ['dec_0'],
  ...more,
})

test('a decision loses those who are gone, keeps the rest and what it took back', () => {
  const members = ['user_id:a', 'email:x', 'user_id:b'].map(id)
  const given = decision({
    groups: [{ members, root: id('user_id:a'), at: 1 }],
    apart: [
      { left: [id('user_id:a')], right: [id('user_id:b')], reach: 1 },
      { left: [id('user_id:a'), id('email:x')], right: [id('user_id:b')], reach: 2 },
    ],
  })
  expect(pruneDecision(given, new Set(['user_id:a']))).toEqual(
    decision({
      groups: [{ members: [id('email:x'), id('user_id:b')], root: id('user_id:b'), at: 1 }],
      apart: [{ left: [id('email:x')], right: [id('user_id:b')], reach: 2 }],
    }),
  )
  expect(pruneDecision(given, new Set(['user_id:a', 'email:x']))).toEqual(decision({}))
})

test('runs are the first of claims by the same set, one after the other', () => {
  const claims = [
    { device: 1, key: [7], times: [30, 10], messageIds: ['c', 'a'] },
    { device: 1, key: [8], times: [20], messageIds: ['b'] },
    { device: 1, key: [7], times: [40], messageIds: ['d'] },
    { device: 2, key: [8], times: [5, 5], messageIds: ['z', 'y'] },
  ]
  expect(runsOf(claims).map(({ device, key, time, messageId }) => [device, key, time, messageId])).toEqual([
    [1, [7], 10, 'a'],
    [1, [8], 20, 'b'],
    [1, [7], 30, 'c'],
    [2, [8], 5, 'y'],
  ])
})
