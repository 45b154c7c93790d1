import { useWords } from '#ui/i18n.ts'
import type { Alert } from '../contract/alert.ts'
import { alertWords } from './alert-words.ts'

const tones: Record<Alert['standing'], string> = {
  ok: 'hw-pill-success',
  firing: 'hw-pill-danger',
  learning: 'hw-pill-river',
  muted: '',
  paused: '',
  error: 'hw-pill-warning',
}

/** How an alert stands, in one word. */
export function StandingPill({ alert }: { alert: Pick<Alert, 'standing'> }) {
  const t = useWords(alertWords)
  return (
    <span className={`hw-pill ${tones[alert.standing]}`}>
      <span className="hw-dot" aria-hidden="true" />
      {t(`standing_${alert.standing}`)}
    </span>
  )
}
