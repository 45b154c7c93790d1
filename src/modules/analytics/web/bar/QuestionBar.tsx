import { Select } from 'antd'
import { useWords } from '#ui/i18n.ts'
import { Interval } from '../../contract/question.ts'
import { analyticsWords } from '../analytics-words.ts'
import type { KindView, PartProps } from '../kind-view.ts'
import { AudienceButton } from './AudienceButton.tsx'
import { BreakdownPicker } from './BreakdownPicker.tsx'
import { EventLines } from './EventLines.tsx'
import { RangePicker } from './RangePicker.tsx'

/** Who, what, by what, when, compared with: shared by all kinds, so that switching keeps the question. */
export function QuestionBar({ view, state, onChange }: PartProps & { view: KindView }) {
  const t = useWords(analyticsWords)
  const { uses, Options, Events } = view
  return (
    <section className="hw-panel analytics-bar" aria-label={t('question')}>
      {Events ? (
        <Events state={state} onChange={onChange} />
      ) : (
        <EventLines view={view} state={state} onChange={onChange} />
      )}
      <div className="analytics-bar-row">
        <RangePicker
          state={state.range === undefined && view.range ? { ...state, range: view.range } : state}
          onChange={onChange}
        />
        {uses.interval && (
          <Select
            aria-label={t('interval')}
            value={state.interval ?? 'day'}
            options={Interval.options.map((value) => ({ value, label: t(`interval.${value}`) }))}
            onChange={(interval) => onChange({ interval })}
            popupMatchSelectWidth={false}
          />
        )}
        {uses.compare && (
          <Select
            aria-label={t('compare')}
            value={typeof state.compare === 'string' ? state.compare : 'none'}
            options={(['none', 'previous', 'year'] as const).map((value) => ({
              value,
              label: t(`compare.${value}`),
            }))}
            onChange={(compare) =>
              onChange({ compare: compare === 'previous' || compare === 'year' ? compare : undefined })
            }
            popupMatchSelectWidth={false}
          />
        )}
        {uses.breakdown && (
          <BreakdownPicker
            state={state}
            onChange={onChange}
            {...(view.breakdownOf ? { of: view.breakdownOf(state) } : {})}
          />
        )}
        <AudienceButton state={state} onChange={onChange} />
        {Options && <Options state={state} onChange={onChange} />}
      </div>
    </section>
  )
}
