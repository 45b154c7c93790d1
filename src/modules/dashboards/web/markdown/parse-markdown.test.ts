import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Block, parseMarkdown, safeHref } from './parse-markdown.ts'

const kinds = (source: string) => parseMarkdown(source).map(({ kind }) => kind)

test('notes are headings, paragraphs, lists, code and links', () => {
  const source =
    '# Title\n\nSome **bold *and* more** text\nsecond line\n- one\n- two\n\n1. a\n2) b\n---\n```\n<b>x</b>\n```'
  expect(kinds(source)).toEqual(['heading', 'paragraph', 'list', 'list', 'rule', 'code'])
  expect(parseMarkdown('[docs](https://a.example/x) `a*b*`')).toEqual([
    {
      kind: 'paragraph',
      lines: [
        [
          { kind: 'link', href: 'https://a.example/x', parts: [{ kind: 'text', text: 'docs' }] },
          { kind: 'text', text: ' ' },
          { kind: 'code', text: 'a*b*' },
        ],
      ],
    },
  ])
})

test('HTML and addresses that do something are text', () => {
  for (const address of [
    'javascript:alert(1)',
    'data:text/html,x',
    '//evil.example',
    '/\\evil.example',
    'vbscript:x',
  ])
    expect([address, safeHref(address)]).toEqual([address, undefined])
  expect(safeHref('/people')).toBe('/people')
  const [block] = parseMarkdown('<img src=x onerror=alert(1)> [x](javascript:alert)')
  expect(JSON.stringify(block)).not.toContain('"link"')
  expect(block).toMatchObject({
    lines: [[{ kind: 'text', text: '<img src=x onerror=alert(1)> ' }, { kind: 'text' }]],
  })
})

test('whatever is written is read in the end, and its words stay', () => {
  const textOf = (part: unknown): string =>
    typeof part === 'object' && part !== null
      ? Object.entries(part)
          .map(([key, value]) =>
            key === 'text' ? String(value) : typeof value === 'object' ? textOf(value) : '',
          )
          .join('')
      : ''
  const piece = fc.constantFrom(
    '*',
    '**',
    '`',
    '[',
    '](',
    ')',
    'a',
    '好',
    ' ',
    '\n',
    '# ',
    '- ',
    '1. ',
    '```',
    'https://x.y',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const source = pieces.join('')
      const blocks: Block[] = parseMarkdown(source)
      const words = (text: string) => [...text.matchAll(/[a好]/g)].length
      expect(words(blocks.map(textOf).join(''))).toBeLessThanOrEqual(words(source))
    }),
    { numRuns: 500, seed: 11 },
  )
})
