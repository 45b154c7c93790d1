import { type Span, SqlFault } from '#modules/sql/server/language/fault.ts'
import { type Token, tokenize } from '#modules/sql/server/language/tokenize.ts'

// Far below what would fill the stack of the parser, the printer or the engine.
const deepest = 60

/** Where a reading of the tokens stands. */
export type Cursor = {
  peek(ahead?: number): Token
  next(): Token
  /** The next token, if it is that sign. */
  sign(text: string): boolean
  expectSign(text: string): Token
  /** The next tokens, if they are these words in any case; names in quotes are never words of the language. */
  words(...words: string[]): boolean
  isWord(word: string, ahead?: number): boolean
  expectWord(word: string): void
  /** Runs one level deeper, up to what is allowed. */
  deeper<T>(read: () => T): T
  spanFrom(start: Span): Span
  unexpected(wanted: string): SqlFault
}

export function openCursor(text: string): Cursor {
  const tokens = tokenize(text)
  const end = tokens.at(-1) as Token
  let at = 0
  let depth = 0
  const peek = (ahead = 0) => tokens[at + ahead] ?? end
  const isWord = (word: string, ahead = 0) => {
    const token = peek(ahead)
    return token.kind === 'word' && token.text.toUpperCase() === word
  }
  const next = () => {
    const token = peek()
    if (at < tokens.length) at++
    return token
  }
  const unexpected = (wanted: string) => {
    const token = peek()
    const found =
      token.kind === 'end' ? 'the end' : `“${text.slice(token.from, Math.min(token.to, token.from + 40))}”`
    const span = token.kind === 'end' ? { from: Math.max(0, token.from - 1), to: token.from } : token
    return new SqlFault(
      'expected',
      { from: span.from, to: span.to },
      `Here is ${found}, where ${wanted} should be.`,
      wanted,
    )
  }
  const sign = (one: string) => {
    const token = peek()
    if (token.kind !== 'sign' || token.text !== one) return false
    next()
    return true
  }
  return {
    peek,
    next,
    isWord,
    unexpected,
    sign,
    expectSign: (one) => {
      const token = peek()
      if (!sign(one)) throw unexpected(`“${one}”`)
      return token
    },
    words: (...words) => {
      if (!words.every((word, ahead) => isWord(word, ahead))) return false
      at += words.length
      return true
    },
    expectWord: (word) => {
      if (!isWord(word)) throw unexpected(word)
      next()
    },
    deeper: (read) => {
      if (++depth > deepest)
        throw new SqlFault(
          'too_deep',
          peek(),
          `A query is nested ${deepest} levels deep at most.`,
          String(deepest),
        )
      try {
        return read()
      } finally {
        depth--
      }
    },
    spanFrom: (start) => ({ from: start.from, to: peek(-1).to ?? start.to }),
  }
}
