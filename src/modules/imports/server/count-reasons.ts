import type { ReasonGroup } from '#modules/imports/contract.ts'
import type { RowFault } from '#modules/imports/server/reading/table-row.ts'

const mostExamples = 5

/** Rows by reason, with the first few of each. */
export function createReasons(known: readonly ReasonGroup[]) {
  const groups = new Map(known.map((group) => [`${group.outcome} ${group.code}`, { ...group }]))
  return {
    add: (outcome: ReasonGroup['outcome'], row: number, { code, details = {} }: RowFault) => {
      const key = `${outcome} ${code}`
      const group = groups.get(key) ?? { code, outcome, count: 0, examples: [] }
      groups.set(key, group)
      group.count++
      if (group.examples.length < mostExamples) group.examples = [...group.examples, { row, details }]
    },
    list: (): ReasonGroup[] =>
      [...groups.values()].sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1)),
  }
}
export type Reasons = ReturnType<typeof createReasons>
