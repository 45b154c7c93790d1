import { Segmented } from 'antd'
import { useWords } from '#ui/i18n.ts'
import { blank, EventLine } from '../bar/EventLines.tsx'
import type { PartProps } from '../kind-view.ts'
import { optionsOf, type StateEvent } from '../question-state.ts'
import { startPlace } from './asked-purchases.ts'
import { PurchaseOptions } from './purchase-options.ts'
import { purchaseWords } from './purchase-words.ts'
import '../cohorts/figures.css'

/** Orders as they are known, or an event that says of one. */
export function PurchaseEvents({ kind, state, onChange }: PartProps & { kind: 'repurchase' | 'ltv' }) {
  const t = useWords(purchaseWords)
  const options = optionsOf(state, kind, PurchaseOptions) ?? {}
  const events = state.events ?? []
  const set = (at: number, next: StateEvent) =>
    onChange({
      events: Array.from({ length: Math.max(events.length, at + 1) }, (_, i) =>
        i === at ? next : (events[i] ?? blank),
      ),
    })
  const places = [
    ...(options.source === 'event' ? [{ at: 0, name: t('buys') }] : []),
    ...(kind === 'ltv' && options.startBy === 'event'
      ? [{ at: startPlace(options), name: t('begins') }]
      : []),
  ]
  return (
    <>
      <Segmented
        className="purchase-source"
        aria-label={t('source')}
        value={options.source ?? 'facts'}
        options={(['facts', 'event'] as const).map((value) => ({ value, label: t(`source.${value}`) }))}
        onChange={(value) =>
          onChange({
            options: {
              ...state.options,
              [kind]: { ...options, source: value === 'event' ? 'event' : undefined },
            },
          })
        }
      />
      {places.length > 0 && (
        <ol className="analytics-events">
          {places.map(({ at, name }) => (
            <li key={name} className="analytics-event">
              <span className="hw-muted">{name}</span>
              <span className="rule-sentence">
                <EventLine event={events[at] ?? blank} maths={false} onChange={(next) => set(at, next)} />
              </span>
            </li>
          ))}
        </ol>
      )}
    </>
  )
}
