import { PieChartOutlined } from '@ant-design/icons'
import { useWords } from '#ui/i18n.ts'
import type { KindView } from '../kind-view.ts'
import { commonPart, optionsOf } from '../question-state.ts'
import { CompositionOptionsBar } from './CompositionOptionsBar.tsx'
import { CompositionResult } from './CompositionResult.tsx'
import { CompositionOptions } from './composition-options.ts'
import { compositionWords } from './composition-words.ts'

export const compositionView: KindView<'composition'> = {
  kind: 'composition',
  icon: <PieChartOutlined aria-hidden="true" />,
  useTitle: () => useWords(compositionWords)('title'),
  useNotes: () => {
    const t = useWords(compositionWords)
    return [t('noteNow'), t('noteIndex'), t('noteJoined'), t('noteCompare'), t('noteLists')]
  },
  uses: { breakdown: false, interval: true, compare: true, maths: false, mostEvents: 0 },
  question: (state) => {
    const { attr } = optionsOf(state, 'composition', CompositionOptions) ?? {}
    const interval = state.interval === 'hour' ? 'day' : (state.interval ?? 'day')
    return {
      kind: 'composition',
      ...commonPart(state),
      by: attr ? { attr } : { tags: true },
      interval,
      ...(state.compare ? { compare: state.compare } : {}),
    }
  },
  Options: CompositionOptionsBar,
  Result: CompositionResult,
}
