import { useMemo } from 'react'
import type { Rule } from '#modules/rules/contract.ts'
import { describeLines, describeRule } from '#modules/rules/web/describe-rule.ts'
import { ruleWords } from '#modules/rules/web/rule-words.ts'
import { useRuleNames } from '#modules/rules/web/use-rule-names.ts'
import { useWords } from '#ui/i18n.ts'

/** Rules in the reader's words, with the names their attributes and segments have. */
export function useRuleReading(): { text: (rule: Rule) => string; lines: (rule: Rule) => string[] } {
  const t = useWords(ruleWords)
  const names = useRuleNames()
  return useMemo(
    () => ({
      text: (rule) => describeRule(rule, t, names),
      lines: (rule) => describeLines(rule, t, names),
    }),
    [t, names],
  )
}
