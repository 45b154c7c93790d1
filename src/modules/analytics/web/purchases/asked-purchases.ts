import type { Range } from '../../contract/question.ts'
import { choiceOf } from '../one-event.ts'
import { brokenDownPart, chosenEvents, commonPart, optionsOf, type QuestionState } from '../question-state.ts'
import { PurchaseOptions } from './purchase-options.ts'

/** Cohorts of buyers are followed by days, weeks or months. */
export const intervalOf = ({ interval }: QuestionState): 'day' | 'week' | 'month' =>
  interval === undefined || interval === 'hour' ? 'month' : interval

export const aYear: Range = { last: 12, unit: 'month' }

/** The part of the question both kinds send alike; undefined while its event is not chosen. */
export function askedPurchases(state: QuestionState, kind: 'repurchase' | 'ltv') {
  const options = optionsOf(state, kind, PurchaseOptions) ?? {}
  const event = state.events?.[0]
  if (options.source === 'event' && (event === undefined || event.event === '')) return undefined
  const asked = {
    ...commonPart({ ...state, range: state.range ?? aYear }),
    ...(options.source === 'event' && event ? { event: choiceOf(event) } : {}),
    ...(options.source === 'event' && options.orderId ? { order_id: options.orderId } : {}),
    interval: intervalOf(state),
    periods: options.periods ?? 12,
    ...brokenDownPart(state),
  }
  return { asked, options }
}

/** Which events of the question mean what: the order first, where it is one; then what begins a cohort. */
export const startPlace = ({ source }: PurchaseOptions): number => (source === 'event' ? 1 : 0)

/** The event that puts somebody into a cohort, whose properties a breakdown can go by. */
export function beginningOf(state: QuestionState, kind: 'repurchase' | 'ltv'): string {
  const options = optionsOf(state, kind, PurchaseOptions) ?? {}
  if (kind === 'ltv' && options.startBy === 'event') return state.events?.[startPlace(options)]?.event ?? ''
  return options.source === 'event' ? (state.events?.[0]?.event ?? '') : 'Order Completed'
}

export const isChosenAt = (state: QuestionState, at: number): boolean =>
  chosenEvents({ ...state, events: state.events?.slice(at, at + 1) }).length === 1
