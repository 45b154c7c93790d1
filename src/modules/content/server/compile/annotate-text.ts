import { filtered, type Piece } from './pieces.ts'

/** Links are numbered as they are found; the same address twice is one. */
export type LinkTable = { urls: string[] }
const mostLinks = 500

export function numberOfLink(table: LinkTable, url: string): number {
  const known = table.urls.indexOf(url)
  if (known >= 0) return known
  if (table.urls.length >= mostLinks) return -1
  return table.urls.push(url) - 1
}

/** Text in which nothing is markup: every output prints plainly, whole addresses become links of the table. */
export function annotateText(pieces: readonly Piece[], filter: string, links: LinkTable | undefined): string {
  return pieces
    .map((piece, at) => {
      if (piece.kind === 'output') return filtered(piece.source, filter)
      if (piece.kind === 'tag' || !links) return piece.source
      const isCutOff = pieces[at + 1]?.kind === 'output'
      return piece.source.replace(/https?:\/\/[\w\-.~:/?#[\]@!$&'()*+,;=%]+/g, (url, from: number) => {
        // What follows belongs to the address: it is another for everybody.
        if (isCutOff && from + url.length === piece.source.length) return url
        const whole = url.replace(/[.,;:!?)\]']+$/, '')
        const number = numberOfLink(links, whole)
        return number < 0 ? url : `{{ __link | hw_link_text: ${number} }}${url.slice(whole.length)}`
      })
    })
    .join('')
}

/** Addresses of buttons and pictures outside of mail: values in them are parts of it, one that stands alone is the whole. */
export function annotateUrl(pieces: readonly Piece[], links: LinkTable | undefined): string {
  const only = pieces[0]
  if (pieces.length === 1 && only?.kind === 'text' && links && /^https?:\/\//.test(only.source.trim())) {
    const number = numberOfLink(links, only.source.trim())
    if (number >= 0) return `{{ __link | hw_link_text: ${number} }}`
  }
  let isStart = true
  return pieces
    .map((piece) => {
      const text =
        piece.kind === 'output' ? filtered(piece.source, isStart ? 'hw_url' : 'hw_url_part') : piece.source
      if (piece.kind !== 'tag' && piece.source.trim() !== '') isStart = false
      return text
    })
    .join('')
}

/** JSON: inside of a text a value is a part of it, elsewhere it is a value of its own. */
export function annotateJson(pieces: readonly Piece[]): string {
  let isInText = false
  return pieces
    .map((piece) => {
      if (piece.kind === 'output') return filtered(piece.source, isInText ? 'hw_json' : 'hw_json_value')
      if (piece.kind === 'text')
        for (let at = 0; at < piece.source.length; at++) {
          if (piece.source[at] === '\\') at++
          else if (piece.source[at] === '"') isInText = !isInText
        }
      return piece.source
    })
    .join('')
}
