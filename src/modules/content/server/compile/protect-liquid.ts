import type { Piece } from './pieces.ts'

/** Elements of MJML that hold elements, not text: Liquid among their children stands in rows of its own. */
const containers =
  /^(mjml|mj-head|mj-body|mj-wrapper|mj-section|mj-group|mj-column|mj-hero|mj-navbar|mj-social|mj-accordion|mj-accordion-element|mj-carousel)$/

/**
 * MJML with every piece of Liquid stood in for by a word that no attribute, element or rule of MJML takes amiss, quotes
 * inside of quotes included; `restore` puts them back into the HTML. Between sections, columns and rows the word is
 * wrapped in mj-raw, because MJML drops loose text there.
 */
export function protectLiquid(pieces: readonly Piece[]): { text: string; restore(html: string): string } {
  const kept: string[] = []
  const word = pieces
    .map((piece) => (piece.kind === 'text' ? piece.source : `hwlq${kept.push(piece.source) - 1}q`))
    .join('')
  return {
    text: wrapLoose(word),
    restore: (html) => html.replace(/hwlq(\d+)q/g, (all, number: string) => kept[Number(number)] ?? all),
  }
}

const element = /<!--[\s\S]*?-->|<(\/?)([a-zA-Z][\w-]*)((?:"[^"]*"|'[^']*'|[^>"'])*?)(\/?)>/y

function wrapLoose(text: string): string {
  const open: string[] = []
  let out = ''
  let at = 0
  while (at < text.length) {
    const next = text.indexOf('<', at)
    const loose = next < 0 ? text.slice(at) : text.slice(at, next)
    const isLoose = open.length > 0 && containers.test(open.at(-1) ?? '')
    out += isLoose ? loose.replace(/hwlq\d+q(\s*hwlq\d+q)*/g, '<mj-raw>$&</mj-raw>') : loose
    if (next < 0) break
    element.lastIndex = next
    const found = element.exec(text)
    if (!found) {
      out += '<'
      at = next + 1
      continue
    }
    out += found[0]
    at = next + found[0].length
    const name = found[2]?.toLowerCase()
    if (!name || found[4] === '/') continue
    if (found[1] === '/') {
      const last = open.lastIndexOf(name)
      if (last >= 0) open.length = last
    } else if (containers.test(name)) open.push(name)
    else if (name.startsWith('mj-')) {
      // Its inside is text and HTML, to the end of it.
      const end = text.indexOf(`</${found[2]}`, at)
      const to = end < 0 ? text.length : end
      out += text.slice(at, to)
      at = to
    }
  }
  return out
}
