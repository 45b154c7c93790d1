import { FunnelPlotOutlined } from '@ant-design/icons'
import { useWords } from '#ui/i18n.ts'
import { mostSteps } from '../../contract/funnel.ts'
import type { KindView } from '../kind-view.ts'
import { chosenEvents, commonPart, type StateEvent } from '../question-state.ts'
import { correlationWords } from './correlation-words.ts'
import { FunnelOptionsBar } from './FunnelOptionsBar.tsx'
import { FunnelResult } from './FunnelResult.tsx'
import { canCorrelate, type FunnelOptions, funnelOptions } from './funnel-options.ts'
import { funnelWords } from './funnel-words.ts'
import { StepLines } from './StepLines.tsx'

/** Values shown by themselves; more bars side by side are read by nobody. */
const valuesShown = 8

export const funnelView: KindView<'funnel'> = {
  kind: 'funnel',
  icon: <FunnelPlotOutlined aria-hidden="true" />,
  useTitle: () => useWords(funnelWords)('title'),
  useNotes: () => {
    const t = useWords(funnelWords)
    const c = useWords(correlationWords)
    return [
      t('noteWindow'),
      t('noteWay'),
      t('noteExclusion'),
      t('noteTimes'),
      t('noteValues'),
      t('noteCompare'),
      c('noteCorrelation'),
      c('noteSure'),
    ]
  },
  uses: { breakdown: true, interval: false, compare: true, maths: false, mostEvents: mostSteps },
  question: (state) => {
    const events = chosenEvents(state)
    if (events.length < 2 || events.length < (state.events ?? []).length) return undefined
    const { tab, gap, exclusions = [], correlate, ...options } = funnelOptions(state)
    return {
      kind: 'funnel',
      ...commonPart(state),
      ...options,
      steps: events.map(stepOf),
      ...exclusionsOf(exclusions, options.order, events.length),
      ...(options.count === 'sessions' && gap ? { gap_minutes: gap } : {}),
      ...attributionOf(options.attribution, events.length),
      top: valuesShown,
      ...(state.breakdown ? { breakdown: state.breakdown } : {}),
      ...(state.compare ? { compare: state.compare } : {}),
      ...(tab === 'trend' ? { interval: state.interval ?? 'day' } : {}),
      ...(tab === 'times' ? { convert: {} } : {}),
      ...(tab === 'correlation' && canCorrelate({ ...options, correlate })
        ? { correlate: correlate ?? 'events' }
        : {}),
    }
  },
  Events: StepLines,
  Options: FunnelOptionsBar,
  Result: FunnelResult,
}

/** Measures belong to trends and stay in the address for them. */
const stepOf = ({ event, where, or, name }: StateEvent) => ({
  event,
  ...(where ? { where } : {}),
  ...(or?.length ? { or: or.filter((one) => one.event !== '') } : {}),
  ...(name ? { name } : {}),
})

/** Those that still make sense when steps were taken away or the order was changed. */
function exclusionsOf(
  exclusions: NonNullable<FunnelOptions['exclusions']>,
  order: FunnelOptions['order'],
  last: number,
) {
  if (order === 'strict') return {}
  const valid = exclusions
    .filter(({ event }) => event !== '')
    .map(({ between: [from, to], ...choice }) => ({
      ...choice,
      between: (order === 'any' ? [1, last] : [Math.min(from, last - 1), Math.min(to, last)]) as [
        number,
        number,
      ],
    }))
    .filter(({ between: [from, to] }) => from < to)
  return valid.length > 0 ? { exclusions: valid } : {}
}

const attributionOf = (attribution: FunnelOptions['attribution'], last: number) =>
  typeof attribution === 'object' && attribution.step > last
    ? { attribution: { step: last } }
    : attribution
      ? { attribution }
      : {}
