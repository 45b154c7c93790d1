import type { Say } from '#ui/i18n.ts'
import type { segmentWords } from './segment-words.ts'

/** What the evaluator saw at a line, in words; undefined for groups. */
export function seenText(seen: unknown, t: Say<typeof segmentWords.zh>): string | undefined {
  if (seen === null || typeof seen !== 'object') return undefined
  if ('tags' in seen && Array.isArray(seen.tags)) {
    return seen.tags.length ? t('seenTags', { tags: seen.tags.join(t('listSep')) }) : t('seenNothing')
  }
  if ('consent' in seen && typeof seen.consent === 'string') {
    const said = t(`seenConsent_${seen.consent as 'granted' | 'denied' | 'pending' | 'unknown'}`)
    return 'address' in seen && seen.address === false ? t('seenNoAddress') : said
  }
  if ('count' in seen && typeof seen.count === 'number') {
    const count = seen.count === 0 ? t('seenNever') : t('seenCount', { count: seen.count })
    return 'value' in seen && seen.value !== null && seen.value !== undefined
      ? `${count} · ${valueText(seen.value)}`
      : count
  }
  if ('value' in seen)
    return seen.value === null ? t('seenNothing') : t('seenValue', { value: valueText(seen.value) })
  return undefined
}

const valueText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
