import type { Kind } from '#modules/analytics/contract/kinds.ts'
import type { Analysis } from '#modules/analytics/server/analysis.ts'
import { trend } from '#modules/analytics/server/trend/trend.ts'

/** Every kind of analysis; a new one is a folder beside this file and one line here. */
export const analyses: { [K in Kind]: Analysis<K> } = {
  trend,
}
