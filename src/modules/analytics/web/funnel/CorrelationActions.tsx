import { EllipsisOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useWords } from '#ui/i18n.ts'
import type { QuestionState } from '../question-state.ts'
import { useShown } from '../shown-state.tsx'
import type { CorrelationRow } from './CorrelationTable.tsx'
import { correlationWords } from './correlation-words.ts'
import { funnelOptions, withOptions } from './funnel-options.ts'

type Action = { key: 'exclude' | 'only' | 'breakDown' | 'condition'; change: Partial<QuestionState> }

/** What was found becomes part of the question. */
export function CorrelationActions({
  row,
  name,
  steps,
}: {
  row: CorrelationRow
  name: string
  steps: number
}) {
  const t = useWords(correlationWords)
  const { state, change } = useShown()
  const actions = actionsOf(state, row, steps)
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: actions.map(({ key }) => ({ key, label: t(key) })),
        onClick: ({ key }) => change(actions.find((one) => one.key === key)?.change ?? {}),
      }}
    >
      <Button
        type="text"
        size="small"
        icon={<EllipsisOutlined aria-hidden="true" />}
        aria-label={t('actions', { name })}
      />
    </Dropdown>
  )
}

function actionsOf(state: QuestionState, { event, by, value }: CorrelationRow, steps: number): Action[] {
  const options = funnelOptions(state)
  const shown = { tab: 'steps' as const }
  if (event !== undefined) {
    const exclusions = [...(options.exclusions ?? []), { event, between: [1, steps] as [number, number] }]
    const audience = state.audience ? { all: [state.audience, { event }] } : { all: [{ event }] }
    return [
      ...(options.order === 'strict'
        ? []
        : [{ key: 'exclude' as const, change: withOptions(state, { ...shown, exclusions }) }]),
      { key: 'only', change: { ...withOptions(state, shown), audience } },
    ]
  }
  if (by === undefined) return []
  const brokenDown: Action = { key: 'breakDown', change: { ...withOptions(state, shown), breakdown: [by] } }
  const prop = typeof by === 'string' ? by : 'prop' in by ? by.prop : undefined
  // A number is told as text here, and text is no number in a condition.
  const isText = typeof value === 'string' && value !== '' && !/^[-+\d.]+$|^(true|false)$/.test(value)
  if (prop === undefined || !isText) return [brokenDown]
  const [first, ...rest] = state.events ?? []
  if (!first) return [brokenDown]
  const where = [...(first.where ?? []), { prop, op: 'eq' as const, value }]
  return [
    brokenDown,
    { key: 'condition', change: { ...withOptions(state, shown), events: [{ ...first, where }, ...rest] } },
  ]
}
