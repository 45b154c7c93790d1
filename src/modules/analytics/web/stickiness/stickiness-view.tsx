import { BarChartOutlined } from '@ant-design/icons'
import { useWords } from '#ui/i18n.ts'
import type { KindView } from '../kind-view.ts'
import { choiceOf } from '../one-event.ts'
import { brokenDownPart, commonPart, optionsOf } from '../question-state.ts'
import { StickinessOptionsBar } from './StickinessOptionsBar.tsx'
import { StickinessResult } from './StickinessResult.tsx'
import { StickinessOptions } from './stickiness-options.ts'
import { stickinessWords } from './stickiness-words.ts'

export const stickinessView: KindView<'stickiness'> = {
  kind: 'stickiness',
  icon: <BarChartOutlined aria-hidden="true" />,
  useTitle: () => useWords(stickinessWords)('title'),
  useNotes: () => {
    const t = useWords(stickinessWords)
    return [t('noteBins'), t('noteCumulative'), t('noteMinimum'), t('noteValues'), t('noteCompare')]
  },
  uses: { breakdown: true, interval: true, compare: true, maths: false, mostEvents: 1 },
  question: (state) => {
    const event = state.events?.[0]
    if (!event || event.event === '') return undefined
    const { cumulative, minimum } = optionsOf(state, 'stickiness', StickinessOptions) ?? {}
    return {
      kind: 'stickiness',
      ...commonPart(state),
      event: choiceOf(event),
      interval: state.interval ?? 'day',
      ...brokenDownPart(state),
      ...(cumulative ? { cumulative } : {}),
      ...(minimum ? { minimum } : {}),
    }
  },
  Options: StickinessOptionsBar,
  Result: StickinessResult,
}
