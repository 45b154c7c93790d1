/** A cohort of any kind of analysis; null: not over yet. */
export type Cohort = { date: string; size: number; values: readonly (number | null)[] }

/**
 * Of each column over the cohorts for which it is over, large ones counting for more: the share who return, or the
 * sum for each person of them. Null where none is over. Of averages: their mean, weighted by size.
 */
export function averageRow(cohorts: readonly Cohort[], columns: number, isAverage: boolean) {
  return Array.from({ length: columns }, (_, at) => {
    const over = cohorts.filter(({ values }) => typeof values[at] === 'number')
    const size = over.reduce((all, one) => all + one.size, 0)
    const sum = over.reduce((all, one) => all + (one.values[at] ?? 0) * (isAverage ? one.size : 1), 0)
    return size === 0 ? null : sum / size
  })
}
