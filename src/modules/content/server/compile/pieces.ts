import { type Liquid, Tokenizer, TokenKind } from 'liquidjs'

/** A stretch of a Liquid text: plain, something printed, or a tag. */
export type Piece = { kind: 'text' | 'output' | 'tag'; source: string; name: string; line: number }

/** Cut as LiquidJS itself cuts; what stands in `raw` is text, in `comment` nothing. */
export function cutPieces(engine: Liquid, source: string): Piece[] {
  const tokens = new Tokenizer(source).readTopLevelTokens(engine.options)
  const pieces: Piece[] = []
  let line = 1
  let isComment = false
  for (const token of tokens) {
    const text = source.slice(token.begin, token.end)
    const name = 'name' in token ? String(token.name) : ''
    const kind = token.kind === TokenKind.Output ? 'output' : token.kind === TokenKind.Tag ? 'tag' : 'text'
    if (name === 'comment' || name === '#') isComment = name === 'comment'
    else if (name === 'endcomment') isComment = false
    else if (!isComment) pieces.push({ kind, source: text, name, line })
    line += newlines(text)
  }
  return pieces
}

export const newlines = (text: string): number => text.split('\n').length - 1

/** The output with one more filter behind those it has. */
export const filtered = (output: string, filter: string): string =>
  output.replace(/\s*(-?\}\})$/, (_all, end: string) => ` | ${filter} ${end}`)

/** What is printed, without braces. */
export const insideOf = (output: string): string => output.replace(/^\{\{-?\s*|\s*-?\}\}$/g, '')
