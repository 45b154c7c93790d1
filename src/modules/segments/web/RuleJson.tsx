import { Input } from 'antd'
import { useState } from 'react'
import type { Rule } from '#modules/rules/contract.ts'
import { asRoot } from '#modules/rules/web/edit-rule.ts'
import { readRule } from '#modules/rules/web/read-rule.ts'
import { CopyButton } from '#ui/CopyText.tsx'
import { useWords } from '#ui/i18n.ts'
import { segmentWords } from './segment-words.ts'

/** The rule as the API takes it; valid text takes effect while typing. */
export function RuleJson({ rule, onChange }: { rule: Rule; onChange: (rule: Rule) => void }) {
  const t = useWords(segmentWords)
  const [text, setText] = useState(() => JSON.stringify(rule, null, 2))
  const [fault, setFault] = useState<string>()
  const type = (next: string) => {
    setText(next)
    const read = parse(next)
    setFault(read.fault)
    if (read.rule) onChange(asRoot(read.rule))
  }
  return (
    <div className="segment-json">
      <div className="segment-json-copy">
        <CopyButton text={text} />
      </div>
      <Input.TextArea
        aria-label={t('jsonLabel')}
        className="hw-mono"
        autoSize={{ minRows: 12, maxRows: 32 }}
        spellCheck={false}
        status={fault ? 'error' : ''}
        value={text}
        onChange={(event) => type(event.target.value)}
      />
      <p className={fault ? 'hw-fine hw-danger' : 'hw-fine'} role={fault ? 'alert' : undefined}>
        {fault ? t('jsonFault', { message: fault }) : t('jsonHint')}
      </p>
    </div>
  )
}

function parse(text: string): { rule?: Rule; fault?: string } {
  try {
    const rule = readRule(JSON.parse(text))
    return rule ? { rule } : { fault: 'all | any | not | attr | tag | segment | event | sequence' }
  } catch (error) {
    if (error instanceof SyntaxError) return { fault: error.message }
    throw error
  }
}
