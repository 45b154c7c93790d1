import { applyBatch } from '../apply-observations.ts'
import { createIdentity } from '../identity-state.ts'
import { defaultIdentitySettings } from '../kind-rules.ts'
import type { Observation } from '../observation.ts'

// Run by hand: node src/modules/profiles/identity/testing/measure-throughput.ts
// Figures of one machine at one moment; the README quotes them with the date.

const batchSize = 5_000

/** Observations per second over batches, with the state kept in memory and every delta collected. */
function measure(name: string, batches: Observation[][], prepare: Observation[][] = []): void {
  let units = 0
  const state = createIdentity({ settings: defaultIdentitySettings, nextUnit: () => ++units })
  const take = (observations: Observation[]) => {
    for (;;) {
      const outcome = applyBatch(state, { observations })
      if ('delta' in outcome) return outcome.delta.identifiers.length
      // Nothing stored: what is asked for is new.
      for (const id of outcome.needs.identifiers) state.absent?.add(`${id.kind}:${id.value}`)
      if (outcome.needs.claims.length > 0) throw new Error('claims asked for')
    }
  }
  for (const batch of prepare) take(batch)
  const start = performance.now()
  let changed = 0
  for (const batch of batches) changed += take(batch)
  const seconds = (performance.now() - start) / 1000
  const count = batches.length * batchSize
  process.stdout.write(
    `${name}: ${Math.round(count / seconds)} observations/s, ${changed} identifiers written\n`,
  )
}

function makeBatches(count: number, make: (n: number) => Observation['ids'], from = 0): Observation[][] {
  return Array.from({ length: count }, (_, b) =>
    Array.from({ length: batchSize }, (_, i) => {
      const n = from + b * batchSize + i
      return { time: n, messageId: `message-${n}`, ids: make(n) }
    }),
  )
}

const people = 20_000
const seen = (n: number) => [
  { kind: 'user_id', value: `user-${n % people}` },
  { kind: 'anonymous_id', value: `device-${n % people}` },
]
const once = makeBatches(people / batchSize, seen)
measure('nothing new (login + device again)', makeBatches(100, seen, people), once)
measure(
  'one device, no login, again',
  makeBatches(100, (n) => [{ kind: 'anonymous_id', value: `device-${n % people}` }], people),
  once,
)
measure(
  'always new (login + device + email)',
  makeBatches(40, (n) => [
    { kind: 'user_id', value: `new-${n}` },
    { kind: 'anonymous_id', value: `new-device-${n}` },
    { kind: 'email', value: `new-${n}@example.com` },
  ]),
)
measure(
  'always new (lone device)',
  makeBatches(40, (n) => [{ kind: 'anonymous_id', value: `lone-${n}` }]),
)
measure(
  'a shared device changes hands every time',
  makeBatches(20, (n) => [
    { kind: 'user_id', value: `child-${n % 2}-${n % 500}` },
    { kind: 'anonymous_id', value: `tablet-${n % 250}` },
  ]),
)
measure('late: each batch before the one before', makeBatches(20, seen).reverse())
