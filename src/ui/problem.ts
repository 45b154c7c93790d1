import { findWord, type Say, type Words } from '#ui/i18n.ts'
import { problemWords } from '#ui/problem-words.ts'

/** An answer of the API that is not 2xx (RFC 9457), or no answer at all (`network.failed`). */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly requestId: string | undefined
  /** Further members of the problem: `path`, `permission`, `faults` … */
  readonly facts: Record<string, unknown>

  constructor(status: number, code: string, message: string, facts: Record<string, unknown> = {}) {
    super(message)
    this.name = 'Problem'
    this.status = status
    this.code = code
    this.facts = facts
    this.requestId = typeof facts.instance === 'string' ? facts.instance : undefined
  }
}

export const isDenied = (error: unknown): error is Problem => error instanceof Problem && error.status === 403

/** The sentence to show for an error, in the reader's language. */
export function problemText(error: unknown, t: Say<typeof problemWords.zh>): string {
  if (!(error instanceof Problem)) return t('fallback')
  const { permission } = error.facts
  if (isDenied(error) && typeof permission === 'string')
    return t('denied', { permission: nameOf(permission) })
  return findWord(problemWords as Words, error.code) ?? (error.message || t('fallback'))
}

// The words of permissions belong to those who know the permissions; only their area is known here.
const nameOf = (permission: string): string =>
  findWord({ area: 'permission', zh: {}, en: {} }, permission) ?? permission
