import { useMemo } from 'react'
import { useWords } from '#ui/i18n.ts'
import type { Rule } from '../contract.ts'
import { asRoot } from './edit-rule.ts'
import { type Editor, EditorContext, type LineFacts } from './editor-context.ts'
import { RuleGroup } from './RuleGroup.tsx'
import { ruleWords } from './rule-words.ts'
import './rule-editor.css'

type Props = {
  rule: Rule
  onChange: (rule: Rule) => void
  facts?: Editor['facts']
  everyone?: number | undefined
}
const noFacts = (): LineFacts => ({ unfinished: false })

/** A rule as sentences: nested groups, every line with its own count. */
export function RuleEditor({ rule, onChange, facts = noFacts, everyone }: Props) {
  const t = useWords(ruleWords)
  const root = asRoot(rule)
  const editor = useMemo(
    () => ({ rule: root, change: onChange, facts, everyone }),
    [root, onChange, facts, everyone],
  )
  return (
    <EditorContext value={editor}>
      <section className="rule-editor" aria-label={t('editor')}>
        <RuleGroup node={root} path="" depth={0} />
      </section>
    </EditorContext>
  )
}
