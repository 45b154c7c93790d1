import { type Block, type Blocks, type Design, newBlockId, type Section } from '../../design/design.ts'

export const findBlock = (design: Design, id: string): Block | undefined =>
  design.sections.flatMap(({ columns }) => columns.flat()).find((block) => block.id === id)

const inColumns = (design: Design, change: (blocks: Block[]) => Block[]): Design => ({
  ...design,
  sections: design.sections.map((section) => ({ ...section, columns: section.columns.map(change) })),
})

export const changeBlock = (design: Design, next: Block): Design =>
  inColumns(design, (blocks) => blocks.map((block) => (block.id === next.id ? next : block)))

export const removeBlock = (design: Design, id: string): Design =>
  inColumns(design, (blocks) => blocks.filter((block) => block.id !== id))

export const duplicateBlock = (design: Design, id: string): Design =>
  inColumns(design, (blocks) =>
    blocks.flatMap((block) => (block.id === id ? [block, { ...block, id: newBlockId() }] : [block])),
  )

/** By one place; at the end of its column it goes on into the next column or row, so that keys reach every place. */
export function moveBlock(design: Design, id: string, by: -1 | 1): Design {
  const places = design.sections.flatMap(({ columns }, section) =>
    columns.map((_blocks, column) => ({ section, column })),
  )
  const at = places.findIndex(({ section, column }) =>
    columnOf(design, section, column).some((one) => one.id === id),
  )
  const place = places[at]
  if (!place) return design
  const blocks = columnOf(design, place.section, place.column)
  const index = blocks.findIndex((one) => one.id === id)
  const inside = index + by >= 0 && index + by < blocks.length
  const target = inside ? place : places[at + by]
  const block = blocks[index]
  if (!target || !block) return design
  const to = inside ? index + by : by > 0 ? 0 : columnOf(design, target.section, target.column).length
  return insertBlock(removeBlock(design, id), target, to, block)
}

export type Place = { section: number; column: number }
const columnOf = (design: Design, section: number, column: number): Block[] =>
  design.sections[section]?.columns[column] ?? []

export const insertBlock = (
  design: Design,
  { section, column }: Place,
  at: number,
  block: Block,
): Design => ({
  ...design,
  sections: design.sections.map((one, index) =>
    index === section
      ? {
          ...one,
          columns: one.columns.map((blocks, where) =>
            where === column ? blocks.toSpliced(at, 0, block) : blocks,
          ),
        }
      : one,
  ),
})

/** To a place before another block, or at the end of a column: what a drag ends with. */
export function dropBlock(design: Design, id: string, place: Place, before: string | undefined): Design {
  const block = findBlock(design, id)
  if (!block || before === id) return design
  const without = removeBlock(design, id)
  const blocks = columnOf(without, place.section, place.column)
  const at = before === undefined ? -1 : blocks.findIndex((one) => one.id === before)
  return insertBlock(without, place, at < 0 ? blocks.length : at, block)
}

export const changeSection = (
  design: Design,
  id: string,
  change: (section: Section) => Section[],
): Design => ({
  ...design,
  sections: design.sections.flatMap((section) => (section.id === id ? change(section) : [section])),
})

export function moveSection(design: Design, id: string, by: -1 | 1): Design {
  const at = design.sections.findIndex((section) => section.id === id)
  const section = design.sections[at]
  if (!section || at + by < 0 || at + by >= design.sections.length) return design
  return { ...design, sections: design.sections.toSpliced(at, 1).toSpliced(at + by, 0, section) }
}

export const copySection = (section: Section): Section => ({
  ...section,
  id: newBlockId(),
  columns: section.columns.map((blocks) => blocks.map((block) => ({ ...block, id: newBlockId() }))),
})

export const newSection = (columns: number): Section => ({
  id: newBlockId(),
  columns: Array.from({ length: columns }, () => []),
  background: '#FFFFFF',
  code: null,
})

const blanks: Blocks = {
  text: { html: '<p></p>', align: 'left' },
  heading: { html: '', level: 2, align: 'left' },
  image: { src: '', alt: '', href: '', width: 0 },
  button: { label: '', href: 'https://', align: 'center', colour: '' },
  divider: {},
  spacer: { height: 24 },
  social: { align: 'center', items: [{ network: 'wechat', href: 'https://' }] },
  card: { image: '', title: '', text: '', price: '', label: '', href: 'https://' },
  coupon: { title: '', code: '{{ coupon.code }}', note: '' },
  footer: { html: '<a href="{{ links.preferences }}">…</a> · <a href="{{ links.unsubscribe }}">…</a>' },
  saved: { block: '', version: null },
  code: { mjml: '<mj-text></mj-text>' },
}
export const newBlock = (kind: keyof Blocks, words: Partial<Record<'label' | 'title', string>>): Block => {
  const blank = blanks[kind]
  const said = 'label' in blank ? { label: words.label ?? '' } : {}
  const named = kind === 'heading' ? { html: words.title ?? '' } : {}
  return { ...blank, ...said, ...named, id: newBlockId(), kind } as Block
}
