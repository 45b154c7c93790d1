import { type LinkTable, numberOfLink } from './annotate-text.ts'
import type { Found } from './found.ts'
import { decodeEntities } from './html-text.ts'
import { filtered, insideOf, type Piece } from './pieces.ts'

type Mode = 'text' | 'tag' | 'value' | 'comment' | 'rawtext'
type State = { mode: Mode; tag: string; attribute: string; quote: string }
const urlAttributes = new Set(['href', 'src', 'action', 'background', 'poster', 'cite', 'xlink:href'])
const running = new Set(['script', 'iframe', 'object', 'embed', 'base', 'applet', 'frame'])

/**
 * Puts behind every output the filter of the place it prints in: text and quoted attributes are escaped, addresses are
 * encoded or refused, styles reduced. Branches must end in one place, as in Go's html/template, so that what is a place
 * does not depend on the person. Links are put into the table.
 */
export function annotateHtml(
  pieces: readonly Piece[],
  links: LinkTable,
  report: (found: Found) => void,
): string {
  const out: string[] = []
  let state: State = { mode: 'text', tag: '', attribute: '', quote: '' }
  let value: Piece[] = []
  const branches: { start: State; ends: State[]; line: number }[] = []
  const isUrl = () => state.mode === 'value' && urlAttributes.has(state.attribute) && state.quote !== ''
  const put = (piece: Piece) => (isUrl() ? value.push(piece) : out.push(printed(piece)))

  function printed(piece: Piece): string {
    if (piece.kind !== 'output') return piece.source
    if (state.mode === 'tag' || (state.mode === 'value' && state.quote === ''))
      report({ code: 'attribute_unquoted', line: piece.line, said: piece.source })
    if (state.mode === 'rawtext') return filtered(piece.source, 'hw_css')
    return filtered(
      piece.source,
      state.mode === 'value' && state.attribute === 'style' ? 'hw_css' : 'hw_html',
    )
  }

  function branch({ name, line }: Piece): void {
    if (/^(if|unless|case|for)$/.test(name)) branches.push({ start: { ...state }, ends: [], line })
    const open = branches.at(-1)
    if (!open) return
    if (/^(else|elsif|when)$/.test(name)) {
      // What stands between `case` and the first `when` is never printed.
      if (!(name === 'when' && open.ends.length === 0)) open.ends.push(state)
      state = { ...open.start }
    }
    if (!/^end(if|unless|case|for)$/.test(name)) return
    branches.pop()
    const ends = [...open.ends, state, open.start]
    if (new Set(ends.map((end) => JSON.stringify({ ...end, tag: '' }))).size > 1)
      report({ code: 'branches_differ', line: open.line, said: '' })
  }

  function endValue(): void {
    if (value.length > 0) out.push(printUrl(value, state, links))
    value = []
  }

  function scan(piece: Piece): void {
    const { source } = piece
    let from = 0
    const flush = (to: number) => {
      if (to > from) put({ ...piece, source: source.slice(from, to) })
      from = to
    }
    let at = 0
    while (at < source.length) {
      if (state.mode === 'text') {
        const next = source.indexOf('<', at)
        if (next < 0) break
        at = openTag(source, next)
      } else if (state.mode === 'comment') {
        const end = source.indexOf('-->', at)
        if (end < 0) break
        at = end + 3
        state = { ...state, mode: 'text' }
      } else if (state.mode === 'rawtext') {
        const end = source.slice(at).search(new RegExp(`</${state.tag}`, 'i'))
        if (end < 0) break
        at += end + 2
        state = { ...state, mode: 'tag', tag: `/${state.tag}` }
      } else if (state.mode === 'tag') at = inTag(source, at, flush)
      else {
        const end =
          state.quote === '' ? source.slice(at).search(/[\s>]/) : source.slice(at).search(state.quote)
        if (end < 0) break
        flush(at + end)
        endValue()
        at += end + (state.quote === '' ? 0 : 1)
        state = { ...state, mode: 'tag', attribute: '', quote: '' }
      }
    }
    flush(source.length)
  }

  function openTag(source: string, at: number): number {
    const rest = source.slice(at, at + 200)
    // Parts for Outlook alone are markup like the rest: only their bounds are skipped.
    const bound = /^<!--\[if[^\]]*\]>(<!-->|<!--)?|^<!--<!\[endif\]-->|^<!\[endif\]-->|^<![a-z][^>]*>/i.exec(
      rest,
    )
    if (bound) return at + bound[0].length
    if (rest.startsWith('<!--')) {
      state = { ...state, mode: 'comment' }
      return at + 4
    }
    const name = /^<(\/?[a-zA-Z][\w:-]*)/.exec(rest)
    if (!name?.[1]) return at + 1
    state = { mode: 'tag', tag: name[1].toLowerCase(), attribute: '', quote: '' }
    return at + name[0].length
  }

  function inTag(source: string, at: number, flush: (to: number) => void): number {
    const rest = source.slice(at, at + 300)
    if (rest[0] === '>') {
      const isRaw = state.tag === 'style' || state.tag === 'script'
      state = { ...state, mode: isRaw ? 'rawtext' : 'text' }
      return at + 1
    }
    const named = /^([^\s=>"'/]+)(\s*=\s*(["']?))?/.exec(rest)
    if (!named?.[1]) return at + 1
    const attribute = named[1].toLowerCase()
    const end = at + named[0].length
    if (named[2] === undefined) return end
    flush(end)
    state = { ...state, mode: 'value', attribute, quote: named[3] ?? '' }
    return end
  }

  for (const piece of pieces) {
    if (piece.kind === 'text') {
      refuseRunning(piece, report)
      scan(piece)
    } else {
      if (piece.kind === 'tag') branch(piece)
      put(piece)
    }
  }
  return out.join('')
}

function refuseRunning(piece: Piece, report: (found: Found) => void): void {
  const found = /<\s*(script|iframe|object|embed|base|applet|frame)\b|<[^>]*\son[a-z]+\s*=|javascript:/i.exec(
    piece.source,
  )
  if (!found) return
  const line = piece.line + piece.source.slice(0, found.index).split('\n').length - 1
  report({
    code: 'script',
    line,
    said: running.has(found[1]?.toLowerCase() ?? '') ? `<${found[1]}>` : found[0].slice(-40),
  })
}

/** A link becomes one of the table; every other address is printed safely. */
function printUrl(value: readonly Piece[], { tag, attribute }: State, links: LinkTable): string {
  const isLink = attribute === 'href' && /^(a|area|v:\w+)$/.test(tag)
  const whole = value.map(({ source }) => source).join('')
  const isStatic = value.every(({ kind }) => kind === 'text')
  if (isStatic) {
    const url = decodeEntities(whole).trim()
    const number = isLink && /^https?:\/\//i.test(url) ? numberOfLink(links, url) : -1
    return number < 0 ? whole : `{{ __link | hw_link: ${number} }}`
  }
  const first = value.find(({ source }) => source.trim() !== '')
  const isOurs = first?.kind === 'output' && /^links\b/.test(insideOf(first.source))
  const number = isLink && !isOurs && !/^(mailto|tel|sms):/i.test(whole) ? numberOfLink(links, whole) : -1
  let isStart = true
  const parts = value.map((piece) => {
    const text = piece.kind === 'text' && number >= 0 ? decodeEntities(piece.source) : piece.source
    const filter = isStart ? (number >= 0 ? 'hw_url' : 'hw_url_html') : 'hw_url_part'
    if (piece.kind !== 'tag' && piece.source.trim() !== '') isStart = false
    return piece.kind === 'output' ? filtered(piece.source, filter) : text
  })
  const joined = parts.join('')
  return number < 0
    ? joined
    : `{% capture __own %}${joined}{% endcapture %}{{ __own | hw_own_link: ${number} }}`
}
