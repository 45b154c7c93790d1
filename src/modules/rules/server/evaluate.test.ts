import { expect, test } from 'vitest'
import type { Rule } from '../contract.ts'
import { flatten } from './canonical.ts'
import { evaluate, explain, nextFlip } from './evaluate.ts'
import type { Person, PersonEvent, RuleEnv } from './leaf.ts'

const hour = 3_600_000
const env: RuleEnv = {
  now: 1_000 * hour,
  timezone: 'Asia/Shanghai',
  segments: (id) => (id === 'seg_self' ? { segment: 'seg_self' } : undefined),
  tagChildren: (tag) => [tag],
  attributeType: () => undefined,
  normalise: () => undefined,
}

/** `trail('A0 B1 C5')`: events by name and hour, counted from 100 hours before now. */
function trail(text: string, attrs: object = {}): Person {
  const events = text.split(' ').map((word, i): PersonEvent => {
    return {
      name: word.slice(0, 1),
      time: env.now + (Number(word.slice(1)) - 100) * hour,
      messageId: `${i}`,
      props: flatten({}),
    }
  })
  return { attrs: flatten(attrs), tags: [], events: events.sort((a, b) => a.time - b.time) }
}

const gap = (value: number): { gap: { value: number; unit: 'hour' } } => ({ gap: { value, unit: 'hour' } })
const then = (...names: string[]): { sequence: ({ event: string } | { not_event: string })[] } => ({
  sequence: names.map((name) => (name.startsWith('!') ? { not_event: name.slice(1) } : { event: name })),
})

test.each<[string, Rule, string, boolean]>([
  ['in order', then('A', 'B', 'C'), 'A0 B1 C2', true],
  ['out of order', then('A', 'B'), 'B0 A1', false],
  ['the same moment is not later', then('A', 'B'), 'A5 B5', false],
  ['the gap includes its end', { ...then('A', 'B'), ...gap(3) }, 'A0 B3', true],
  ['beyond the gap', { ...then('A', 'B'), ...gap(3) }, 'A0 B4', false],
  ['a later start may succeed', { ...then('A', 'B'), ...gap(3) }, 'A0 A4 B6', true],
  // The contract: each step is the NEXT matching event, so B1 is the step and B3 is not a second chance.
  ['the next match is the step', { ...then('A', 'B', 'C'), ...gap(3) }, 'A0 B1 B3 C5', false],
  ['nothing forbidden in between', then('A', '!X', 'B'), 'A0 B1', true],
  ['something forbidden in between', then('A', '!X', 'B'), 'A0 X1 B2', false],
  ['forbidden at the moment of a step is not between', then('A', '!X', 'B'), 'A0 X0 X2 B2', true],
  ['a second try after the forbidden one', then('A', '!X', 'B'), 'A0 X1 A2 B3', true],
  ['waited long enough', { ...then('A', '!B'), ...gap(3) }, 'A97', true],
  ['still waiting', { ...then('A', '!B'), ...gap(3) }, 'A98', false],
  ['it came at the last moment', { ...then('A', '!B'), ...gap(3) }, 'A0 B3', false],
  ['it came too late', { ...then('A', '!B'), ...gap(3) }, 'A0 B4', true],
  ['without gap and window: not since', then('A', '!B'), 'B0 A1', true],
  ['without gap and window: it did', then('A', '!B'), 'A1 B90', false],
  ['future events do not count yet', then('A', 'B'), 'A0 B101', false],
])('sequence: %s', (_, rule, text, expected) => {
  expect(evaluate(rule, trail(text), env)).toBe(expected)
})

test('an event on the edge of "last n" counts, and the flip is the moment after', () => {
  const rule: Rule = { event: 'A', within: { last: 100, unit: 'hour' } }
  expect(evaluate(rule, trail('A0'), env)).toBe(true)
  expect(nextFlip(rule, trail('A0'), env)).toBe(env.now + 1)
  expect(evaluate(rule, trail('A0'), { ...env, now: env.now + 1 })).toBe(false)
})

test('a future event announces its own moment, an unbounded rule none', () => {
  expect(nextFlip({ event: 'A' }, trail('A105'), env)).toBe(env.now + 5 * hour)
  expect(nextFlip({ event: 'A' }, trail('A1'), env)).toBeUndefined()
})

test('an explanation is the rule with an answer and what was seen at every node', () => {
  const rule: Rule = { all: [{ attr: 'city', op: 'eq', value: 'Beijing' }, { not: { event: 'B' } }] }
  const told = explain(rule, trail('A1', { city: 'Wuhan' }), env)
  expect(told).toMatchObject({
    path: '',
    holds: false,
    children: [
      { path: '/all/0', holds: false, seen: { value: 'Wuhan' } },
      { path: '/all/1', holds: true, children: [{ path: '/all/1/not', holds: false, seen: { count: 0 } }] },
    ],
  })
})

test('a segment inside itself is refused', () => {
  expect(() => evaluate({ segment: 'seg_self' }, trail('A1'), env)).toThrow(
    expect.objectContaining({ code: 'segment.cycle' }),
  )
})

test.each<[string, Rule, boolean]>([
  ['eq', { attr: 'phone', op: 'eq', value: 13800138000 }, true],
  ['ne', { attr: 'phone', op: 'ne', value: 13800138000 }, false],
  ['in', { attr: 'phone', op: 'in', value: [1, 13800138000] }, true],
  ['another number', { attr: 'phone', op: 'eq', value: 13800138001 }, false],
])('a phone given as a number is normalised like its text: %s', (_, rule, expected) => {
  const phones: RuleEnv = {
    ...env,
    attributeType: () => 'phone',
    normalise: (_, value) => (value.length === 11 ? `+86${value}` : undefined),
  }
  expect(evaluate(rule, trail('A0', { phone: '+8613800138000' }), phones)).toBe(expected)
})
