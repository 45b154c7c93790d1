import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { statusOfKind } from '#platform/errors.ts'
import { problemWords } from '#ui/problem-words.ts'

const src = join(import.meta.dirname, '..')
const isOfServer = (path: string) =>
  path.endsWith('.ts') && !/\.test\.ts$|\/testing\/|^(ui|web)\/|\/web\//.test(path)

// No screen ever shows these: the command line and a start that fails, when no server answers; and the tracking API,
// whose answers are read by SDKs.
const isForPrograms = (path: string, code: string) =>
  path.startsWith('app/') || /^(config|data_dir|pg|ch|migration|collect)\./.test(code)

/** Codes by the way they are written: first in an error, before a kind, or as the `code` of a kept one. */
function codesOf(text: string): string[] {
  const kinds = Object.keys(statusOfKind).join('|')
  const thrown = text.matchAll(new RegExp(`'([a-z_]+\\.[a-z_]+)',\\s*'(?:${kinds})'`, 'g'))
  const first = text.matchAll(/\bnew AppError\(\s*'([a-z_]+\.[a-z_]+)'/g)
  const kept = text.matchAll(/\bcode: '([a-z_]+\.[a-z_]+)'/g)
  return [...first, ...thrown, ...kept].map((match) => match[1] as string)
}

const found = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter(isOfServer)
  .flatMap((path) => codesOf(readFileSync(join(src, path), 'utf8')).map((code) => ({ path, code })))
const shown = new Set(found.filter(({ path, code }) => !isForPrograms(path, code)).map(({ code }) => code))

test('codes are found however they are written', () => {
  for (const code of [
    'segment.missing',
    'idempotency.answer_lost',
    'job.worker_lost',
    'job.superseded',
    'outbound.failed',
  ])
    expect(shown).toContain(code)
  expect(shown.size).toBeGreaterThan(70)
})

test.each(['zh', 'en'] as const)('every error code has words: %s', (language) => {
  const words: Record<string, string> = problemWords[language]
  expect([...shown].filter((code) => !words[code]).toSorted()).toEqual([])
})

test('no words are kept for codes that nothing throws', () => {
  const codes = Object.keys(problemWords.zh).filter((key) => key.includes('.') && !key.startsWith('network.'))
  expect(codes.filter((code) => !shown.has(code)).toSorted()).toEqual([])
})
