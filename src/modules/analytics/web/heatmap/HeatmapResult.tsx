import { Segmented, Select } from 'antd'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber, signedNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import type { HeatmapCell } from '../../contract/heatmap.ts'
import { analyticsWords } from '../analytics-words.ts'
import { valueName } from '../funnel/value-name.ts'
import type { ResultProps } from '../kind-view.ts'
import { optionsOf } from '../question-state.ts'
import { useShown } from '../shown-state.tsx'
import { HeatTable } from './HeatTable.tsx'
import { HeatmapOptions } from './heatmap-options.ts'
import { heatmapWords } from './heatmap-words.ts'
import { comparedHeat, heatOf, type Show, shownHeat } from './shown-heat.ts'
import { WeekMap } from './WeekMap.tsx'
import './heatmap.css'

/** The week as a map of colours over the same as numbers; every cell, row and column opens its people. */
export function HeatmapResult({ question, answer, onCell }: ResultProps<'heatmap'>) {
  const t = useWords(heatmapWords)
  const a = useWords(analyticsWords)
  const { language } = useDisplay()
  const { state, change, small } = useShown()
  const options = optionsOf(state, 'heatmap', HeatmapOptions) ?? {}
  const set = (part: Partial<HeatmapOptions>) =>
    change({ options: { ...state.options, heatmap: { ...options, ...part } } })
  const value = answer.values?.[options.value ?? -1] ? options.value : undefined
  const isAdditive = question.math === 'count' || question.math === 'sum' || question.math === undefined
  const shows: Show[] = ['total']
  if (isAdditive) shows.push('average')
  if (answer.compare) shows.push('compared', 'difference')
  const show = options.show && shows.includes(options.show) ? options.show : 'total'
  const heat = shownHeat(heatOf(answer, value), comparedHeat(answer, value), show)
  const hoursOf = (hour: number) => t('hourTitle', { from: hour, until: hour + 1 })
  const nameOf = (weekday?: number, hour?: number) =>
    t('cellTitle', {
      weekday: weekday === undefined ? t('wholeWeek') : t(`weekday.${weekday as 1}`),
      hours: hour === undefined ? t('wholeDay') : hoursOf(hour),
    })
  const textOf = (one: number) =>
    show === 'difference' ? signedNumber(one, language) : exactNumber(Math.round(one * 100) / 100, language)
  const open = (weekday?: number, hour?: number) => {
    const breakdown = value === undefined ? undefined : answer.values?.[value]?.breakdown
    const cell: HeatmapCell = {
      compared: show === 'compared',
      ...(weekday === undefined ? {} : { weekday }),
      ...(hour === undefined ? {} : { hour }),
      ...(breakdown ? { breakdown } : {}),
    }
    onCell(cell, nameOf(weekday, hour))
  }
  const shown = { heat, isDifference: show === 'difference', nameOf, textOf, open }
  return (
    <>
      <section className="hw-panel analytics-chart" aria-label={t('chart')}>
        {!small && (shows.length > 1 || answer.values) && (
          <div className="hw-bar heatmap-head">
            {shows.length > 1 && (
              <Segmented<Show>
                aria-label={t('show')}
                value={show}
                onChange={(next) => set({ show: next === 'total' ? undefined : next })}
                options={shows.map((one) => ({ value: one, label: t(`show.${one}`) }))}
              />
            )}
            {answer.values && (
              <Select
                aria-label={t('value')}
                value={value ?? -1}
                options={[
                  { value: -1, label: t('all') },
                  ...answer.values.map((one, at) => ({ value: at, label: valueName(one, a) })),
                ]}
                onChange={(at) => set({ value: at === -1 ? undefined : at })}
                popupMatchSelectWidth={false}
              />
            )}
          </div>
        )}
        {answer.total ? null : <p className="heatmap-nothing">{a('nothingFound')}</p>}
        <WeekMap {...shown} />
        {answer.clocks && !small && (
          <p className="hw-fine">
            {t('clocks', {
              event: exactNumber(answer.clocks.event, language),
              person: exactNumber(answer.clocks.person, language),
              workspace: exactNumber(answer.clocks.workspace, language),
              zone: answer.zone,
            })}
          </p>
        )}
      </section>
      <HeatTable {...shown} />
    </>
  )
}
