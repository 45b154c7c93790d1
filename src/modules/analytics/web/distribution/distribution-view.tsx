import { SlidersOutlined } from '@ant-design/icons'
import { useWords } from '#ui/i18n.ts'
import { isOfProp } from '../../contract/distribution.ts'
import type { KindView } from '../kind-view.ts'
import { choiceOf } from '../one-event.ts'
import { commonPart } from '../question-state.ts'
import { DistributionOptionsBar } from './DistributionOptionsBar.tsx'
import { DistributionResult } from './DistributionResult.tsx'
import { distributionOptions } from './distribution-options.ts'
import { distributionWords } from './distribution-words.ts'

/** Values shown by themselves; more bars side by side are read by nobody. */
const valuesShown = 8

export const distributionView: KindView<'distribution'> = {
  kind: 'distribution',
  icon: <SlidersOutlined aria-hidden="true" />,
  useTitle: () => useWords(distributionWords)('title'),
  useNotes: () => {
    const t = useWords(distributionWords)
    return [t('noteWho'), t('noteMeasures'), t('noteBrackets'), t('noteValues'), t('noteCompare')]
  },
  uses: { breakdown: true, interval: false, compare: true, maths: false, mostEvents: 1 },
  question: (state) => {
    const event = state.events?.[0]
    if (!event || event.event === '') return undefined
    const { measure = 'count', by, brackets } = distributionOptions(state)
    if (isOfProp(measure) && !event.prop) return undefined
    return {
      kind: 'distribution',
      ...commonPart(state),
      event: choiceOf(event),
      measure,
      top: valuesShown,
      ...(isOfProp(measure) && event.prop ? { prop: event.prop } : {}),
      ...(by ? { interval: by } : {}),
      ...(brackets ? { brackets } : {}),
      ...(state.breakdown ? { breakdown: state.breakdown } : {}),
      ...(state.compare ? { compare: state.compare } : {}),
    }
  },
  Options: DistributionOptionsBar,
  Result: DistributionResult,
}
