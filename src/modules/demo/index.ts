import { type LiveState, liveMessages as liveSince, startLive as startLiveFrom } from './live.ts'
import { type DemoBatch, type DemoOptions, demoBatches as tellStory } from './story/demo-batches.ts'
import type { Message } from './story/message.ts'

/** The people, messages and length of the demo workspace: what its documents and tests speak of. */
export const demoDefaults = { seed: 1, people: 50_000, events: 1_000_000 } as const

/**
 * The seeded past: Segment messages in order of sending, about a thousand to a batch. `at` is the sending time of the
 * batch's last message. Messages carry no `sentAt`, so a collector's clock-skew correction leaves them where they are.
 */
export function demoBatches(options: DemoOptions): Generator<DemoBatch> {
  return tellStory(options)
}

/** Prepares the live stream of the same story; pass the very options the past was made with. */
export function startLive(options: { seed: number; people: number; end: Date }): LiveState {
  return startLiveFrom(options)
}

/** The messages since the last call, at most a minute's worth: call it about once a second. */
export function liveMessages(state: LiveState, now: Date): Message[] {
  return liveSince(state, now)
}

/** Segments of the demo workspace: what an operator of an online school would look at first. */
export const demoSegments = [
  {
    name: '高意向：7 天内看过课程 3 次以上，未下单',
    description: 'Viewed courses three times or more within 7 days, no order yet',
    rule: {
      all: [
        { event: 'Course Viewed', count: { op: 'gte', value: 3 }, within: { last: 7, unit: 'day' } },
        { not: { event: 'Order Completed' } },
      ],
    },
  },
  {
    name: '加购未支付 3 天',
    description: 'Added a product, no order within three days',
    rule: {
      sequence: [{ event: 'Product Added' }, { not_event: 'Order Completed' }],
      within: { last: 14, unit: 'day' },
      gap: { value: 3, unit: 'day' },
    },
  },
  {
    name: '复购学员',
    description: 'Two orders or more',
    rule: { event: 'Order Completed', count: { op: 'gte', value: 2 } },
  },
  {
    name: '北上广深的付费学员',
    description: 'Paying students of the four largest cities',
    rule: {
      all: [
        { attr: 'city', op: 'in', value: ['北京', '上海', '广州', '深圳'] },
        { event: 'Order Completed', agg: { fn: 'sum', prop: 'revenue', op: 'gt', value: 1000 } },
      ],
    },
  },
  {
    name: '沉睡学员：买过课，30 天没上课',
    description: 'Bought, but no lesson for 30 days',
    rule: {
      all: [
        { event: 'Order Completed' },
        { event: 'Lesson Started', count: { op: 'eq', value: 0 }, within: { last: 30, unit: 'day' } },
      ],
    },
  },
]
