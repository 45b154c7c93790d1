import { useMemo } from 'react'
import type { Rule } from '#modules/rules/contract.ts'
import { describeLines, describeRule } from '#modules/rules/web/describe-rule.ts'
import { useRuleCatalogue } from '#modules/rules/web/rule-catalogue.ts'
import { ruleWords } from '#modules/rules/web/rule-words.ts'
import { useWords } from '#ui/i18n.ts'

/** Rules in the reader's words, with the names their attributes and segments have. */
export function useRuleReading(): { text: (rule: Rule) => string; lines: (rule: Rule) => string[] } {
  const t = useWords(ruleWords)
  const { segments, attributes, companyAttributes, lists = [] } = useRuleCatalogue()
  return useMemo(() => {
    const names = {
      attribute: (name: string) => attributes.find((attribute) => attribute.name === name)?.label ?? name,
      segment: (id: string) => segments.find((segment) => segment.id === id)?.name ?? id,
      companyAttribute: (name: string) => companyAttributes.find((one) => one.path === name)?.label ?? name,
      list: (id: string) => lists.find((one) => one.id === id)?.name,
    }
    return {
      text: (rule) => describeRule(rule, t, names),
      lines: (rule) => describeLines(rule, t, names),
    }
  }, [t, segments, attributes, companyAttributes, lists])
}
