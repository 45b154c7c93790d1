import { findWord, type Words } from '#ui/i18n.ts'
import type { TimelineItem } from '../../contract.ts'
import { timelineWords } from '../timeline-words.ts'

type Say = (key: keyof (typeof timelineWords)['zh'], values?: Record<string, string | number>) => string

/** What happened as a sentence; an event is called by its name, and what no word is known for by its own. */
export function sayEntry(
  t: Say,
  item: TimelineItem,
  attribute: (name: string) => string,
  event: (name: string) => string = (name) => name,
): string {
  const { type, name, properties } = item
  if (type === 'event') return event(name)
  if (type === 'owner')
    return properties.to === null ? t('kind.ownerNone') : t('kind.owner', { name: name || '–' })
  if (type === 'attributes') {
    const names = Array.isArray(properties.names) ? properties.names.map(String) : []
    return t('kind.attributes', { names: names.map(attribute).join(t('listSep')) })
  }
  const known = findWord(timelineWords as Words, `kind.${type}`)
  return known === undefined ? name || type : t(`kind.${type}` as Parameters<Say>[0], { name })
}

/** By whom and why; reasons the program gives itself have words. */
export function sayBy(t: Say, { by, why }: TimelineItem): string {
  const reason = why === undefined ? undefined : (findWord(timelineWords as Words, `why.${why}`) ?? why)
  return [by && (by === 'validity' ? t('validity') : t('by', { by })), reason && t('why', { why: reason })]
    .filter(Boolean)
    .join(' · ')
}
