import { useDisplay, useNow } from '#ui/display.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { relativeTime, zoneName } from '#ui/format-time.ts'
import { type Language, type Say, useWords } from '#ui/i18n.ts'
import { uiWords } from '#ui/ui-words.ts'

type Props = {
  updatedAt?: number | string | null | undefined
  exact?: boolean | undefined
  tookMs?: number | undefined
  zone?: boolean
  /** What else is to be said of the numbers. */
  note?: string | undefined
}

/** How fresh, how exact, how long it took, in which zone: below every set of numbers. */
export function Stamp({ updatedAt, exact, tookMs, zone = true, note }: Props) {
  const t = useWords(uiWords)
  const { language, timezone } = useDisplay()
  const now = useNow()
  const at = typeof updatedAt === 'string' ? Date.parse(updatedAt) : updatedAt
  const parts = [
    at ? updatedText(t, at, Math.max(now, at), language) : undefined,
    // Nothing read yet is neither exact nor estimated.
    !at || exact === undefined ? undefined : exact ? t('exact') : t('estimate'),
    tookMs === undefined ? undefined : t('took', { ms: exactNumber(Math.round(tookMs), language) }),
    note,
    zone ? t('zone', { zone: `${timezone} ${zoneName(timezone, language)}` }) : undefined,
  ]
  return <p className="hw-stamp">{parts.filter(Boolean).join(' · ')}</p>
}

const updatedText = (t: Say<typeof uiWords.zh>, at: number, now: number, language: Language): string =>
  now - at < 3000 ? t('updatedNow') : t('updated', { when: relativeTime(at, now, language) })
