import { FieldTimeOutlined } from '@ant-design/icons'
import { useWords } from '#ui/i18n.ts'
import type { KindView } from '../kind-view.ts'
import { choiceOf } from '../one-event.ts'
import { commonPart } from '../question-state.ts'
import { IntervalOptionsBar } from './IntervalOptionsBar.tsx'
import { IntervalResult } from './IntervalResult.tsx'
import { intervalOptions, usualBrackets } from './interval-options.ts'
import { intervalWords } from './interval-words.ts'
import { TwoEvents } from './TwoEvents.tsx'

/** Values shown by themselves; more boxes below each other are read by nobody. */
const valuesShown = 12

export const intervalView: KindView<'interval'> = {
  kind: 'interval',
  icon: <FieldTimeOutlined aria-hidden="true" />,
  useTitle: () => useWords(intervalWords)('title'),
  useNotes: () => {
    const t = useWords(intervalWords)
    return [
      t('noteRange'),
      t('noteNearest'),
      t('noteSame'),
      t('noteTies'),
      t('noteNumbers'),
      t('noteCompare'),
    ]
  },
  uses: { breakdown: true, interval: false, compare: true, maths: false, mostEvents: 2 },
  question: (state) => {
    const [from, to] = state.events ?? []
    if (!from || !to || from.event === '' || to.event === '') return undefined
    const { tab, pairing, most, hold, gap, bins } = intervalOptions(state)
    return {
      kind: 'interval',
      ...commonPart(state),
      from: choiceOf(from),
      to: choiceOf(to),
      top: valuesShown,
      ...(pairing ? { pairing } : {}),
      ...(most ? { max_gap: most } : {}),
      ...(hold ? { hold } : {}),
      ...(gap ? { gap_minutes: gap } : {}),
      ...(bins === 'usual' ? { brackets: usualBrackets } : {}),
      ...(tab === 'trend' ? { interval: state.interval ?? 'day' } : {}),
      ...(state.breakdown ? { breakdown: state.breakdown } : {}),
      ...(state.compare ? { compare: state.compare } : {}),
    }
  },
  Events: TwoEvents,
  Options: IntervalOptionsBar,
  Result: IntervalResult,
}
