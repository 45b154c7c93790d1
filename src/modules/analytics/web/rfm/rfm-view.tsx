import { CrownOutlined } from '@ant-design/icons'
import { useWords } from '#ui/i18n.ts'
import type { KindView } from '../kind-view.ts'
import { choiceOf } from '../one-event.ts'
import { partsShown } from '../parts.ts'
import { commonPart, optionsOf } from '../question-state.ts'
import { RfmEvents } from './RfmEvents.tsx'
import { RfmOptionsBar } from './RfmOptionsBar.tsx'
import { RfmResult } from './RfmResult.tsx'
import { RfmOptions, usualCuts } from './rfm-options.ts'
import { rfmWords } from './rfm-words.ts'

export const rfmView: KindView<'rfm'> = {
  kind: 'rfm',
  icon: <CrownOutlined aria-hidden="true" />,
  useTitle: () => useWords(rfmWords)('title'),
  useNotes: () => {
    const t = useWords(rfmWords)
    return [
      ...[t('noteValues'), t('noteQuantile'), t('noteFixed')],
      ...[t('noteHigh'), t('noteOrders'), t('noteEvent')],
      ...[t('noteMoves'), t('noteValuesOf')],
    ]
  },
  uses: { breakdown: true, interval: false, compare: true, maths: false, mostEvents: 1 },
  // Groups are of people and all their orders: attributes alone.
  breakdownOf: () => null,
  question: (state) => {
    const { source, amount, currency, as_of, method, bins, cuts, high } =
      optionsOf(state, 'rfm', RfmOptions) ?? {}
    const event = state.events?.[0]
    if (source === 'event' && (!event || event.event === '')) return undefined
    const orders =
      source === 'event' && event
        ? { event: choiceOf(event), ...(amount ? { amount } : {}) }
        : currency === undefined
          ? {}
          : { currency }
    const attributes = (state.breakdown ?? []).filter((by) => typeof by === 'object' && 'attr' in by)
    return {
      kind: 'rfm',
      ...commonPart(state),
      ...orders,
      ...(attributes.length > 0 ? { breakdown: attributes, top: partsShown } : {}),
      ...(state.compare ? { compare: state.compare } : {}),
      ...(as_of ? { as_of } : {}),
      ...(method === 'fixed' ? { method, cuts: cuts ?? usualCuts } : bins ? { bins } : {}),
      ...(high ? { high } : {}),
    }
  },
  Events: RfmEvents,
  Options: RfmOptionsBar,
  Result: RfmResult,
}
