import { Segmented } from 'antd'
import { PropertyPicker } from '#modules/rules/web/WhereList.tsx'
import { useWords } from '#ui/i18n.ts'
import { blank, EventLine } from '../bar/EventLines.tsx'
import type { PartProps } from '../kind-view.ts'
import { optionsOf } from '../question-state.ts'
import { RfmOptions } from './rfm-options.ts'
import { rfmWords } from './rfm-words.ts'

/** What an order is: the order facts, or an event and the property with its amount. */
export function RfmEvents({ state, onChange }: PartProps) {
  const t = useWords(rfmWords)
  const options = optionsOf(state, 'rfm', RfmOptions) ?? {}
  const set = (change: Partial<RfmOptions>) =>
    onChange({ options: { ...state.options, rfm: { ...options, ...change } } })
  const [event = blank, ...others] = state.events ?? []
  return (
    <div className="rfm-source">
      <Segmented
        aria-label={t('source')}
        value={options.source ?? 'orders'}
        options={(['orders', 'event'] as const).map((value) => ({ value, label: t(`source.${value}`) }))}
        onChange={(source) => set({ source })}
      />
      {options.source === 'event' && (
        <span className="rule-sentence">
          <EventLine
            event={event}
            maths={false}
            onChange={(next) => onChange({ events: [next, ...others] })}
          />
          <span className="rule-word">{t('amount')}</span>
          <PropertyPicker
            event={event.event ?? ''}
            value={options.amount ?? 'revenue'}
            onChange={(amount) => set({ amount })}
          />
        </span>
      )}
    </div>
  )
}
