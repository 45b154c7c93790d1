import { ElementType, parseDocument } from 'htmlparser2'

/** An element of MJML as it was read. */
export type Element = {
  name: string
  attributes: Record<string, string>
  children: Node[]
  source: string
  inner: string
}
export type Node = Element | { text: string }

const liquid = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g

/** Reads MJML with Liquid in it; the Liquid is stood in for by words while it is read, because of the quotes in it. */
export function readMarkup(source: string): Node[] {
  const kept: string[] = []
  const plain = source.replace(liquid, (one) => `hwlq${kept.push(one) - 1}q`)
  const back = (text: string) => text.replace(/hwlq(\d+)q/g, (all, at: string) => kept[Number(at)] ?? all)
  const document = parseDocument(plain, {
    xmlMode: true,
    withStartIndices: true,
    withEndIndices: true,
    decodeEntities: false,
  })
  type Given = (typeof document.children)[number]
  const read = (nodes: readonly Given[]): Node[] =>
    nodes.flatMap((node): Node[] => {
      if (node.type === ElementType.Text) return [{ text: back(node.data) }]
      if (!('attribs' in node)) return []
      const whole = plain.slice(node.startIndex ?? 0, (node.endIndex ?? 0) + 1)
      const first = node.children[0]
      const last = node.children.at(-1)
      const inner = first && last ? plain.slice(first.startIndex ?? 0, (last.endIndex ?? 0) + 1) : ''
      const attributes = Object.fromEntries(
        Object.entries(node.attribs).map(([key, value]) => [key, back(value)]),
      )
      return [
        {
          name: node.name,
          attributes,
          children: read(node.children),
          source: back(whole),
          inner: back(inner),
        },
      ]
    })
  return read(document.children)
}

export const isElement = (node: Node): node is Element => 'name' in node

/** One spelling for what means the same: attributes in order, white space single. */
export function canonical(source: string): string {
  const write = (node: Node): string => {
    if (!isElement(node)) return node.text.replace(/\s+/g, ' ').trim()
    const attributes = Object.entries(node.attributes)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => ` ${key}="${value.trim()}"`)
    return `<${node.name}${attributes.join('')}>${node.children.map(write).join('')}</${node.name}>`
  }
  return readMarkup(source).map(write).join('')
}

/** For attributes: quotes and signs of markup, but Liquid stays as it is, with its quotes made single. */
export function attribute(value: string): string {
  let out = ''
  let at = 0
  for (const found of value.matchAll(liquid)) {
    out += escaped(value.slice(at, found.index)) + found[0].replaceAll('"', "'")
    at = found.index + found[0].length
  }
  return out + escaped(value.slice(at))
}

const escaped = (text: string) =>
  text
    .replace(/&(?!(#\d+|\w+);)/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

/** The text an attribute says. */
export const unescaped = (text: string): string =>
  text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
