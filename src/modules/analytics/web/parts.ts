import type { Say } from '#ui/i18n.ts'
import type { BreakdownValues } from '../contract/question.ts'
import type { analyticsWords } from './analytics-words.ts'
import { valueName } from './funnel/value-name.ts'

/** Values shown by themselves; more curves or bars side by side are read by nobody. */
export const partsShown = 8

/** The whole or one combination of values, of the period itself or the one it is compared with. */
export type Part<T> = {
  key: string
  name: string
  of: T
  /** Place of its colour; of the whole none. The same in both periods. */
  colour: number | undefined
  other: boolean
  isCompared: boolean
  /** What a cell of it says besides its place. */
  cell: { breakdown?: BreakdownValues; compared?: boolean }
}

type Counted<T> = T & {
  breakdown?: (T & { values: BreakdownValues; other?: boolean | undefined })[] | undefined
}
/** An answer with values, and another period, or without either. */
export type Answered<T> = Counted<T> & { compare?: Counted<T> | undefined }
type Words = Say<typeof analyticsWords.zh>

/** All parts of an answer: the whole first, then value by value; beside each that of the period it is compared with. */
export function partsOf<T>(answer: Answered<T>, t: Words): Part<T>[] {
  const own = partsOfPeriod<T>(answer, false, t, [])
  const order = own.map(({ key }) => key)
  const compared = answer.compare ? partsOfPeriod<T>(answer.compare, true, t, order) : []
  const beside = own.flatMap((part) => [part, ...compared.filter(({ key }) => key === part.key)])
  return [...beside, ...compared.filter(({ key }) => !order.includes(key))]
}

function partsOfPeriod<T>(counted: Counted<T>, isCompared: boolean, t: Words, order: string[]): Part<T>[] {
  const named = (name: string) => (isCompared ? t('comparedName', { name }) : name)
  const compared = isCompared ? { compared: true } : {}
  const values = (counted.breakdown ?? []).map((one, at) => {
    const key = JSON.stringify(one.values)
    const place = order.indexOf(key) - 1
    return {
      key,
      name: named(valueName({ breakdown: one.values, other: one.other }, t)),
      of: one as T,
      colour: place >= 0 ? place : at,
      other: one.other === true,
      isCompared,
      cell: { breakdown: one.values, ...compared },
    }
  })
  const whole = {
    ...{ key: '', name: named(t('everybody')), of: counted as T, colour: undefined },
    ...{ other: false, isCompared, cell: compared },
  }
  return [whole, ...values]
}

/** Those a chart draws: the values where there are any, or the whole. */
export const drawnParts = <T>(parts: readonly Part<T>[]): Part<T>[] =>
  parts.some(({ colour }) => colour !== undefined)
    ? parts.filter(({ colour }) => colour !== undefined)
    : [...parts]

/** The change against the period before as a share; undefined where nothing was. */
export const changeOf = (now: number, then: number): number | undefined =>
  then === 0 ? undefined : (now - then) / then
