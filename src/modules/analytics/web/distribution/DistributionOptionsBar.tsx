import { Input, Select, Tooltip } from 'antd'
import { useState } from 'react'
import { PropertyPicker } from '#modules/rules/web/WhereList.tsx'
import { useWords } from '#ui/i18n.ts'
import { DistributionMeasure, isOfProp, periods } from '../../contract/distribution.ts'
import { blank } from '../bar/EventLines.tsx'
import type { PartProps } from '../kind-view.ts'
import {
  type DistributionOptions,
  distributionOptions,
  readBounds,
  withDistribution,
} from './distribution-options.ts'
import { distributionWords } from './distribution-words.ts'

/** What of each person, over which time, in which brackets. The property stands with the event, as of trends. */
export function DistributionOptionsBar({ state, onChange }: PartProps) {
  const t = useWords(distributionWords)
  const { measure = 'count', by = 'range' } = distributionOptions(state)
  const set = (change: Partial<DistributionOptions>) => onChange(withDistribution(state, change))
  const event = state.events?.[0] ?? blank
  return (
    <>
      <Select
        aria-label={t('measure')}
        value={measure}
        options={DistributionMeasure.options.map((value) => ({ value, label: t(`measure.${value}`) }))}
        onChange={(next) => set({ measure: next, brackets: undefined })}
        popupMatchSelectWidth={false}
      />
      {isOfProp(measure) && (
        <PropertyPicker
          event={event.event ?? ''}
          value={event.prop ?? ''}
          onChange={(prop) => onChange({ events: (state.events ?? [blank]).with(0, { ...event, prop }) })}
        />
      )}
      <Select
        aria-label={t('by')}
        value={by}
        options={periods.map((value) => ({ value, label: t(`by.${value}`) }))}
        onChange={(next) => set({ by: next === 'range' ? undefined : next })}
        popupMatchSelectWidth={false}
      />
      <Bounds key={measure} state={state} onChange={onChange} />
    </>
  )
}

function Bounds({ state, onChange }: PartProps) {
  const t = useWords(distributionWords)
  const { brackets } = distributionOptions(state)
  const [text, setText] = useState(brackets?.join(', ') ?? '')
  const isFaulty = text.trim() !== '' && readBounds(text) === undefined
  const apply = () => {
    if (!isFaulty) onChange(withDistribution(state, { brackets: readBounds(text) }))
  }
  return (
    <Tooltip title={isFaulty ? t('bracketsFault') : undefined} open={isFaulty}>
      <Input
        className="distribution-bounds"
        aria-label={t('brackets')}
        placeholder={t('bracketsPlaceholder')}
        allowClear
        value={text}
        {...(isFaulty ? { status: 'error' as const } : {})}
        onChange={({ target }) => setText(target.value)}
        onBlur={apply}
        onPressEnter={apply}
        onClear={() => onChange(withDistribution(state, { brackets: undefined }))}
      />
    </Tooltip>
  )
}
