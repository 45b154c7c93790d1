import { exactNumber } from '#ui/format-number.ts'
import type { Language, Say } from '#ui/i18n.ts'
import type { Bracket } from '../../contract/distribution.ts'
import type { distributionWords } from './distribution-words.ts'

/** 3 / 3 – 4 / 100 or more: of whole numbers the last one that is in it, else the bound itself. */
export function bracketName(
  { from, until }: Bracket,
  isWhole: boolean,
  t: Say<typeof distributionWords.zh>,
  language: Language,
): string {
  const say = (value: number) => exactNumber(value, language)
  if (from === null) return t('name.less', { until: until === null ? '' : say(until) })
  if (until === null) return t('name.more', { from: say(from) })
  const isOfWhole = isWhole && Number.isInteger(from) && Number.isInteger(until)
  if (isOfWhole && until - from === 1) return say(from)
  return t('name.between', { from: say(from), until: say(isOfWhole ? until - 1 : until) })
}
