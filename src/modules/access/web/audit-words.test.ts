import { expect, test } from 'vitest'
import { auditActions } from './audit-words.ts'

const sources = Object.entries(
  import.meta.glob<string>('../../*/server/**/*.ts', { query: '?raw', import: 'default', eager: true }),
).filter(([file]) => !file.endsWith('.test.ts'))

/** Literals like 'tag.created' where an act is noted. */
const noted = new Set(
  sources.flatMap(([, text]) =>
    text
      .split('\n')
      .filter((line) => /\baction\b|\bnote\(/.test(line) && !line.includes('AppError'))
      .flatMap((line) => [...line.matchAll(/'([a-z_]+\.[a-z_]+)'/g)].map((match) => match[1] as string)),
  ),
)

test('whatever the server notes in the audit log has its words', () => {
  expect(noted.size).toBeGreaterThan(60)
  expect([...noted].filter((action) => !auditActions.includes(action))).toEqual([])
})
