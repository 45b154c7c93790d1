import { TableOutlined } from '@ant-design/icons'
import { useWords } from '#ui/i18n.ts'
import { HeatmapMath } from '../../contract/heatmap.ts'
import type { KindView } from '../kind-view.ts'
import { choiceOf } from '../one-event.ts'
import { commonPart, optionsOf } from '../question-state.ts'
import { HeatmapOptionsBar } from './HeatmapOptionsBar.tsx'
import { HeatmapResult } from './HeatmapResult.tsx'
import { HeatmapOptions } from './heatmap-options.ts'
import { heatmapWords } from './heatmap-words.ts'

/** Values to choose from; each is a map of its own. */
const valuesShown = 20

export const heatmapView: KindView<'heatmap'> = {
  kind: 'heatmap',
  icon: <TableOutlined aria-hidden="true" />,
  useTitle: () => useWords(heatmapWords)('title'),
  useNotes: () => {
    const t = useWords(heatmapWords)
    return [t('noteHours'), t('noteTotals'), t('noteDays'), t('noteCompare'), t('noteClock'), t('noteDst')]
  },
  uses: { breakdown: true, interval: false, compare: true, maths: false, mostEvents: 1 },
  question: (state) => {
    const event = state.events?.[0]
    if (!event || event.event === '') return undefined
    const math = HeatmapMath.safeParse(event.math).data ?? 'count'
    if (math === 'sum' && !event.prop) return undefined
    const { zone } = optionsOf(state, 'heatmap', HeatmapOptions) ?? {}
    return {
      kind: 'heatmap',
      ...commonPart(state),
      event: choiceOf(event),
      math,
      top: valuesShown,
      ...(math === 'sum' && event.prop ? { prop: event.prop } : {}),
      ...(zone ? { zone } : {}),
      ...(state.breakdown ? { breakdown: state.breakdown } : {}),
      ...(state.compare ? { compare: state.compare } : {}),
    }
  },
  Options: HeatmapOptionsBar,
  Result: HeatmapResult,
}
