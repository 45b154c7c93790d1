import { expect, test } from 'vitest'
import type { Words } from '#ui/i18n.ts'

const catalogues = Object.entries(
  import.meta.glob<Record<string, unknown>>('../**/*-words.ts', { eager: true }),
).flatMap(([file, exports]) =>
  Object.values(exports).flatMap((value): [string, Words][] => (isWords(value) ? [[file, value]] : [])),
)
const sources = Object.entries(
  import.meta.glob<string>('../**/*.tsx', { query: '?raw', import: 'default', eager: true }),
)

function isWords(value: unknown): value is Words {
  return value !== null && typeof value === 'object' && 'zh' in value && 'en' in value && 'area' in value
}

const filledIn = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).toSorted()

test('the catalogues are found', () => {
  expect(catalogues.length).toBeGreaterThan(8)
  expect(new Set(catalogues.map(([, words]) => words.area)).size).toBe(catalogues.length)
})

test.each(catalogues)('%s says everything in both languages, with the same values', (_, { zh, en }) => {
  const english = Object.keys(en).filter((key) => !(key.endsWith('_one') && key.slice(0, -4) in en))
  expect(english.toSorted()).toEqual(Object.keys(zh).toSorted())
  for (const key of Object.keys(zh)) expect(filledIn(en[key] ?? ''), key).toEqual(filledIn(zh[key] ?? ''))
})

test.each(catalogues)('%s uses full-width punctuation beside Chinese', (_, { zh }) => {
  const wrong = Object.values(zh).filter((text) => /\p{Script=Han}[,;:!?]|[,;!?]\p{Script=Han}/u.test(text))
  expect(wrong).toEqual([])
})

/** Brands and names of languages read the same everywhere. */
const untranslated = new Set(['Headwater'])

test('no text for readers stands outside the catalogues', () => {
  const found = sources.flatMap(([file, source]) => {
    const code = source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
    const texts = [
      ...[...code.matchAll(/>([^<>{}=;()]*\p{L}{2,}[^<>{}=;()]*)<\//gu)].map(
        (match) => match[1]?.trim() ?? '',
      ),
      ...[
        ...code.matchAll(/\s(?:title|label|placeholder|alt|aria-label|text)="([^"]*\p{L}{2,}[^"]*)"/gu),
      ].map((match) => match[1] ?? ''),
    ]
    return texts.filter((text) => text !== '' && !untranslated.has(text)).map((text) => `${file}: ${text}`)
  })
  expect(found).toEqual([])
})
