import type { Kind } from '#modules/analytics/contract/kinds.ts'
import type { Analysis } from '#modules/analytics/server/analysis.ts'
import { composition } from '#modules/analytics/server/composition/composition.ts'
import { distribution } from '#modules/analytics/server/distribution/distribution.ts'
import { funnel } from '#modules/analytics/server/funnel/funnel.ts'
import { heatmap } from '#modules/analytics/server/heatmap/heatmap.ts'
import { interval } from '#modules/analytics/server/interval/interval.ts'
import { ltv } from '#modules/analytics/server/ltv/ltv.ts'
import { orders } from '#modules/analytics/server/orders/orders.ts'
import { path } from '#modules/analytics/server/path/path.ts'
import { repurchase } from '#modules/analytics/server/repurchase/repurchase.ts'
import { retention } from '#modules/analytics/server/retention/retention.ts'
import { rfm } from '#modules/analytics/server/rfm/rfm.ts'
import { stickiness } from '#modules/analytics/server/stickiness/stickiness.ts'
import { trend } from '#modules/analytics/server/trend/trend.ts'
import { usageLifecycle } from '#modules/analytics/server/usage-lifecycle/usage-lifecycle.ts'

/** Every kind of analysis; a new one is a folder beside this file and one line here. */
const analyses: { [K in Kind]: Analysis<K> } = {
  trend,
  funnel,
  path,
  composition,
  retention,
  usage_lifecycle: usageLifecycle,
  stickiness,
  rfm,
  heatmap,
  interval,
  distribution,
  repurchase,
  ltv,
  orders,
}

/** The analysis of a question, whichever kind it is: the two come from one body, so they belong together. */
export const analysisOf = (kind: Kind): Analysis<Kind> => analyses[kind] as unknown as Analysis<Kind>
