import type { Liquid } from 'liquidjs'
import { marks } from './output-filters.ts'
import { cutPieces } from './pieces.ts'

const least = 48

/**
 * Long stretches without Liquid stand aside and are put in again after rendering, so that 100 kB of HTML which is the
 * same for everybody is neither copied by Liquid nor carried between threads. White space at their ends stays: a `-`
 * of Liquid beside them takes it away.
 */
export function cutChunks(engine: Liquid, source: string): { source: string; chunks: string[] } {
  const chunks: string[] = []
  const short = cutPieces(engine, source)
    .map(({ kind, source: text }) => {
      const clean = kind === 'text' ? text.replaceAll(marks.open, '').replaceAll(marks.close, '') : text
      if (kind !== 'text' || clean.length < least) return clean
      const [, before = '', middle = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(clean) ?? []
      if (middle.length < least) return clean
      return `${before}${marks.open}${chunks.push(middle) - 1}${marks.close}${after}`
    })
    .join('')
  return { source: short, chunks }
}

const marked = new RegExp(`${marks.open}(\\d+)${marks.close}`)

/** The whole text again; undefined where it grows beyond `most`, as it can by a loop around a long stretch. */
export function joinChunks(short: string, chunks: readonly string[], most: number): string | undefined {
  if (!short.includes(marks.open)) return short.length > most ? undefined : short
  const parts = short.split(marked)
  let length = 0
  for (let at = 0; at < parts.length; at++) {
    if (at % 2 === 1) parts[at] = chunks[Number(parts[at])] ?? ''
    length += parts[at]?.length ?? 0
    if (length > most) return undefined
  }
  return parts.join('')
}
