import {
  type Align,
  type Block,
  type Blocks,
  type Design,
  networks,
  newBlockId,
  type Section,
} from './design.ts'
import { canonical, type Element, isElement, type Node, readMarkup, unescaped } from './markup.ts'
import { writeBlock, writeSection } from './write-mjml.ts'

type Said = { [K in keyof Blocks]: { kind: K } & Blocks[K] }[keyof Blocks]

/**
 * What the editor shows of MJML. Nothing is lost: an element is only shown as a block when writing that block gives
 * the same element again; everything else stays as code.
 */
export function readMjml(mjml: string): Design | undefined {
  const root = elements(readMarkup(mjml)).find(({ name }) => name === 'mjml')
  const body = root && elements(root.children).find(({ name }) => name === 'mj-body')
  if (!body) return undefined
  const head = elements(root.children).find(({ name }) => name === 'mj-head')
  const attributes = Object.entries(body.attributes).map(([key, value]) => `${key}="${value}"`)
  return { head: head?.inner ?? '', body: attributes.join(' '), sections: body.children.flatMap(readSection) }
}

const elements = (nodes: readonly Node[]): Element[] => nodes.filter(isElement)

function readSection(node: Node): Section[] {
  if (!isElement(node)) return node.text.trim() === '' ? [] : [code(node.text.trim())]
  if (node.name === 'hw-block')
    return [{ id: newBlockId(), background: '', code: null, columns: [[named(readBlock(node))]] }].map(alone)
  const columns = elements(node.children)
  const isPlain = node.name === 'mj-section' && columns.length >= 1 && columns.length <= 3
  if (!isPlain || columns.some(({ name }) => name !== 'mj-column')) return [code(node.source)]
  const section: Section = {
    id: newBlockId(),
    background: node.attributes['background-color'] ?? '',
    code: null,
    columns: columns.map(({ children }) => elements(children).map((one) => named(readBlock(one)))),
  }
  return [canonical(writeSection(section)) === canonical(node.source) ? section : code(node.source)]
}

/** Between sections a saved block is a section of its own. */
const alone = (section: Section): Section => {
  const block = section.columns[0]?.[0]
  return block?.kind === 'saved' ? { ...section, columns: [], code: writeBlock(block) } : section
}
const code = (mjml: string): Section => ({ id: newBlockId(), columns: [], background: '', code: mjml })
const named = (said: Said): Block => ({ ...said, id: newBlockId() }) as Block

function readBlock(element: Element): Said {
  const said = guess(element)
  const same = said && canonical(writeBlock(said)) === canonical(element.source)
  return same ? said : { kind: 'code', mjml: element.source }
}

function guess({ name, attributes, children, inner }: Element): Said | undefined {
  const align = (attributes.align ?? 'left') as Align
  const at = (key: string) => unescaped(attributes[key] ?? '')
  if (name === 'mj-divider') return { kind: 'divider' }
  if (name === 'mj-spacer') return { kind: 'spacer', height: Number.parseInt(at('height'), 10) || 0 }
  if (name === 'mj-image') {
    const width = Number.parseInt(at('width'), 10) || 0
    return { kind: 'image', src: at('src'), alt: at('alt'), href: at('href'), width }
  }
  if (name === 'mj-button')
    return { kind: 'button', label: inner.trim(), href: at('href'), align, colour: at('background-color') }
  if (name === 'hw-block') return { kind: 'saved', block: at('id'), version: Number(at('version')) || null }
  if (name !== 'mj-text') return undefined
  const level = /^hw-h([123])$/.exec(attributes['mj-class'] ?? '')?.[1]
  const [first] = elements(children)
  if (level) return { kind: 'heading', html: first?.inner ?? '', level: Number(level) as 1 | 2 | 3, align }
  if (attributes['mj-class'] === 'hw-footer') return { kind: 'footer', html: inner.trim() }
  const css = attributes['css-class']
  if (css === 'hw-social') return readSocial(elements(children), align)
  const piece = (suffix: string) => find(children, `${css}-${suffix}`)
  if (css === 'hw-card')
    return {
      kind: 'card',
      image: unescaped(elements(piece('image')?.children ?? [])[0]?.attributes.src ?? ''),
      title: piece('title')?.inner ?? '',
      text: piece('text')?.inner ?? '',
      price: elements(piece('price')?.children ?? [])[0]?.inner ?? '',
      label: piece('link')?.inner ?? '',
      href: unescaped(piece('link')?.attributes.href ?? ''),
    }
  if (css === 'hw-coupon')
    return {
      kind: 'coupon',
      title: piece('title')?.inner ?? '',
      code: elements(piece('code')?.children ?? [])[0]?.inner ?? '',
      note: piece('note')?.inner ?? '',
    }
  return { kind: 'text', html: inner.trim(), align }
}

function readSocial(links: readonly Element[], align: Align): Said | undefined {
  const items = links.flatMap(({ attributes }) => {
    const network = networks.find((one) => attributes.class === `hw-social-${one}`)
    return network ? [{ network, href: unescaped(attributes.href ?? '') }] : []
  })
  return { kind: 'social', align, items }
}

function find(nodes: readonly Node[], name: string): Element | undefined {
  for (const node of elements(nodes)) {
    const found = node.attributes.class === name ? node : find(node.children, name)
    if (found) return found
  }
  return undefined
}
