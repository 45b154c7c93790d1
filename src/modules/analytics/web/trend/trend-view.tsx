import { LineChartOutlined } from '@ant-design/icons'
import { useWords } from '#ui/i18n.ts'
import { isPropMath, rollingDays } from '../../contract/trend.ts'
import type { KindView } from '../kind-view.ts'
import { chosenEvents, commonPart, optionsOf } from '../question-state.ts'
import { TrendOptionsBar } from './TrendOptionsBar.tsx'
import { TrendResult } from './TrendResult.tsx'
import { TrendOptions } from './trend-options.ts'
import { trendWords } from './trend-words.ts'

/** Shown by themselves; a chart with more lines is read by nobody. */
const linesShown = 8

export const trendView: KindView<'trend'> = {
  kind: 'trend',
  icon: <LineChartOutlined aria-hidden="true" />,
  useTitle: () => useWords(trendWords)('title'),
  useNotes: () => {
    const t = useWords(trendWords)
    return [t('noteBuckets'), t('noteSums'), t('noteRolling'), t('noteOther')]
  },
  uses: { breakdown: true, interval: true, compare: true, maths: true, mostEvents: 12 },
  question: (state) => {
    const events = chosenEvents(state)
    if (events.length === 0 || events.length < (state.events ?? []).length) return undefined
    if (events.some(({ math, prop }) => isPropMath(math ?? 'count') && !prop)) return undefined
    const options = optionsOf(state, 'trend', TrendOptions) ?? {}
    const formulas = options.formulas?.filter(({ expression }) => expression.trim() !== '')
    const rolling = events.some(({ math }) => math && rollingDays[math] !== undefined)
    return {
      kind: 'trend',
      ...commonPart(state),
      series: events,
      interval: rolling && state.interval === 'hour' ? 'day' : (state.interval ?? 'day'),
      top: linesShown,
      ...(state.breakdown ? { breakdown: state.breakdown } : {}),
      ...(state.compare ? { compare: state.compare } : {}),
      ...(formulas?.length ? { formulas } : {}),
      ...(options.cumulative ? { cumulative: true } : {}),
      ...(options.average ? { moving_average: options.average } : {}),
    }
  },
  Options: TrendOptionsBar,
  Result: TrendResult,
}
