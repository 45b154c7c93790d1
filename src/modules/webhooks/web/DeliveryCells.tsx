import type { Delivery } from '#modules/webhooks/contract.ts'
import { findWord, useWords, type Words } from '#ui/i18n.ts'
import { problemWords } from '#ui/problem-words.ts'
import { webhookWords } from './webhook-words.ts'

const colours = {
  delivered: 'hw-pill-success',
  failed: 'hw-pill-danger',
  waiting: 'hw-pill-river',
  skipped: '',
}

export function DeliveryPill({ row: { state, attempts } }: { row: Pick<Delivery, 'state' | 'attempts'> }) {
  const t = useWords(webhookWords)
  const isRetrying = state === 'waiting' && attempts > 0
  return (
    <span className={`hw-pill ${isRetrying ? 'hw-pill-warning' : colours[state]}`}>
      {t(isRetrying ? 'state_retrying' : `state_${state}`)}
    </span>
  )
}

/** Status of the answer, or why there was none. */
export function useAnswerText() {
  return ({ status, error }: { status: number | null; error: string | null }): string => {
    if (status !== null) return `HTTP ${status}`
    return error === null ? '–' : (findWord(problemWords as Words, error) ?? error)
  }
}

export const useTypeText = () => (type: string) => findWord(webhookWords as Words, type) ?? type
