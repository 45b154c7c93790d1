import { TeamOutlined } from '@ant-design/icons'
import { Button, Drawer } from 'antd'
import { useState } from 'react'
import type { Rule } from '#modules/rules/contract.ts'
import { finishedPart } from '#modules/rules/web/finished-part.ts'
import { RuleEditor } from '#modules/rules/web/RuleEditor.tsx'
import { readRule } from '#modules/rules/web/read-rule.ts'
import { useDisplay, useIsNarrow } from '#ui/display.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { useRulePreview } from '#web/use-rule-preview.ts'
import { analyticsWords } from '../analytics-words.ts'
import type { PartProps } from '../kind-view.ts'

const everyone: Rule = { all: [] }

/** Whom the question is about: any rule, with the number of people it holds for. */
export function AudienceButton({ state, onChange }: PartProps) {
  const t = useWords(analyticsWords)
  const narrow = useIsNarrow()
  const { language } = useDisplay()
  const [open, setOpen] = useState(false)
  const [draft, setDraft] = useState<Rule>(everyone)
  const preview = useRulePreview(draft, open)
  const show = () => {
    setDraft(readRule(state.audience) ?? everyone)
    setOpen(true)
  }
  const apply = (rule: Rule | undefined) => {
    onChange({ audience: rule as Record<string, unknown> | undefined })
    setOpen(false)
  }
  const { rule } = finishedPart(draft)
  return (
    <>
      <Button icon={<TeamOutlined aria-hidden="true" />} onClick={show}>
        {state.audience ? t('audienceSome') : t('audienceAll')}
      </Button>
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        title={t('audience')}
        size={narrow ? '100%' : 720}
        destroyOnHidden
        extra={
          <div className="hw-bar">
            <Button onClick={() => apply(undefined)}>{t('audienceAll')}</Button>
            <Button type="primary" onClick={() => apply(isEmpty(rule) ? undefined : rule)}>
              {t('apply')}
            </Button>
          </div>
        }
      >
        <p className="hw-fine">{t('audienceText')}</p>
        <RuleEditor
          rule={draft}
          onChange={setDraft}
          facts={preview.facts}
          everyone={preview.detail?.everyone}
        />
        {preview.detail && (
          <p aria-live="polite">
            {t('audienceCount', { count: exactNumber(preview.detail.count, language) })}
          </p>
        )}
      </Drawer>
    </>
  )
}

const isEmpty = (rule: Rule) => 'all' in rule && rule.all.length === 0
