import { useMemo } from 'react'
import { useWords } from '#ui/i18n.ts'
import { analyticsWords } from '../analytics-words.ts'
import { type Answered, drawnParts, type Part, partsOf } from '../parts.ts'
import { averageRow, type Cohort } from './average-row.ts'
import type { Curve } from './CohortCurve.tsx'
import type { CohortSection } from './CohortSection.tsx'
import { cohortWords } from './cohort-words.ts'

type Counted = { cohorts: readonly Cohort[] }
type Asked<T> = {
  answer: Answered<T> & Counted
  /** So many columns only say how large a cohort is; the table leaves them out. */
  skip: number
  /** The first column of the curves. */
  drawnFrom: number
  /** Values are means of the cohort, not what all of it comes to. */
  isAverage: boolean
}

/** How the values of a kind are written, coloured and opened. */
type Look<T> = {
  /** What the colour stands for, of a value of a cohort of this size. */
  share: (value: number, size: number) => number
  /** The darkest is the largest of the table instead of a whole. */
  isRelative: boolean
  written: (value: number, size: number) => string
  average: (value: number) => string
  /** Averages are shares, too, so they are coloured where several stand beside each other. */
  isShare?: boolean
  /** `period` is the place in the values of the cohort, undefined its size; which opens nobody when `onSize` is false. */
  onOpen: (part: Part<T>, cohort: string, period: number | undefined) => void
  onSize?: boolean
}

/** Cohorts of everybody, of each value and of the period compared: their averages as curves, and all of them as a table. */
export function useCohorts<T extends Counted>({ answer, skip, drawnFrom, isAverage }: Asked<T>) {
  const a = useWords(analyticsWords)
  const c = useWords(cohortWords)
  const columns = answer.cohorts[0]?.values.length ?? 0
  const parts = useMemo(() => partsOf<T>(answer, a), [answer, a])
  const isAlone = parts.length === 1
  const curves = useMemo(
    () =>
      drawnParts(parts).map(
        (part): Curve => ({
          ...{ colour: part.colour, other: part.other, isCompared: part.isCompared },
          name: isAlone ? c('average') : part.name,
          values: averageRow(part.of.cohorts, columns, isAverage).slice(drawnFrom),
        }),
      ),
    [parts, columns, isAlone, isAverage, drawnFrom, c],
  )
  const hasValues = parts.some(({ colour }) => colour !== undefined)
  const sections = (look: Look<T>): CohortSection[] => {
    const shares = parts.flatMap(({ of }) =>
      of.cohorts.flatMap(({ size, values }) =>
        values.slice(skip).map((value) => (value === null || size === 0 ? 0 : look.share(value, size))),
      ),
    )
    const most = look.isRelative ? Math.max(0.01, ...shares) : 1
    return parts.map((part): CohortSection => {
      const people = part.of.cohorts.reduce((all, { size }) => all + size, 0)
      const isHeated = look.isShare === true && !isAlone && people > 0
      return {
        ...{ key: `${part.isCompared} ${part.key}`, name: part.name },
        startsOpen: !hasValues && !part.isCompared,
        rows: part.of.cohorts.map(({ date, size, values }) => ({
          ...{ date, size },
          cells: values.slice(skip).map((value) => {
            // Of nobody there is nothing, over or not.
            if (size === 0 && value === null && isAverage) return { value: 0, text: '', share: 0 }
            if (value === null) return null
            return { value, text: look.written(value, size), share: look.share(value, size) / most }
          }),
        })),
        averages: averageRow(part.of.cohorts, columns, isAverage)
          .slice(skip)
          .map((value) =>
            value === null
              ? null
              : { text: look.average(value), ...(isHeated ? { share: value / most } : {}) },
          ),
        ...(look.onSize === false ? {} : { onSize: (date: string) => look.onOpen(part, date, undefined) }),
        onCell: (date, column) => look.onOpen(part, date, column + skip),
      }
    })
  }
  /** With whose it is, where there are several. */
  const titled = (part: Part<T>, title: string) => (isAlone ? title : `${part.name} · ${title}`)
  const isEmpty = answer.cohorts.every(({ size }) => size === 0)
  return { parts, isAlone, columns, curves, sections, titled, isEmpty }
}
