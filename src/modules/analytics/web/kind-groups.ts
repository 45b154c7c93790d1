import type { Kind } from '../contract/kinds.ts'

/** What one wants to know, in the order of the tabs. */
export const kindGroups = ['doing', 'converting', 'returning', 'people', 'orders'] as const
export type KindGroup = (typeof kindGroups)[number]

/** Under which tab a kind stands; `kindViews` says in which order. */
export const groupOf: Record<Kind, KindGroup> = {
  trend: 'doing',
  funnel: 'converting',
  path: 'converting',
  retention: 'returning',
  usage_lifecycle: 'returning',
  stickiness: 'returning',
  heatmap: 'doing',
  interval: 'converting',
  distribution: 'doing',
  composition: 'people',
  orders: 'orders',
  repurchase: 'orders',
  ltv: 'orders',
  rfm: 'orders',
}
