import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Block, type Design, networks } from './design.ts'
import { canonical } from './markup.ts'
import { readMjml } from './read-mjml.ts'
import { startingTemplates } from './starting-templates.ts'
import { writeMjml } from './write-mjml.ts'

const align = fc.constantFrom('left' as const, 'center' as const, 'right' as const)
const words = fc.constantFrom(
  'Hello',
  '你好',
  '{{ person.first_name | default: "you" }}',
  'a & b',
  '<b>bold</b> text',
  '',
)
const plain = fc.constantFrom(
  'Hello',
  '你好',
  `a "quoted" & <odd> word`,
  "{{ person.name | default: 'you' }}",
  '',
)
const url = fc.constantFrom(
  'https://a.example/?x=1&y=2',
  '{{ links.unsubscribe }}',
  'https://a.example/{{ person.id }}',
  '',
)
const id = fc.constant('')
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ id, kind: fc.constant('text' as const), html: words, align }),
  fc.record({
    id,
    kind: fc.constant('heading' as const),
    html: words,
    level: fc.constantFrom(1 as const, 2 as const, 3 as const),
    align,
  }),
  fc.record({ id, kind: fc.constant('image' as const), src: url, alt: plain, href: url, width: fc.nat(600) }),
  fc.record({
    id,
    kind: fc.constant('button' as const),
    label: words,
    href: url,
    align,
    colour: fc.constantFrom('', '#0B6BCB'),
  }),
  fc.record({ id, kind: fc.constant('divider' as const) }),
  fc.record({ id, kind: fc.constant('spacer' as const), height: fc.nat(100) }),
  fc.record({
    id,
    kind: fc.constant('social' as const),
    align,
    items: fc.array(fc.record({ network: fc.constantFrom(...networks), href: url }), { maxLength: 3 }),
  }),
  fc.record({
    id,
    kind: fc.constant('card' as const),
    image: url,
    title: words,
    text: words,
    price: words,
    label: words,
    href: url,
  }),
  fc.record({ id, kind: fc.constant('coupon' as const), title: words, code: words, note: words }),
  fc.record({ id, kind: fc.constant('footer' as const), html: words }),
  fc.record({
    id,
    kind: fc.constant('saved' as const),
    block: fc.constant('blk_1'),
    version: fc.constantFrom(null, 2),
  }),
)
const design: fc.Arbitrary<Design> = fc.record({
  head: fc.constantFrom('<hw-brand />', ''),
  body: fc.constantFrom('', 'background-color="#F6F8FA"'),
  sections: fc.array(
    fc.record({
      id,
      background: fc.constantFrom('', '#FFFFFF'),
      code: fc.constant(null),
      columns: fc.array(fc.array(block, { maxLength: 4 }), { minLength: 1, maxLength: 3 }),
    }),
    { maxLength: 4 },
  ),
})

test('what the editor writes it reads as the same blocks', () => {
  fc.assert(
    fc.property(design, (given) => {
      const mjml = writeMjml(given)
      const read = readMjml(mjml)
      expect(read && canonical(writeMjml(read))).toBe(canonical(mjml))
      expect(read?.sections.map(({ code }) => code)).toEqual(given.sections.map(() => null))
      expect(
        read?.sections.map((one) => one.columns.map((column) => column.map(({ kind }) => kind))),
      ).toEqual(given.sections.map((one) => one.columns.map((column) => column.map(({ kind }) => kind))))
    }),
  )
})

test('what there is no form for stays as it is written', () => {
  const hero = '<mj-hero mode="fixed-height"><mj-text>big</mj-text></mj-hero>'
  const odd = '<mj-text line-height="3">loose</mj-text>'
  const read = readMjml(
    `<mjml><mj-body>{% if person.vip %}${hero}{% endif %}<mj-section><mj-column>${odd}<mj-divider /></mj-column></mj-section></mj-body></mjml>`,
  )
  expect(read?.sections.map(({ code }) => code)).toEqual(['{% if person.vip %}', hero, '{% endif %}', null])
  expect(read?.sections[3]?.columns[0]).toMatchObject([{ kind: 'code', mjml: odd }, { kind: 'divider' }])
})

test('every starting template is shown as blocks, whole', () => {
  for (const { key, mjml } of startingTemplates) {
    const read = readMjml(mjml)
    const kinds = read?.sections.flatMap(({ code, columns }) =>
      code === null ? columns.flat().map(({ kind }) => kind) : ['code'],
    )
    expect({ key, code: kinds?.includes('code') }).toEqual({ key, code: false })
  }
})
