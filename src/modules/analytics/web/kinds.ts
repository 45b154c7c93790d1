import type { Kind } from '../contract/kinds.ts'
import { compositionView } from './composition/composition-view.tsx'
import { distributionView } from './distribution/distribution-view.tsx'
import { funnelView } from './funnel/funnel-view.tsx'
import { heatmapView } from './heatmap/heatmap-view.tsx'
import { intervalView } from './interval/interval-view.tsx'
import type { KindView } from './kind-view.ts'
import { ltvView } from './ltv/ltv-view.tsx'
import { ordersView } from './orders/orders-view.tsx'
import { pathView } from './path/path-view.tsx'
import { repurchaseView } from './repurchase/repurchase-view.tsx'
import { retentionView } from './retention/retention-view.tsx'
import { rfmView } from './rfm/rfm-view.tsx'
import { stickinessView } from './stickiness/stickiness-view.tsx'
import { trendView } from './trend/trend-view.tsx'
import { usageLifecycleView } from './usage-lifecycle/usage-lifecycle-view.tsx'

/** Every kind in the order of its tab; a new one is a folder beside this file and one line here. */
export const kindViews: readonly KindView[] = [
  trendView,
  funnelView,
  pathView,
  compositionView,
  retentionView,
  usageLifecycleView,
  stickinessView,
  heatmapView,
  intervalView,
  distributionView,
  ordersView,
  repurchaseView,
  ltvView,
  rfmView,
].map((view) => view as unknown as KindView)

export const viewOf = (kind: string | undefined): KindView =>
  kindViews.find((view) => view.kind === (kind as Kind)) ?? (kindViews[0] as KindView)
