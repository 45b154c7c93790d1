import type { Say } from '#ui/i18n.ts'
import type { analyticsWords } from '../analytics-words.ts'

type Of = { breakdown: readonly (string | null)[]; other?: boolean | undefined }

/** What a combination of values is called. */
export function valueName({ breakdown, other }: Of, t: Say<typeof analyticsWords.zh>): string {
  if (other) return t('other')
  return breakdown
    .map((value) => (value === null ? t('noValue') : value === '' ? t('emptyValue') : value))
    .join(' · ')
}
