import { expect, test } from 'vitest'
import { TrendQuestion } from '#modules/analytics/contract/trend.ts'
import { openReads } from '#modules/analytics/server/kept/reads.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import { askCombinations } from '#modules/analytics/server/trend/ask-combinations.ts'
import { newBindings } from '#modules/rules/index.ts'
import { AppError } from '#platform/errors.ts'

const question = TrendQuestion.parse({
  kind: 'trend',
  series: [{ event: 'A' }],
  breakdown: ['channel'],
  range: { from: '2026-01-01', to: '2026-01-02' },
})

const inquiry = (ask: Inquiry['ask']): Inquiry =>
  ({
    ctx: { workspace: { num: 1 } },
    zone: 'UTC',
    days: { from: '2026-01-01', to: '2026-01-02', fromMs: 0, untilMs: 1 },
    bindings: newBindings('q'),
    person: 'unit',
    whom: [],
    mask: { full: true },
    reads: openReads(0),
    ask,
  }) as unknown as Inquiry

test('more combinations than one reading should carry: ranked first, as before', async () => {
  const tooMany = new AppError('analytics.took_too_long', 'invalid', 'too many rows')
  const asked: string[] = []
  const combined = await askCombinations(
    inquiry(async (sql) => {
      asked.push(sql)
      throw tooMany
    }),
    question,
    [],
  )
  expect(combined).toBeUndefined()
  expect(asked[0]).toMatch(/max_rows_to_group_by = 20000, group_by_overflow_mode = 'throw'/)
})

test('any other failure is one', async () => {
  const fault = new AppError('analytics.cancelled', 'conflict', 'gone')
  await expect(
    askCombinations(
      inquiry(() => Promise.reject(fault)),
      question,
      [],
    ),
  ).rejects.toBe(fault)
})
