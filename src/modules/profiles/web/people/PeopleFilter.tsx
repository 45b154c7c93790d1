import { FilterOutlined } from '@ant-design/icons'
import { Button, Drawer } from 'antd'
import { useCallback, useState } from 'react'
import type { Rule } from '#modules/rules/contract.ts'
import { describeRule } from '#modules/rules/web/describe-rule.ts'
import { asRoot } from '#modules/rules/web/edit-rule.ts'
import { RuleEditor } from '#modules/rules/web/RuleEditor.tsx'
import { ruleWords } from '#modules/rules/web/rule-words.ts'
import { useRuleNames } from '#modules/rules/web/use-rule-names.ts'
import { useDisplay } from '#ui/display.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { useRulePreview } from '#web/use-rule-preview.ts'
import { peopleWords } from '../people-words.ts'

type Props = {
  rule: Rule | undefined
  open: boolean
  onOpen: (open: boolean) => void
  onChange: (rule: Rule | undefined) => void
  onSave: ((rule: Rule) => void) | undefined
}

/** The same sentences as in a segment, in a drawer beside the list. */
export function PeopleFilter({ rule, open, onOpen, onChange, onSave }: Props) {
  const t = useWords(peopleWords)
  const close = () => onOpen(false)
  return (
    <>
      <FilterChip rule={rule} onOpen={() => onOpen(true)} onClear={() => onChange(undefined)} />
      <Drawer
        open={open}
        onClose={close}
        title={t('filterTitle')}
        size="min(760px, 100vw)"
        mask={false}
        destroyOnHidden
      >
        <FilterBody rule={rule} onChange={onChange} onSave={onSave} onDone={close} />
      </Drawer>
    </>
  )
}

type BodyProps = Pick<Props, 'rule' | 'onChange' | 'onSave'> & { onDone: () => void }

function FilterBody({ rule, onChange, onSave, onDone }: BodyProps) {
  const t = useWords(peopleWords)
  const { language } = useDisplay()
  // The draft keeps unfinished lines, which must neither stand in the list's address nor be lost while typing.
  const [draft, setDraft] = useState<Rule>(() => asRoot(rule ?? { all: [] }))
  const preview = useRulePreview(draft)
  const change = useCallback(
    (next: Rule) => {
      setDraft(next)
      onChange(next)
    },
    [onChange],
  )
  const { detail } = preview
  return (
    <div className="people-filter">
      <p className="hw-fine">{t('filterNote')}</p>
      <RuleEditor rule={draft} onChange={change} facts={preview.facts} everyone={detail?.everyone} />
      {preview.error !== undefined && <ErrorState error={preview.error} retry={preview.retry} compact />}
      <div className="people-filter-end">
        <strong className={preview.counting ? 'people-stale hw-number' : 'hw-number'} aria-live="polite">
          {detail &&
            t('filterMatch', {
              count: exactNumber(detail.count, language),
              everyone: exactNumber(detail.everyone, language),
            })}
        </strong>
        <span className="hw-bar-grow" />
        <Button onClick={() => change({ all: [] })}>{t('filterClear')}</Button>
        {onSave && (
          <Button disabled={!rule} onClick={() => onSave(preview.part.rule)}>
            {t('saveSegment')}
          </Button>
        )}
        <Button type="primary" onClick={onDone}>
          {t('done')}
        </Button>
      </div>
    </div>
  )
}

function FilterChip({
  rule,
  onOpen,
  onClear,
}: {
  rule: Rule | undefined
  onOpen: () => void
  onClear: () => void
}) {
  const t = useWords(peopleWords)
  const rules = useWords(ruleWords)
  const names = useRuleNames()
  const text = rule && describeRule(rule, rules, names)
  return (
    <span className="people-chip">
      <Button
        icon={<FilterOutlined aria-hidden="true" />}
        onClick={onOpen}
        type={rule ? 'primary' : 'default'}
        ghost={rule !== undefined}
        className="people-chip-button"
        title={text}
      >
        <span className="hw-clip">{text ?? t('filter')}</span>
      </Button>
      {rule && (
        <Button type="text" onClick={onClear}>
          {t('filterClear')}
        </Button>
      )}
    </span>
  )
}
