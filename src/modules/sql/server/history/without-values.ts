import { SqlFault } from '#modules/sql/server/language/fault.ts'
import { type Token, tokenize } from '#modules/sql/server/language/tokenize.ts'

const mostChars = 4000

/** A query with nothing in it that may say who somebody is: texts, names in quotes, long numbers and comments left out. */
export function withoutValues(text: string): string | null {
  try {
    const words = tokenize(text).map(shown)
    return words.join(' ').trim().slice(0, mostChars)
  } catch (error) {
    // What cannot be read was not asked either; the hash says which it was.
    if (error instanceof SqlFault) return null
    throw error
  }
}

function shown({ kind, text }: Token): string {
  if (kind === 'string') return "'…'"
  if (kind === 'quoted') return '`…`'
  if (kind === 'number') return text.replace(/\D/g, '').length > 6 ? '…' : text
  if (kind === 'word') return text.replace(/\d{5,}/g, '…').slice(0, 60)
  return kind === 'parameter' ? `{${text}}` : text
}
