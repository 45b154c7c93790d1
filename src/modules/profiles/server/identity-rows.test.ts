import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { guestsOf } from '#modules/profiles/server/identity-rows.ts'
import { identify, numberOf, track } from '#modules/profiles/server/testing/tell-people.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

type Answer = { unit: number; person: number; intervals: { person: number }[]; holders: number[] }

/** Pairs that are kept, and those that follow from the answers. */
async function guestPairs(app: TestApp, ws: TestWorkspace) {
  const workspace = await numberOf(app, ws)
  return app.database.system(async (tx) => {
    const kept = await tx.rows<{ person: number; unit: number }>(sql`
      select person, unit from profiles.identifier_guest where workspace_id = ${workspace}`)
    const answers = await tx.rows<Answer>(sql`
      select unit, person, intervals, holders::float8[] as holders from profiles.identifier
      where workspace_id = ${workspace}`)
    return {
      kept: kept.map((one) => `${one.person} at ${one.unit}`).sort(),
      due: answers
        .flatMap((one) => guestsOf(one as never).map((person) => `${person} at ${one.unit}`))
        .sort(),
    }
  })
}

const aCall = fc.record({
  minute: fc.integer({ min: 0, max: 40 }),
  user: fc.integer({ min: 0, max: 3 }),
  device: fc.integer({ min: 0, max: 1 }),
  phone: fc.integer({ min: 0, max: 1 }),
  kind: fc.constantFrom('login', 'anonymous', 'phone', 'both'),
})

test('guests of shared devices and phones are kept as the answers say, whatever comes in whatever order', {
  timeout: 120_000,
}, async () => {
  const app = await startTestApp()
  let shared = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(aCall, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 4 }),
      async (batches) => {
        const ws = await app.workspace()
        for (const batch of batches) {
          await ws.send(
            ...batch.map(({ minute, user, device, phone, kind }) => {
              const anonymousId = `d${device}`
              if (kind === 'anonymous') return track(minute, 'Seen', { anonymousId })
              const traits = kind === 'login' ? {} : { phone: `1380000000${phone}` }
              return identify(minute, `u${user}`, traits, kind === 'phone' ? {} : { anonymousId })
            }),
          )
          await ws.settled()
          const { kept, due } = await guestPairs(app, ws)
          expect(kept).toEqual(due)
          shared += due.length
        }
      },
    ),
    { numRuns: 25 },
  )
  expect(shared).toBeGreaterThan(50)
})
