import { expect, test } from 'vitest'
import { applyBatch, refoldAll } from './apply-observations.ts'
import { explainSame } from './explain-same.ts'
import { createIdentity, type IdentityState } from './identity-state.ts'
import { defaultIdentitySettings, type IdentitySettings } from './kind-rules.ts'
import { learnBatch, loadIdentifiers } from './learn-batch.ts'
import { identifierOfUnit, lookUp, stampUnit } from './look-up.ts'
import { type Decision, type Identifier, type Observation, textOf } from './observation.ts'
import { planMerge, previewMerge } from './plan-merge.ts'
import { planUnmerge, previewUnmerge } from './plan-unmerge.ts'
import { createInMemoryStore } from './testing/in-memory-store.ts'

function name(text: string): Identifier {
  const [kind = '', value = ''] = text.split('=')
  return { kind: { u: 'user_id', a: 'anonymous_id', e: 'email', p: 'phone' }[kind] ?? kind, value }
}

/** `seen(3, 'u=ann', 'a=tablet')`: one event at moment 3. */
function seen(time: number, ...ids: string[]): Observation {
  return { time, messageId: `m${time}`, source: 'web', ids: ids.map(name) }
}

function alias(time: number, previousId: string, userId: string): Observation {
  return { ...seen(time, `u=${userId}`), previousId }
}

function learned(
  observations: Observation[],
  settings: IdentitySettings = defaultIdentitySettings,
): IdentityState {
  let units = 0
  const state = createIdentity({ settings, nextUnit: () => ++units, inMemoryOnly: true })
  learn(state, observations)
  return state
}

function learn(state: IdentityState, observations: Observation[], ...decisions: Decision[]): void {
  expect(applyBatch(state, { observations, decisions })).toHaveProperty('delta')
}

function rootOf(state: IdentityState, text: string): string {
  return textOf(identifierOfUnit(state, lookUp(state, name(text))!.person)!)
}

function intervalsOf(state: IdentityState, text: string): [number | null, number | null, string][] {
  return lookUp(state, name(text))!.intervals.map(({ from, to, person }) => [
    from,
    to,
    textOf(identifierOfUnit(state, person)!),
  ])
}

const by = (id: string) => ({ id, at: 1_000 })

test('the first login claims the anonymous past of its device, and of everything linked with it', () => {
  const state = learned([seen(1, 'a=phone'), seen(2, 'a=phone', 'e=ann@x.cn'), seen(3, 'u=ann', 'a=phone')])
  expect([rootOf(state, 'a=phone'), rootOf(state, 'e=ann@x.cn')]).toEqual(['user_id:ann', 'user_id:ann'])
  expect(intervalsOf(state, 'a=phone')).toEqual([])
})

test('a tablet two children use in turn gives each their own time', () => {
  const state = learned([
    seen(1, 'a=tablet'),
    seen(10, 'u=ann', 'a=tablet'),
    seen(20, 'u=bo', 'a=tablet'),
    seen(25, 'u=bo', 'a=tablet'),
    seen(30, 'u=ann', 'a=tablet'),
  ])
  const shared = [
    [null, 20, 'user_id:ann'],
    [20, 30, 'user_id:bo'],
    [30, null, 'user_id:ann'],
  ]
  expect(intervalsOf(state, 'a=tablet')).toEqual(shared)
  learn(state, [seen(22, 'u=ann', 'a=tablet')])
  expect(intervalsOf(state, 'a=tablet')).toEqual([
    [null, 20, 'user_id:ann'],
    [20, 22, 'user_id:bo'],
    [22, 25, 'user_id:ann'],
    [25, 30, 'user_id:bo'],
    [30, null, 'user_id:ann'],
  ])
})

test('any claim of a device may matter to a late arrival, so none of them can be thrown away', () => {
  for (const late of [2, 4, 6, 8]) {
    const state = learned([1, 3, 5, 7, 9].map((time) => seen(time, 'u=ann', 'a=tablet')))
    learn(state, [seen(late, 'u=bo', 'a=tablet')])
    // Ann has it again from her next claim on: for each moment at which bo may turn up that is another one.
    expect(intervalsOf(state, 'a=tablet')).toEqual([
      [null, late, 'user_id:ann'],
      [late, late + 1, 'user_id:bo'],
      [late + 1, null, 'user_id:ann'],
    ])
  }
})

test('two logins with one phone stay two people, and the phone leads to both', () => {
  const state = learned([seen(1, 'u=ann', 'p=1'), seen(2, 'u=bo', 'p=1')])
  const answer = lookUp(state, name('p=1'))!
  expect(rootOf(state, 'p=1')).toBe('user_id:ann')
  expect(answer.holders.map((unit) => textOf(identifierOfUnit(state, unit)!))).toEqual(['user_id:bo'])
  // Without a login the shared phone chooses nobody: the new device stays alone.
  learn(state, [seen(3, 'p=1', 'a=kiosk')])
  expect(rootOf(state, 'a=kiosk')).toBe('anonymous_id:kiosk')
})

test('a contact leads an anonymous device to its login', () => {
  const state = learned([seen(1, 'u=ann', 'e=ann@x.cn'), seen(2, 'a=laptop', 'e=ann@x.cn')])
  expect(rootOf(state, 'a=laptop')).toBe('user_id:ann')
})

test('alias joins former logins and former devices under the given user id', () => {
  const state = learned([
    seen(1, 'u=old'),
    seen(2, 'a=web', 'e=w@x.cn'),
    alias(3, 'old', 'new'),
    alias(4, 'web', 'new'),
  ])
  expect(['u=old', 'u=new', 'a=web', 'e=w@x.cn'].map((text) => rootOf(state, text))).toEqual(
    Array(4).fill('user_id:new'),
  )
})

test('over the limit the identifier is left out and stands alone', () => {
  const kinds = {
    ...defaultIdentitySettings.kinds,
    email: { class: 'contact' as const, priority: 90, limit: 1 },
  }
  const state = learned([seen(1, 'u=ann', 'e=1@x.cn'), seen(2, 'u=ann', 'e=2@x.cn', 'p=1')], {
    ...defaultIdentitySettings,
    kinds,
  })
  expect(rootOf(state, 'e=2@x.cn')).toBe('email:2@x.cn')
  expect(rootOf(state, 'p=1')).toBe('user_id:ann')
})

test('unmerge takes a wrong phone out, with the device that only the phone had brought', () => {
  const state = learned([
    seen(1, 'u=ann', 'e=ann@x.cn'),
    seen(2, 'a=stranger', 'p=1'),
    seen(3, 'u=ann', 'p=1'),
  ])
  expect(rootOf(state, 'a=stranger')).toBe('user_id:ann')
  const unmerge = planUnmerge(state, name('p=1'), name('u=ann'), by('d1'))
  expect(previewUnmerge(state, unmerge).map(({ members }) => members.map(textOf).sort())).toEqual(
    expect.arrayContaining([
      ['email:ann@x.cn', 'user_id:ann'],
      ['anonymous_id:stranger', 'phone:1'],
    ]),
  )
  learn(state, [], unmerge)
  learn(state, [seen(5, 'u=ann', 'p=1')])
  expect([rootOf(state, 'p=1'), rootOf(state, 'a=stranger')]).toEqual(['phone:1', 'phone:1'])
  learn(state, [], planMerge(state, name('u=ann'), name('p=1'), by('d2')))
  expect(rootOf(state, 'a=stranger')).toBe('user_id:ann')
})

test('unmerging a login that shares an event with others leaves the others together', () => {
  const state = learned([seen(1, 'u=ann', 'a=phone', 'e=ann@x.cn')])
  learn(state, [], planUnmerge(state, name('u=ann'), name('a=phone'), by('d1')))
  expect(rootOf(state, 'u=ann')).toBe('user_id:ann')
  expect(rootOf(state, 'a=phone')).toBe(rootOf(state, 'e=ann@x.cn'))
  expect(rootOf(state, 'a=phone')).not.toBe('user_id:ann')
})

test('an aliased login leaves with what was its own', () => {
  const state = learned([
    seen(1, 'u=old', 'e=old@x.cn'),
    seen(2, 'u=new', 'e=new@x.cn'),
    alias(3, 'old', 'new'),
  ])
  learn(state, [], planUnmerge(state, name('u=old'), name('u=new'), by('d1')))
  expect([rootOf(state, 'e=old@x.cn'), rootOf(state, 'e=new@x.cn')]).toEqual(['user_id:old', 'user_id:new'])
  expect(() => planUnmerge(state, name('e=new@x.cn'), name('u=old'), by('d2'))).toThrowError(
    expect.objectContaining({ code: 'identity.not_theirs' }),
  )
})

test('a merge preview names what moves, the root and the logins it would join', () => {
  const state = learned([seen(1, 'u=ann', 'p=1'), seen(2, 'u=bo', 'e=bo@x.cn')])
  const merge = planMerge(state, name('p=1'), name('u=bo'), by('d1'), name('u=bo'))
  const { root, moves, logins } = previewMerge(state, merge)
  expect(textOf(root)).toBe('user_id:bo')
  expect(moves.map(textOf).sort()).toEqual(['phone:1', 'user_id:ann'])
  expect(logins.map(textOf).sort()).toEqual(['user_id:ann', 'user_id:bo'])
  expect(rootOf(state, 'p=1')).toBe('user_id:ann')
})

test('an explanation is the chain of evidence, or the reason against', () => {
  const state = learned([
    seen(1, 'a=phone', 'e=ann@x.cn'),
    seen(2, 'u=ann', 'a=phone'),
    seen(3, 'u=bo', 'a=phone'),
    seen(4, 'u=lone'),
  ])
  const chain = explainSame(state, name('e=ann@x.cn'), name('u=ann'))
  expect(chain.same).toBe(true)
  expect(chain.steps.map(({ rule, evidence, source }) => [rule, evidence, source])).toEqual([
    ['claimed', 'm1', 'web'],
    ['claimed', 'm2', 'web'],
  ])
  expect(explainSame(state, name('u=ann'), name('u=bo')).why).toBe('two_logins')
  expect(explainSame(state, name('a=phone'), name('u=bo')).why).toBe('shared_device')
  expect(explainSame(state, name('u=lone'), name('u=bo')).why).toBe('never_seen_together')
  learn(state, [], planUnmerge(state, name('e=ann@x.cn'), name('u=ann'), by('d1')))
  expect(explainSame(state, name('e=ann@x.cn'), name('u=ann')).why).toBe('parted')
})

test('an event is stamped with its login, else its strongest contact, else its device', () => {
  const state = learned([seen(1, 'u=ann', 'p=1', 'e=ann@x.cn', 'a=phone')])
  const stamp = (...texts: string[]) => textOf(identifierOfUnit(state, stampUnit(state, texts.map(name))!)!)
  expect(stamp('a=phone', 'p=1', 'u=ann')).toBe('user_id:ann')
  expect(stamp('a=phone', 'p=1', 'e=ann@x.cn')).toBe('email:ann@x.cn')
  expect(stamp('a=phone')).toBe('anonymous_id:phone')
  expect(stampUnit(state, [name('a=never')])).toBeUndefined()
})

test('new limits reach old people when everything is folded again', async () => {
  const store = createInMemoryStore()
  let units = 0
  const options = { settings: defaultIdentitySettings, nextUnit: () => ++units }
  const observations = [seen(1, 'u=ann', 'e=1@x.cn'), seen(2, 'u=ann', 'e=2@x.cn')]
  store.write(await learnBatch(store, createIdentity(options), { observations }))
  const kinds = { ...options.settings.kinds, email: { class: 'contact' as const, priority: 90, limit: 1 } }
  const stricter = createIdentity({ ...options, settings: { ...options.settings, kinds } })
  await loadIdentifiers(store, stricter, [name('u=ann')])
  const changed = refoldAll(stricter).identifiers.map(({ row, before }) => [
    textOf(row),
    before?.person,
    row.person,
  ])
  expect(changed).toEqual([['email:2@x.cn', 1, 3]])
})
