import { Select } from 'antd'
import { PropertyPicker } from '#modules/rules/web/WhereList.tsx'
import { useWords } from '#ui/i18n.ts'
import { HeatmapMath } from '../../contract/heatmap.ts'
import { analyticsWords } from '../analytics-words.ts'
import { blank } from '../bar/EventLines.tsx'
import type { PartProps } from '../kind-view.ts'
import { optionsOf } from '../question-state.ts'
import { HeatmapOptions } from './heatmap-options.ts'
import { heatmapWords } from './heatmap-words.ts'

/** What is counted stands with the event, so that trends ask for the same; whose clock is asked here only. */
export function HeatmapOptionsBar({ state, onChange }: PartProps) {
  const t = useWords(heatmapWords)
  const a = useWords(analyticsWords)
  const options = optionsOf(state, 'heatmap', HeatmapOptions) ?? {}
  const event = state.events?.[0] ?? blank
  const math = HeatmapMath.safeParse(event.math).data ?? 'count'
  const setEvent = (change: Partial<typeof event>) =>
    onChange({ events: (state.events ?? [blank]).with(0, { ...event, ...change }) })
  return (
    <>
      <Select
        aria-label={t('math')}
        value={math}
        options={HeatmapMath.options.map((value) => ({ value, label: a(`math.${value}`) }))}
        onChange={(next) => setEvent({ math: next })}
        popupMatchSelectWidth={false}
      />
      {math === 'sum' && (
        <PropertyPicker
          event={event.event ?? ''}
          value={event.prop ?? ''}
          onChange={(prop) => setEvent({ prop })}
        />
      )}
      <Select
        aria-label={t('clock')}
        value={options.zone ?? 'workspace'}
        options={(['workspace', 'person'] as const).map((value) => ({ value, label: t(`clock.${value}`) }))}
        onChange={(zone) =>
          onChange({
            options: {
              ...state.options,
              heatmap: { ...options, zone: zone === 'person' ? zone : undefined },
            },
          })
        }
        popupMatchSelectWidth={false}
      />
    </>
  )
}
