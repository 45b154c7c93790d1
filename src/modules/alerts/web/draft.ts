import type { Alert } from '../contract/alert.ts'
import type { AlertCondition, AlertInterval, AlertMetric } from '../contract/condition.ts'

/** An alert as it is edited; numbers that are not filled in yet are null. */
export type Draft = {
  name: string
  metric: AlertMetric | undefined
  line: string
  kind: AlertCondition['kind']
  is: 'above' | 'below' | 'outside'
  low: number | null
  high: number | null
  against: 'previous' | 'week'
  to: 'up' | 'down' | 'either'
  by: number | null
  unit: 'percent' | 'absolute'
  sensitivity: 'low' | 'medium' | 'high'
  running: boolean
  hour: number
  remindEvery: number | null
  members: string[]
  mail: boolean
  webhook: boolean
  /** Only these; null: every webhook that asks. */
  endpoints: string[] | null
}

const blank: Omit<Draft, 'name' | 'metric' | 'line' | 'members'> = {
  kind: 'deviation',
  is: 'below',
  low: null,
  high: null,
  against: 'week',
  to: 'either',
  by: 30,
  unit: 'percent',
  sensitivity: 'medium',
  running: false,
  hour: 8,
  remindEvery: null,
  mail: false,
  webhook: false,
  endpoints: null,
}

export const newDraft = (name: string, interval: AlertInterval): Draft => ({
  ...blank,
  against: interval === 'month' ? 'previous' : 'week',
  ...{ name, metric: undefined, line: '', members: [] },
})

export const draftOf = (alert: Alert): Draft => ({
  ...blank,
  ...alert.condition,
  name: alert.name,
  metric: alert.metric,
  line: alert.line,
  running: alert.running,
  hour: alert.hour,
  remindEvery: alert.remindEvery,
  members: alert.tell.members,
  mail: alert.tell.mail,
  webhook: alert.tell.webhook,
  endpoints: alert.tell.endpoints,
})

/** The condition once it is whole. */
export function conditionOf(draft: Draft): AlertCondition | undefined {
  const { kind, is, low, high, against, to, by, unit, sensitivity } = draft
  if (kind === 'deviation') return { kind, to, sensitivity }
  if (kind === 'change') return by === null || by <= 0 ? undefined : { kind, against, to, by, unit }
  if (is === 'above') return high === null ? undefined : { kind, is, high }
  if (is === 'below') return low === null ? undefined : { kind, is, low }
  return low === null || high === null || low > high ? undefined : { kind, is, low, high }
}

/** Only what goes beyond a limit is known before the end. */
export const mayRun = ({ kind, is }: Draft): boolean => kind === 'threshold' && is === 'above'
