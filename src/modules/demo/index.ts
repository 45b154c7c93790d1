import { type LiveState, liveMessages as liveSince, startLive as startLiveFrom } from './live.ts'
import { makeStory } from './story/cast-person.ts'
import { type DemoBatch, type DemoOptions, demoBatches as tellStory } from './story/demo-batches.ts'
import type { Message } from './story/message.ts'
import { tagsOf, tagTree } from './story/tag-person.ts'

export { demoAnnotations } from './annotations.ts'
export {
  type DemoMember,
  type DemoSource,
  demoCompanyOwner,
  demoDepartments,
  demoInvitation,
  demoMembers,
  demoOwner,
  demoOwnerOf,
  demoRoles,
  demoSourceOf,
  demoSources,
} from './company.ts'
export { demoConsents, demoPolicy, demoSpeaking, demoSuppressions } from './consents.ts'
export { demoEventNames, demoPropertyNames } from './event-names.ts'

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
export function startLive(options: { seed: number; people: number; events: number; end: Date }): LiveState {
  return startLiveFrom(options)
}

/** The messages since the last call, at most a minute's worth: call it about once a second. */
export function liveMessages(state: LiveState, now: Date): Message[] {
  return liveSince(state, now)
}

/** The tree of tags, parents first, and which of them a login of the story carries (none: nobody noted anything). */
export function demoTags(options: { seed: number; people: number; end: Date }) {
  const story = makeStory(options)
  return { tree: tagTree, of: (userId: string) => tagsOf(story, userId) }
}

/** Who is worth a tag: nobody else carries one. */
export const demoTagged = { any: [{ event: 'Trial Booked' }, { event: 'Order Completed' }] }

/** Segments of the demo workspace: what an operator of an online school would look at first. */
export const demoSegments = [
  {
    name: '高意向：7 天内看过课程 3 次以上，未下单',
    description: '一周内反复看课，还没有下过单：优先回访',
    rule: {
      all: [
        { event: 'Course Viewed', count: { op: 'gte', value: 3 }, within: { last: 7, unit: 'day' } },
        { not: { event: 'Order Completed' } },
      ],
    },
  },
  {
    name: '加购未支付 3 天',
    description: '加入购物车后三天没有支付，适合提醒或发券',
    rule: {
      sequence: [{ event: 'Product Added' }, { not_event: 'Order Completed' }],
      within: { last: 14, unit: 'day' },
      gap: { value: 3, unit: 'day' },
    },
  },
  {
    name: '复购学员',
    description: '下过两单及以上的学员',
    rule: { event: 'Order Completed', count: { op: 'gte', value: 2 } },
  },
  {
    name: '北上广深的付费学员',
    description: '四个一线城市里累计支付超过 1000 元的学员',
    rule: {
      all: [
        { attr: 'city', op: 'in', value: ['北京', '上海', '广州', '深圳'] },
        { event: 'Order Completed', agg: { fn: 'sum', prop: 'revenue', op: 'gt', value: 1000 } },
      ],
    },
  },
  {
    name: '沉睡学员：买过课，30 天没上课',
    description: '买过课，最近 30 天没有上课，需要教务跟进',
    rule: {
      all: [
        { event: 'Order Completed' },
        { event: 'Lesson Started', count: { op: 'eq', value: 0 }, within: { last: 30, unit: 'day' } },
      ],
    },
  },
  {
    name: '顾问标记高意向，还没报名',
    description: '上过体验课、顾问打了“高意向”标签，至今没有下单',
    rule: { all: [{ tag: '高意向' }, { not: { event: 'Order Completed' } }] },
  },
  {
    name: '双11 领券未用',
    description: '双11 期间看过商品，没有用券下单',
    rule: {
      all: [
        { event: 'Product Viewed', count: { op: 'gte', value: 2 }, within: { last: 30, unit: 'day' } },
        {
          not: {
            event: 'Order Completed',
            where: [
              {
                any: [
                  { prop: 'coupon', op: 'eq', value: 'D11-500' },
                  { prop: 'discount', op: 'gt', value: 0 },
                ],
              },
            ],
          },
        },
      ],
    },
  },
  {
    name: '企业培训：同事近 30 天下过单，本人还没有',
    description: '所在企业最近有人买课，本人还没有：请企业顾问跟进',
    rule: {
      all: [
        { company: { did: { event: 'Order Completed', within: { last: 30, unit: 'day' } } } },
        { not: { event: 'Order Completed' } },
      ],
    },
  },
  {
    name: '家长：家里有孩子上过试听课',
    description: '已确认的家庭里，孩子参加过试听课的家长',
    rule: { household: { role: 'guardian', did: { event: 'Trial Attended' } } },
  },
]
