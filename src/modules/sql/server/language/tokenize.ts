import { type Span, SqlFault } from '#modules/sql/server/language/fault.ts'

export type TokenKind = 'word' | 'quoted' | 'string' | 'number' | 'parameter' | 'sign' | 'end'
/** `text` is what it means: of a string its value, of a parameter `name:Type`. */
export type Token = Span & { kind: TokenKind; text: string }

export const textLimits = { chars: 50_000, tokens: 12_000 } as const

const signs = ['<=>', '||', '<=', '>=', '<>', '!=', '==', '::', '->', ...'()[],.;+-*/%=<>?:']
const word = /[\p{L}_][\p{L}\p{N}_]*/uy
const number = /0x[0-9a-f]+|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/iy
const blank = /\s+/uy
const parameter = /\{\s*([A-Za-z_]\w{0,63})\s*:\s*([A-Za-z0-9_(), /'+-]{1,100}?)\s*\}/y

/** The query as tokens; what is none of ours is a fault at its place. */
export function tokenize(text: string): Token[] {
  if (text.length > textLimits.chars)
    throw new SqlFault(
      'too_long',
      { from: 0, to: 1 },
      `A query has ${textLimits.chars} characters at most.`,
      String(textLimits.chars),
    )
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const after = skip(text, at)
    if (after > at) {
      at = after
      continue
    }
    const token = readToken(text, at)
    tokens.push(token)
    if (tokens.length > textLimits.tokens)
      throw new SqlFault('too_long', token, `A query has ${textLimits.tokens} words and signs at most.`)
    at = token.to
  }
  return [...tokens, { kind: 'end', text: '', from: text.length, to: text.length }]
}

/** Behind blanks and comments; a comment does not nest, as in the engine's own reader of SQL text. */
function skip(text: string, at: number): number {
  const space = matchAt(blank, text, at)
  if (space) return at + space[0].length
  if (text.startsWith('--', at)) {
    const end = text.indexOf('\n', at)
    return end === -1 ? text.length : end + 1
  }
  if (!text.startsWith('/*', at)) return at
  const end = text.indexOf('*/', at + 2)
  if (end === -1)
    throw new SqlFault('comment_not_closed', { from: at, to: at + 2 }, 'This comment is not closed.')
  return end + 2
}

function readToken(text: string, at: number): Token {
  const sign = text[at] as string
  if (sign === "'") return readString(text, at)
  if (sign === '`' || sign === '"') return readQuoted(text, at, sign)
  const found = matchAt(word, text, at)
  if (found) return { kind: 'word', text: found[0], from: at, to: at + found[0].length }
  const digits = matchAt(number, text, at)
  if (digits) return readNumber(text, at, digits[0])
  if (sign === '{') {
    const named = matchAt(parameter, text, at)
    if (named)
      return { kind: 'parameter', text: `${named[1]}:${named[2]}`, from: at, to: at + named[0].length }
  }
  const known = signs.find((one) => text.startsWith(one, at))
  if (known) return { kind: 'sign', text: known, from: at, to: at + known.length }
  const shown = String.fromCodePoint(text.codePointAt(at) as number)
  throw new SqlFault(
    'unreadable',
    { from: at, to: at + shown.length },
    `“${shown}” means nothing here.`,
    shown,
  )
}

function readNumber(text: string, at: number, digits: string): Token {
  const span = { from: at, to: at + digits.length }
  if (matchAt(word, text, span.to))
    throw new SqlFault('unreadable', { from: at, to: span.to + 1 }, 'A name does not begin with a digit.')
  return { kind: 'number', text: digits, ...span }
}

const escapes: Record<string, string> = {
  ...{ n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', a: '\x07' },
  ...{ '0': '\0', '\\': '\\', "'": "'", '"': '"', '`': '`' },
}

/** `''` is a quote; of escapes those of the engine, and an unknown one stands for itself (`\%` of LIKE). */
function readString(text: string, start: number): Token {
  let value = ''
  for (let at = start + 1; at < text.length; at++) {
    const sign = text[at] as string
    if (sign === "'") {
      if (text[at + 1] !== "'") return { kind: 'string', text: value, from: start, to: at + 1 }
      value += "'"
      at++
    } else if (sign === '\\' && at + 1 < text.length) {
      const next = text[++at] as string
      value += escapes[next] ?? `\\${next}`
    } else value += sign
  }
  throw new SqlFault('text_not_closed', { from: start, to: start + 1 }, 'This text is not closed.')
}

function readQuoted(text: string, start: number, quote: string): Token {
  let value = ''
  for (let at = start + 1; at < text.length; at++) {
    const sign = text[at] as string
    if (sign === quote) {
      if (text[at + 1] !== quote) return { kind: 'quoted', text: value, from: start, to: at + 1 }
      at++
    }
    value += sign
  }
  throw new SqlFault('text_not_closed', { from: start, to: start + 1 }, 'This name is not closed.')
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}
