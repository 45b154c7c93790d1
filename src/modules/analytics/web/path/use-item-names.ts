import { useWords } from '#ui/i18n.ts'
import { useEventTitles } from '#web/use-event-titles.ts'
import { exitItem, otherItem } from '../../contract/path.ts'
import { pathWords } from './path-words.ts'

/** What items are called: events by their display names; values and groups as they are. */
export function useItemNames() {
  const t = useWords(pathWords)
  const titles = useEventTitles()
  const nameOf = (item: string): string =>
    item === exitItem
      ? t('exit')
      : item === otherItem
        ? t('other')
        : item === ''
          ? t('empty')
          : titles.event(item)
  return { nameOf }
}
