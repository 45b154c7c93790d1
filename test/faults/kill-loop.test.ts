import { expect, test } from 'vitest'
import { runKillLoop } from '#test/faults/kill-loop.ts'

// CI: 12 kills, two of each kind. The long run: KILLS=100 npm test test/faults/kill-loop.test.ts
const kills = Number(process.env.KILLS ?? 12)
const seed = Number(process.env.SEED ?? 20261122)

test(`${kills} kills under load: nothing acknowledged is lost, nothing counts twice`, {
  timeout: 60_000 + kills * 30_000,
}, async () => {
  const report = await runKillLoop({ kills, seed })
  const { lost, double, ghosts, notLogged, counter, agree, missingRetryAfter } = report
  // Shown with seed and numbers: this is the figure that is quoted.
  process.stderr.write(`${JSON.stringify({ seed, ...report })}\n`)
  expect({ lost, double, ghosts, notLogged }).toEqual({ lost: [], double: [], ghosts: [], notLogged: [] })
  expect(report.acknowledged).toBeGreaterThan(kills * 10)
  expect(counter.duplicate).toBeGreaterThan(0)
  const { accepted, projected, stored = 0, duplicate = 0, conflict = 0, rejected = 0 } = counter
  expect(stored + duplicate + conflict + rejected).toBe(accepted)
  expect(projected).toBe(accepted)
  expect({ stored, conflict, rejected }).toEqual({ stored: expect.any(Number), conflict: 0, rejected: 0 })
  expect(agree).toEqual({ events: true, people: true })
  expect(report.healed).toBe(0)
  expect(Object.keys(report.refused).filter((status) => status !== '503')).toEqual([])
  expect(missingRetryAfter).toBe(0)
})
