import type { RetentionAnswer } from '../../contract/retention.ts'

/**
 * Of each column over the cohorts for which it is over, large ones counting for more: the share who return, or the
 * sum for each person of them. Null where none is over. Of averages: their mean, weighted by size.
 */
export function averageRow(
  { cohorts, columns }: Pick<RetentionAnswer, 'cohorts' | 'columns'>,
  isAverage: boolean,
) {
  return columns.map((_, at) => {
    const over = cohorts.filter(({ values }) => typeof values[at] === 'number')
    const size = over.reduce((all, one) => all + one.size, 0)
    const sum = over.reduce((all, one) => all + (one.values[at] ?? 0) * (isAverage ? one.size : 1), 0)
    return size === 0 ? null : sum / size
  })
}
