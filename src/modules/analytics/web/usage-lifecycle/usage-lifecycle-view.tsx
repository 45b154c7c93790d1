import { SyncOutlined } from '@ant-design/icons'
import { useWords } from '#ui/i18n.ts'
import type { KindView } from '../kind-view.ts'
import { choiceOf } from '../one-event.ts'
import { brokenDownPart, commonPart, optionsOf } from '../question-state.ts'
import { LifecycleOptionsBar } from './LifecycleOptionsBar.tsx'
import { LifecycleResult } from './LifecycleResult.tsx'
import { LifecycleOptions } from './lifecycle-options.ts'
import { usageLifecycleWords } from './usage-lifecycle-words.ts'

export const usageLifecycleView: KindView<'usage_lifecycle'> = {
  kind: 'usage_lifecycle',
  icon: <SyncOutlined aria-hidden="true" />,
  useTitle: () => useWords(usageLifecycleWords)('title'),
  useNotes: () => {
    const t = useWords(usageLifecycleWords)
    return [t('noteStates'), t('noteSums'), t('noteWhole'), t('noteValues'), t('noteCompare')]
  },
  uses: { breakdown: true, interval: true, compare: true, maths: false, mostEvents: 1 },
  question: (state) => {
    const event = state.events?.[0]
    if (!event || event.event === '') return undefined
    const { anchor } = optionsOf(state, 'usage_lifecycle', LifecycleOptions) ?? {}
    return {
      kind: 'usage_lifecycle',
      ...commonPart(state),
      event: choiceOf(event),
      interval: state.interval ?? 'day',
      ...brokenDownPart(state),
      ...(anchor ? { anchor } : {}),
    }
  },
  Options: LifecycleOptionsBar,
  Result: LifecycleResult,
}
