import { TableOutlined } from '@ant-design/icons'
import { useWords } from '#ui/i18n.ts'
import type { KindView } from '../kind-view.ts'
import { choiceOf } from '../one-event.ts'
import { brokenDownPart, commonPart, optionsOf } from '../question-state.ts'
import { RetentionOptionsBar } from './RetentionOptionsBar.tsx'
import { RetentionResult } from './RetentionResult.tsx'
import { RetentionOptions } from './retention-options.ts'
import { retentionWords } from './retention-words.ts'

export const retentionView: KindView<'retention'> = {
  kind: 'retention',
  icon: <TableOutlined aria-hidden="true" />,
  useTitle: () => useWords(retentionWords)('title'),
  useNotes: () => {
    const t = useWords(retentionWords)
    return [
      t('noteStart'),
      t('noteModes'),
      t('noteWindows'),
      t('noteAfter'),
      t('noteMoney'),
      t('noteBrackets'),
      t('noteValues'),
      t('noteCompare'),
    ]
  },
  uses: { breakdown: true, interval: true, compare: true, maths: false, mostEvents: 2 },
  question: (state) => {
    const [start, end = start] = state.events ?? []
    if (!start || !end || start.event === '' || end.event === '') return undefined
    const { measure, prop, periods, ...options } = optionsOf(state, 'retention', RetentionOptions) ?? {}
    const isOfNumbers = measure !== undefined && measure !== 'people'
    if (isOfNumbers && !prop) return undefined
    return {
      kind: 'retention',
      ...commonPart(state),
      start: choiceOf(start),
      return: choiceOf(end),
      interval: state.interval ?? 'day',
      periods: periods ?? 8,
      ...brokenDownPart(state),
      ...(isOfNumbers ? { measure, prop } : {}),
      ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
    }
  },
  Options: RetentionOptionsBar,
  Result: RetentionResult,
}
