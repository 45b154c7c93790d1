import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AppError } from '#platform/errors.ts'
import { applyBatch } from './apply-observations.ts'
import { explainSame } from './explain-same.ts'
import { createIdentity, findKnown, type IdentityState } from './identity-state.ts'
import type { Delta } from './identity-store.ts'
import { defaultIdentitySettings, type IdentitySettings } from './kind-rules.ts'
import { type Answer, isLogin } from './known.ts'
import { learnBatch } from './learn-batch.ts'
import { lookUp, nameOf } from './look-up.ts'
import { type Decision, type Identifier, identifiersOf, type Observation, textOf } from './observation.ts'
import { planMerge, previewMerge } from './plan-merge.ts'
import { planUnmerge, previewUnmerge } from './plan-unmerge.ts'
import { createInMemoryStore } from './testing/in-memory-store.ts'
import { type ReferenceAnswer, referenceFold } from './testing/reference-fold.ts'

// Few names and few moments, so that every rule collides with every other within a dozen observations.
const names: Identifier[] = [
  ...['u1', 'u2', 'u3'].map((value) => ({ kind: 'user_id', value })),
  ...['e1', 'e2', 'e3'].map((value) => ({ kind: 'email', value })),
  ...['p1', 'p2'].map((value) => ({ kind: 'phone', value })),
  { kind: 'crm', value: 'c1' },
  ...['a1', 'a2', 'a3', 'u3'].map((value) => ({ kind: 'anonymous_id', value })),
  { kind: 'ios.id', value: 'i1' },
]
const anyName = fc.constantFrom(...names)

const anyObservations = fc
  .array(
    fc.record({
      time: fc.nat({ max: 12 }),
      ids: fc.array(anyName, { minLength: 1, maxLength: 4 }),
      previousId: fc.option(fc.constantFrom('u1', 'u2', 'u3', 'a1', 'a2'), { freq: 8, nil: undefined }),
    }),
    { maxLength: 25 },
  )
  .chain((list) =>
    fc
      .shuffledSubarray(
        list.map((_, i) => `m${i + 10}`),
        { minLength: list.length },
      )
      .map((ids) =>
        list.map(
          ({ previousId, ...o }, i): Observation => ({
            ...o,
            messageId: ids[i]!,
            ...(previousId === undefined ? {} : { previousId }),
          }),
        ),
      ),
  )

const anyDecisions = fc
  .array(
    fc.record({
      at: fc.nat({ max: 5 }),
      group: fc.option(fc.uniqueArray(anyName, { minLength: 2, maxLength: 3 }), { nil: undefined }),
      left: fc.uniqueArray(anyName, { maxLength: 2 }),
      right: fc.uniqueArray(anyName, { maxLength: 3 }),
      reach: fc.constantFrom(1 as const, 2 as const, 3 as const),
      cancels: fc.subarray(['d0', 'd1', 'd2']),
    }),
    { maxLength: 3 },
  )
  .map((list) =>
    list.map(
      ({ at, group, left, right, reach, cancels }, i): Decision => ({
        id: `d${i}`,
        at,
        kind: group ? 'merge' : 'unmerge',
        groups: group
          ? [{ members: group, root: group.find(({ kind }) => kind === 'user_id') ?? group[0]!, at }]
          : [],
        apart: [{ left, right: right.filter((id) => !left.includes(id)), reach }],
        cancels: cancels.filter((id) => id < `d${i}`),
      }),
    ),
  )
  .map((list) =>
    list.map((d) => ({
      ...d,
      cancels: d.cancels.filter((id) =>
        shareName(
          d,
          list.find((e) => e.id === id),
        ),
      ),
    })),
  )

function shareName(a: Decision, b: Decision | undefined): boolean {
  const texts = new Set(identifiersOf(a).map(textOf))
  return b !== undefined && identifiersOf(b).some((id) => texts.has(textOf(id)))
}

const tight: IdentitySettings = {
  ...defaultIdentitySettings,
  kinds: {
    ...defaultIdentitySettings.kinds,
    email: { class: 'contact', priority: 90, limit: 2 },
    phone: { class: 'contact', priority: 80, limit: 1 },
    anonymous_id: { class: 'device', priority: 10, limit: 2 },
  },
  maxHolders: 1,
  maxAliasedLogins: 2,
}
const anySettings = fc.constantFrom(defaultIdentitySettings, tight)

function newState(settings: IdentitySettings, inMemoryOnly = true, units = { last: 0 }): IdentityState {
  return createIdentity({ settings, nextUnit: () => ++units.last, inMemoryOnly })
}

function learn(
  state: IdentityState,
  observations: readonly Observation[],
  decisions: readonly Decision[] = [],
): Delta {
  const outcome = applyBatch(state, { observations, decisions })
  if ('needs' in outcome) throw new Error('a state without a store needs nothing')
  return outcome.delta
}

/** Every answer, in words instead of unit numbers. */
function answersOf(state: IdentityState): Map<string, ReferenceAnswer> {
  const rows = [...state.byUnit.values()].map((k) => ({ unit: k.unit, kind: k.kind.name, value: k.value }))
  return inWords(rows.map((row) => ({ ...row, ...lookUp(state, row)! })))
}

function inWords(rows: (Identifier & Answer & { unit: number })[]): Map<string, ReferenceAnswer> {
  const text = new Map(rows.map((row) => [row.unit, `${row.kind}:${row.value}`]))
  const name = (unit: number) => text.get(unit)!
  return new Map(
    rows
      .map((row): [string, ReferenceAnswer] => [
        name(row.unit),
        {
          root: name(row.person),
          intervals: row.intervals.map(({ from, person }) => [from, name(person)]),
          holders: row.holders.map(name).sort(),
        },
      ])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}

function sorted(answers: Map<string, ReferenceAnswer>): Map<string, ReferenceAnswer> {
  return new Map([...answers].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Cuts a list into batches at random places. */
const anyCuts = fc.array(fc.nat({ max: 40 }), { maxLength: 6 })
function inBatches<T>(list: readonly T[], cuts: readonly number[]): T[][] {
  const places = [0, ...cuts.map((cut) => Math.min(cut, list.length)).sort((a, b) => a - b), list.length]
  return places.slice(1).map((end, i) => list.slice(places[i]!, end))
}

/** The same observations in another order, some of them twice. */
const anyArrival = anyObservations.chain((observations) =>
  fc.record({
    observations: fc.constant(observations),
    arriving: fc
      .tuple(fc.shuffledSubarray(observations, { minLength: observations.length }), fc.subarray(observations))
      .chain(([all, again]) =>
        fc.shuffledSubarray([...all, ...again], { minLength: all.length + again.length }),
      ),
    cuts: anyCuts,
  }),
)

test('a batch in order gives what the written rules say', () => {
  fc.assert(
    fc.property(anyObservations, anyDecisions, anySettings, (observations, decisions, settings) => {
      const state = newState(settings)
      learn(state, observations, decisions)
      expect(answersOf(state)).toEqual(sorted(referenceFold(settings, observations, decisions)))
    }),
    { numRuns: 1500 },
  )
})

test('any order, batching and repetition of the same input gives the same answers', () => {
  fc.assert(
    fc.property(
      anyArrival,
      anyDecisions,
      anySettings,
      ({ observations, arriving, cuts }, decisions, settings) => {
        const state = newState(settings)
        const batches = inBatches(arriving, cuts)
        for (const [i, batch] of batches.entries()) {
          learn(state, batch, i === 0 ? decisions.slice(1) : decisions.slice(0, 1))
        }
        if (batches.length === 1) learn(state, [], decisions)
        expect(answersOf(state)).toEqual(sorted(referenceFold(settings, observations, decisions)))
      },
    ),
    { numRuns: 1500 },
  )
})

test('the stored rows say the same, loaded afresh before every batch or not', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyArrival,
      anyDecisions,
      fc.boolean(),
      anySettings,
      async (arrival, decisions, forget, settings) => {
        const store = createInMemoryStore()
        const units = { last: 0 }
        let state = newState(settings, false, units)
        const batches = inBatches(arrival.arriving, arrival.cuts)
        for (const [i, observations] of batches.entries()) {
          if (forget) state = newState(settings, false, units)
          store.write(await learnBatch(store, state, { observations, decisions: i === 0 ? decisions : [] }))
          const stored = inWords([...store.rows.identifiers.values()])
          const sofar = batches.slice(0, i + 1).flat()
          expect(stored).toEqual(sorted(referenceFold(settings, sofar, decisions)))
        }
      },
    ),
    { numRuns: 800 },
  )
})

/** Merges and unmerges as users would make them; those that make no sense are refused. */
const anyUserActs = fc.array(fc.record({ isMerge: fc.boolean(), a: anyName, b: anyName }), { maxLength: 4 })

function act(state: IdentityState, acts: { isMerge: boolean; a: Identifier; b: Identifier }[]): void {
  for (const [i, { isMerge, a, b }] of acts.entries()) {
    const facts = { id: `act ${i}`, at: 50 + i }
    try {
      learn(state, [], [isMerge ? planMerge(state, a, b, facts) : planUnmerge(state, a, b, facts)])
    } catch (error) {
      if (!(error instanceof AppError)) throw error
    }
  }
}

test('merge then unmerge restores every answer, whatever had been decided before', () => {
  fc.assert(
    fc.property(
      anyObservations,
      anyUserActs,
      anyName,
      anyName,
      anySettings,
      (observations, acts, a, b, settings) => {
        const state = newState(settings)
        learn(state, observations)
        act(state, acts)
        const before = answersOf(state)
        const [one, other] = [lookUp(state, a), lookUp(state, b)]
        fc.pre(one !== undefined && other !== undefined && one.person !== other.person)
        fc.pre([a, b].every((id) => findKnown(state, id.kind, id.value)?.seen))
        learn(state, [], [planMerge(state, a, b, { id: 'merge', at: 100 })])
        const merged = lookUp(state, a)!.person
        expect(lookUp(state, b)!.person).toBe(merged)
        const [staying, leaving] = merged === one.person ? [a, b] : [b, a]
        learn(state, [], [planUnmerge(state, leaving, staying, { id: 'unmerge', at: 101 })])
        expect(answersOf(state)).toEqual(before)
      },
    ),
    { numRuns: 1000 },
  )
})

test('an unmerged identifier stays apart from its person, whatever is observed or aliased later', () => {
  fc.assert(
    fc.property(anyObservations, anyObservations, anyName, (observations, later, name) => {
      const state = newState(defaultIdentitySettings)
      learn(state, observations)
      const known = findKnown(state, name.kind, name.value)
      fc.pre(known !== undefined && known.cluster.members.length > 1)
      const { root } = known.cluster
      const other = root === known ? known.cluster.members.find((m) => m !== known && m.seen) : root
      fc.pre(other !== undefined)
      const unmerge = planUnmerge(state, name, nameOf(other), { id: 'unmerge', at: 100 })
      const stayed = () => unmerge.apart[0]!.right.map((id) => lookUp(state, id)!.person)
      learn(state, [], [unmerge])
      expect(stayed()).not.toContain(lookUp(state, name)!.person)
      learn(
        state,
        later.map((o) => ({ ...o, messageId: `later ${o.messageId}` })),
      )
      expect(stayed()).not.toContain(lookUp(state, name)!.person)
    }),
    { numRuns: 1000 },
  )
})

test('two logins are one person only where somebody said so', () => {
  fc.assert(
    fc.property(anyObservations, (observations) => {
      const state = newState(defaultIdentitySettings)
      learn(
        state,
        observations.map(({ previousId: _, ...o }) => o),
      )
      const logins = [...state.byUnit.values()].filter(isLogin)
      expect(new Set(logins.map(({ cluster }) => cluster)).size).toBe(logins.length)
    }),
  )
})

test('no person outgrows a limit', () => {
  fc.assert(
    fc.property(anyObservations, (observations) => {
      const state = newState(tight)
      learn(state, observations)
      for (const { cluster, kind } of state.byUnit.values()) {
        const count = cluster.members.filter((member) => member.kind === kind).length
        expect(count).toBeLessThanOrEqual(kind.class === 'login' ? tight.maxAliasedLogins : kind.limit)
      }
    }),
  )
})

test('people joined over a device that is at home with somebody else: the explanation leads over it', () => {
  const state = newState(defaultIdentitySettings)
  const [u1, u2] = [
    { kind: 'user_id', value: 'u1' },
    { kind: 'user_id', value: 'u2' },
  ]
  const [device, email] = [
    { kind: 'anonymous_id', value: 'u3' },
    { kind: 'email', value: 'e2' },
  ]
  learn(state, [
    { time: 0, messageId: 'm10', ids: [u1!, device!] },
    { time: 0, messageId: 'm11', ids: [u1!] },
    { time: 0, messageId: 'm12', ids: [u2!], previousId: 'u3' },
    { time: 0, messageId: 'm13', ids: [email!, device!, { kind: 'anonymous_id', value: 'a2' }] },
  ])
  const { same, steps } = explainSame(state, u2!, email!)
  expect(same).toBe(true)
  expect(steps.map((step) => step.to.value)).toEqual(['u3', 'e2'])
})

test('a plan, a preview or an explanation changes nothing', () => {
  fc.assert(
    fc.property(anyObservations, anyName, anyName, (observations, a, b) => {
      const state = newState(defaultIdentitySettings)
      learn(state, observations)
      fc.pre(lookUp(state, a) !== undefined && lookUp(state, b) !== undefined)
      const before = answersOf(state)
      const explained = explainSame(state, a, b)
      expect(explained.same).toBe(lookUp(state, a)!.person === lookUp(state, b)!.person)
      if (!explained.same) previewMerge(state, planMerge(state, a, b, { id: 'merge', at: 100 }))
      else if (a !== b) {
        expect(explained.steps.length).toBeGreaterThan(0)
        fc.pre(
          findKnown(state, a.kind, a.value)!.cluster.members.some(
            (m) => m.seen && nameOf(m).value !== a.value,
          ),
        )
        previewUnmerge(state, planUnmerge(state, a, b, { id: 'unmerge', at: 100 }))
      }
      expect(answersOf(state)).toEqual(before)
      expect(learn(state, [])).toEqual(learn(newState(tight), []))
    }),
  )
})
