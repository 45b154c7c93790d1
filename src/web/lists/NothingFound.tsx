import { EmptyState } from '#ui/EmptyState.tsx'
import { useWords } from '#ui/i18n.ts'
import { listWords } from './list-words.ts'

/** In place of a list that is narrowed until nothing is left. */
export function NothingFound() {
  const t = useWords(listWords)
  return <EmptyState title={t('noneFound')} text={t('noneFoundText')} />
}
