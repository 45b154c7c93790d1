import type { LiveEvent } from '#modules/collect/contract.ts'
import { findWord, type Words } from '#ui/i18n.ts'
import { collectWords } from './collect-words.ts'

/** The reason in the reader's language; a code this version does not know keeps the server's sentence. */
export function reasonText(event: Pick<LiveEvent, 'reason' | 'reasonText'>): string | undefined {
  if (event.reason === null) return undefined
  return findWord(collectWords as Words, event.reason) ?? event.reasonText ?? event.reason
}
