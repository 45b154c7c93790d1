import { useMemo } from 'react'
import { channelWords } from '#ui/channel-words.ts'
import { useWords } from '#ui/i18n.ts'
import type { RuleNames } from './describe-rule.ts'
import { useRuleCatalogue } from './rule-catalogue.ts'

/** What the parts of a rule are called, for reading it out. */
export function useRuleNames(): RuleNames {
  const { segments, attributes, companyAttributes, lists, titles, ownerName, departments, topics } =
    useRuleCatalogue()
  const c = useWords(channelWords)
  return useMemo(
    () => ({
      attribute: (name) => attributes.find((attribute) => attribute.name === name)?.label ?? name,
      segment: (id) => segments.find((segment) => segment.id === id)?.name ?? id,
      companyAttribute: (name) => companyAttributes.find((one) => one.path === name)?.label ?? name,
      list: (id) => lists?.find((one) => one.id === id)?.name,
      owner: (id) => ownerName?.(id) ?? id,
      department: (id) => departments?.find((one) => one.id === id)?.name ?? id,
      topic: (key) => topics?.find((one) => one.key === key)?.name ?? key,
      channel: (kind) => c(kind),
      ...titles,
    }),
    [segments, attributes, companyAttributes, lists, titles, ownerName, departments, topics, c],
  )
}
