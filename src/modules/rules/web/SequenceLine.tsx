import { CloseOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useWords } from '#ui/i18n.ts'
import type { SequenceLeaf, Step } from '../contract.ts'
import { EventPicker } from './EventLine.tsx'
import { ruleWords } from './rule-words.ts'
import { type LineProps, NotWord } from './SimpleLines.tsx'
import { WhereList } from './WhereList.tsx'
import { SpanInput, WindowInput } from './WindowInput.tsx'

/** "In this order: Course Viewed, then Cart Added, then not Order Completed; at most 3 days between two steps". */
export function SequenceLine({ leaf, negated, onChange, onNegate }: LineProps<SequenceLeaf>) {
  const t = useWords(ruleWords)
  const steps = leaf.sequence
  const setSteps = (sequence: Step[]) => onChange({ ...leaf, sequence })
  return (
    <>
      <NotWord
        words={[t('sequence'), t('sequenceNot')]}
        negated={negated}
        label={t('sequenceLabel')}
        onNegate={onNegate}
      />
      <WindowInput
        within={leaf.within}
        onChange={(within) => {
          const { within: _gone, ...rest } = leaf
          onChange(within ? { ...rest, within } : rest)
        }}
      />
      <GapInput leaf={leaf} onChange={onChange} />
      <ol className="rule-steps">
        {steps.map((step, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps have no identity but their place
          <li key={i}>
            <StepLine step={step} first={i === 0} onChange={(next) => setSteps(steps.with(i, next))} />
            {steps.length > 1 && i > 0 && (
              <Button
                type="text"
                size="small"
                className="rule-x"
                icon={<CloseOutlined aria-hidden="true" />}
                aria-label={t('removeStep')}
                onClick={() => setSteps(steps.toSpliced(i, 1))}
              />
            )}
          </li>
        ))}
        <li className="rule-step-add">
          <Button
            type="text"
            size="small"
            className="rule-quiet"
            icon={<PlusOutlined aria-hidden="true" />}
            onClick={() => setSteps([...steps, { event: '' }])}
          >
            {t('addStep')}
          </Button>
          <Button
            type="text"
            size="small"
            className="rule-quiet"
            icon={<PlusOutlined aria-hidden="true" />}
            onClick={() => setSteps([...steps, { not_event: '' }])}
          >
            {t('addNotStep')}
          </Button>
        </li>
      </ol>
    </>
  )
}

function StepLine({ step, first, onChange }: { step: Step; first: boolean; onChange: (step: Step) => void }) {
  const t = useWords(ruleWords)
  const isNot = 'not_event' in step
  const name = isNot ? step.not_event : step.event
  const where = step.where ?? []
  const build = (not: boolean, event: string, tests: Step['where']): Step => ({
    ...(not ? { not_event: event } : { event }),
    ...(tests?.length ? { where: tests } : {}),
  })
  const options = [
    { value: 'event', label: t('next') },
    { value: 'not_event', label: t('nextNot') },
  ]
  return (
    <span className="rule-step">
      {!first && (
        <Select
          className={`rule-pick rule-not${isNot ? ' rule-negated' : ''}`}
          variant="filled"
          size="small"
          aria-label={t('stepKind')}
          value={isNot ? 'not_event' : 'event'}
          options={options}
          onChange={(kind) => onChange(build(kind === 'not_event', name, where))}
          popupMatchSelectWidth={false}
        />
      )}
      <EventPicker value={name} onChange={(event) => onChange(build(isNot, event, where))} />
      <WhereList event={name} where={where} onChange={(tests) => onChange(build(isNot, name, tests))} />
    </span>
  )
}

function GapInput({ leaf, onChange }: { leaf: SequenceLeaf; onChange: (leaf: SequenceLeaf) => void }) {
  const t = useWords(ruleWords)
  const { gap, ...rest } = leaf
  const options = [
    { value: 'some', label: t('gap') },
    { value: 'off', label: t('gapOff') },
  ]
  return (
    <>
      <Select
        className="rule-pick"
        variant="filled"
        size="small"
        aria-label={t('gapLabel')}
        value={gap ? 'some' : 'off'}
        options={options}
        onChange={(next) => onChange(next === 'off' ? rest : { ...rest, gap: { value: 3, unit: 'day' } })}
        popupMatchSelectWidth={false}
      />
      {gap && (
        <>
          <SpanInput span={gap} onChange={(next) => onChange({ ...rest, gap: next })} />
          <span className="rule-word">{t('gapEnd')}</span>
        </>
      )}
    </>
  )
}
