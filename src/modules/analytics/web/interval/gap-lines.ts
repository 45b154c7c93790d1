import type { Say } from '#ui/i18n.ts'
import type { IntervalAnswer, IntervalCell } from '../../contract/interval.ts'
import type { analyticsWords } from '../analytics-words.ts'
import { valueName } from '../funnel/value-name.ts'

/** Everybody or one combination, of the period or the one it is compared with. */
export type GapLine = {
  key: string
  name: string
  gaps: Pick<IntervalAnswer, 'bins'> & Omit<NonNullable<IntervalAnswer['values']>[number], 'breakdown'>
  isCompared: boolean
  /** What a cell of it says besides its bounds. */
  cell: Pick<IntervalCell, 'compared' | 'breakdown'>
}
type Words = Say<typeof analyticsWords.zh>

/** All lines of an answer: everybody, then value by value, each with what it was in the period compared right behind it. */
export function gapLines(answer: IntervalAnswer, all: string, a: Words): GapLine[] {
  const own = linesOf(answer, false, all, a)
  const before = answer.compare ? linesOf(answer.compare, true, all, a) : []
  const keys = own.map(({ key }) => key)
  const beside = own.flatMap((line) => [line, ...before.filter(({ key }) => key === line.key)])
  return [...beside, ...before.filter(({ key }) => !keys.includes(key))]
}

function linesOf(
  counted: Pick<IntervalAnswer, 'values'> & GapLine['gaps'],
  isCompared: boolean,
  all: string,
  a: Words,
) {
  const named = (name: string) => (isCompared ? a('comparedName', { name }) : name)
  const whole: GapLine = {
    ...{ key: '', name: named(all), gaps: counted, isCompared },
    cell: { compared: isCompared },
  }
  const values = (counted.values ?? []).map(
    (one): GapLine => ({
      ...{ key: JSON.stringify(one.breakdown), name: named(valueName(one, a)), gaps: one, isCompared },
      cell: { compared: isCompared, breakdown: one.breakdown },
    }),
  )
  return [whole, ...values]
}
