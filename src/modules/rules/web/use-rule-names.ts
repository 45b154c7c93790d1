import { useMemo } from 'react'
import type { RuleNames } from './describe-rule.ts'
import { useRuleCatalogue } from './rule-catalogue.ts'

/** What the parts of a rule are called, for reading it out. */
export function useRuleNames(): RuleNames {
  const { segments, attributes, companyAttributes, lists, titles, ownerName, departments } =
    useRuleCatalogue()
  return useMemo(
    () => ({
      attribute: (name) => attributes.find((attribute) => attribute.name === name)?.label ?? name,
      segment: (id) => segments.find((segment) => segment.id === id)?.name ?? id,
      companyAttribute: (name) => companyAttributes.find((one) => one.path === name)?.label ?? name,
      list: (id) => lists?.find((one) => one.id === id)?.name,
      owner: (id) => ownerName?.(id) ?? id,
      department: (id) => departments?.find((one) => one.id === id)?.name ?? id,
      ...titles,
    }),
    [segments, attributes, companyAttributes, lists, titles, ownerName, departments],
  )
}
