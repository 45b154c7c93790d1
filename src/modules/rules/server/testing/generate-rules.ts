import fc from 'fast-check'
import {
  consentStates,
  type EventLeaf,
  type Rule,
  type Scalar,
  type SequenceLeaf,
  type Step,
  type Test,
  type Where,
  type Window,
} from '../../contract.ts'

/** Every generated moment lies on this grid round `now`, so that ties and exact window ends are common. */
export const now = Date.UTC(2026, 2, 10, 4, 0, 0, 500)
const hour = 3_600_000
const moments = [
  ...[0, 1, -1, 1000].map((ms) => now + ms),
  ...[1, 2, 3, 4, 6, 12, 24, 25, 47, 48, 49, 71, 72, 73, 96, 168, 169, 720, 2000].map(
    (hours) => now - hours * hour,
  ),
  ...[1, 24, 72].map((hours) => now + hours * hour),
  Date.UTC(2026, 2, 7, 16, 0), // midnight in Shanghai
  Date.UTC(2026, 2, 7, 15, 59, 59, 999),
  Date.UTC(2026, 2, 8, 5, 0), // the night New York's clocks go forward
  Date.UTC(1969, 11, 31, 23, 59, 59, 999),
]

export const eventNames = ['View', 'Cart', 'Order', '退款 "x"`\\']
export const paths = [
  'plan',
  'price',
  'utm.source',
  'products.sku',
  'w`e"i\\r\'d\n:^@[]{p0:String}%',
  '渠道',
  'a..b',
  'null',
  'a.size0',
]
const texts = [
  '',
  'pro',
  'Pro',
  '5',
  ' 5.50',
  '1e1',
  'abc',
  '雅思课程',
  'a\nb',
  "o'x\\`",
  '2026-03-01',
  '1990-03-31T08:00:00Z',
  '2001-04-05',
  '90-03-01',
  '\u{1F600}',
  '\uFFFD',
]
const numbers = [0, 5, 5.5, -3, 10, 0.1, 0.2, 0.30000000000000004, 1e21]

const text = fc.constantFrom(...texts)
const number = fc.oneof(
  fc.constantFrom(...numbers),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }),
)
const scalar: fc.Arbitrary<Scalar> = fc.oneof(text, number, fc.boolean())
const list = fc.oneof(
  fc.array(text, { maxLength: 3 }),
  fc.array(fc.constantFrom(...numbers), { maxLength: 3 }),
  fc.array(fc.boolean(), { maxLength: 2 }),
  fc.array(fc.oneof(scalar, fc.constant(null)), { maxLength: 3 }),
)
const stored = fc.oneof(
  { weight: 3, arbitrary: text },
  { weight: 3, arbitrary: number },
  fc.boolean(),
  list,
  fc.constant(null),
)

/** Properties as they come in: nested, with lists of objects. */
export const rawProps = fc
  .record(
    {
      plan: stored,
      price: fc.oneof(number, text, stored),
      utm: fc.record({ source: stored }),
      products: fc.array(fc.record({ sku: fc.oneof(text, number) }), { maxLength: 2 }),
      weird: stored,
      渠道: text,
      a: fc.record({ '': fc.record({ b: stored }), size0: stored }, { requiredKeys: [] }),
      null: stored,
    },
    { requiredKeys: [] },
  )
  .map(({ weird, ...rest }) => ({ ...rest, ...(weird === undefined ? {} : { [paths[4] as string]: weird }) }))

export type RawEvent = { name: string; time: number; messageId: string; props: Record<string, unknown> }
/** Of which class each topic is; `gone` is none. */
export const topicClasses: Record<string, 'marketing' | 'transactional'> = {
  news: 'marketing',
  offers: 'marketing',
  receipts: 'transactional',
}
/** Where silence allows marketing: on this channel. */
export const openChannel = 'sms'
export type RawSaid = { channel: string; topic: string; state: 'granted' | 'denied' | 'pending' }
export type RawAddress = { channel: string; dead: boolean; refuses: string[]; except: string[] }
export type RawPerson = {
  /** Left out: nothing said, no address. */
  said?: RawSaid[]
  addresses?: RawAddress[]
  attrs: Record<string, unknown>
  tags: string[]
  events: RawEvent[]
  lists: string[]
  /** Left out: nobody. */
  owner?: string
  department?: string
  circles?: RawCircle[]
}
/** What a person belongs to, from their side: `title` is theirs, `people` are all of it. */
export type RawCircle = {
  kind: 'company' | 'household'
  attrs: Record<string, unknown>
  title: string | null
  people: RawPerson[]
}

/** Numbers of the lists that generated leaves name; `list_gone` has none. */
export const listNumbers: Record<string, number> = { list_a: 11, list_b: 12 }

export const owners = ['mem_a', "mem_'b"]
export const departments = ['dep_a', 'dep_b']

const rawEvent = fc.record({
  name: fc.constantFrom(...eventNames),
  time: fc.constantFrom(...moments),
  messageId: fc.string({ minLength: 1, maxLength: 3, unit: fc.constantFrom('a', 'B', 'é', '😀') }),
  props: rawProps,
})

const spokenChannels = ['email', 'sms'] as const

export const rawPerson: fc.Arbitrary<RawPerson> = fc.record({
  attrs: rawProps,
  tags: fc.uniqueArray(fc.constantFrom('root', 'child', 'leaf', 'other')),
  lists: fc.subarray(Object.keys(listNumbers)),
  owner: fc.constantFrom('', ...owners),
  department: fc.constantFrom('', ...departments),
  said: fc.uniqueArray(
    fc.record({
      channel: fc.constantFrom(...spokenChannels),
      topic: fc.constantFrom('', 'news', 'offers', 'receipts'),
      state: fc.constantFrom('granted' as const, 'denied' as const, 'pending' as const),
    }),
    { maxLength: 4, selector: (one) => `${one.channel} ${one.topic}` },
  ),
  addresses: fc.array(
    fc.record({
      channel: fc.constantFrom(...spokenChannels),
      dead: fc.nat({ max: 3 }).map((n) => n === 0),
      refuses: fc.subarray(['', 'news', 'receipts'], { maxLength: 2 }),
      except: fc.subarray(['offers']),
    }),
    { maxLength: 4 },
  ),
  // Sent twice under one id is dropped long before; the same content under two ids is two events.
  events: fc.uniqueArray(rawEvent, { maxLength: 12, selector: (event) => event.messageId }),
})

export const titles = ['guardian', 'student', 'pro', null]
/** A company or household with some of so many people, by index. */
export const rawCircle = (people: number) =>
  fc.record({
    kind: fc.constantFrom('company' as const, 'company' as const, 'household' as const),
    attrs: rawProps,
    members: fc.uniqueArray(
      fc.record({ person: fc.nat({ max: people - 1 }), title: fc.constantFrom(...titles) }),
      { minLength: 1, maxLength: 8, selector: (one) => one.person },
    ),
  })

const ordered = fc.oneof(text, number)
export const anyTest: fc.Arbitrary<Test> = fc.oneof(
  fc.record({ op: fc.constantFrom('eq' as const, 'ne' as const), value: scalar }),
  fc.record({
    op: fc.constantFrom('gt' as const, 'gte' as const, 'lt' as const, 'lte' as const),
    value: ordered,
  }),
  fc.record({
    op: fc.constantFrom('in' as const, 'not_in' as const),
    value: fc.array(scalar, { maxLength: 4 }),
  }),
  fc.record({ op: fc.constantFrom('contains' as const, 'not_contains' as const), value: ordered }),
  fc.record({ op: fc.constantFrom('starts_with' as const, 'ends_with' as const), value: text }),
  fc.record({
    op: fc.constant('matches' as const),
    value: fc.constantFrom('^p', 'a.b', '(?i)PRO$', '课', '[0-9]+\\.', '', '^.$'),
  }),
  fc.record({ op: fc.constantFrom('exists' as const, 'not_exists' as const) }),
  fc.record({
    op: fc.constant('between' as const),
    value: fc.oneof(fc.tuple(number, number), fc.tuple(text, text)),
  }),
) as fc.Arbitrary<Test>

const numberTest = (operand: fc.Arbitrary<number>): fc.Arbitrary<Test> =>
  fc.oneof(
    fc.record({ op: fc.constantFrom('eq', 'ne', 'gt', 'gte', 'lt', 'lte'), value: operand }),
    fc.record({ op: fc.constantFrom('in', 'not_in'), value: fc.array(operand, { maxLength: 3 }) }),
    fc.record({ op: fc.constant('between'), value: fc.tuple(operand, operand) }),
  ) as fc.Arbitrary<Test>

const path = fc.constantFrom(...paths, 'unknown')
const propTest = fc.tuple(path, anyTest).map(([prop, test]): Where => ({ prop, ...test }))
const where: fc.Arbitrary<Where[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: propTest },
    fc.array(propTest, { maxLength: 2 }).map((all) => ({ all })),
    fc.array(propTest, { maxLength: 2 }).map((any) => ({ any })),
    propTest.map((not) => ({ not })),
  ),
  { maxLength: 2 },
)

const within: fc.Arbitrary<Window> = fc.oneof(
  fc.record({
    last: fc.constantFrom(1, 2, 3, 24, 72),
    unit: fc.constantFrom('hour' as const, 'day' as const),
  }),
  fc.record({
    last: fc.constant(1),
    unit: fc.constantFrom('second' as const, 'week' as const, 'month' as const),
  }),
  fc.record(
    {
      from: fc.constantFrom('2026-03-08', '2026-02-01', '2026-03-07T16:00:00Z'),
      to: fc.constantFrom('2026-03-08', '2026-03-10', '2026-03-10T12:00:00+08:00', '2026-03-11'),
    },
    { requiredKeys: ['from'] },
  ),
  fc.record({ to: fc.constantFrom('2026-03-07', '2026-03-10', '2026-03-12') }),
)

const name = fc.constantFrom(...eventNames, 'Never')
const someName = fc.constantFrom(...eventNames)
const aggregate = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('sum' as const, 'avg' as const, 'min' as const, 'max' as const),
      path,
      numberTest(number),
    )
    .map(([fn, prop, test]) => ({ fn, prop, ...test })),
  fc
    .tuple(path, numberTest(fc.constantFrom(0, 1, 2, 3)))
    .map(([prop, test]) => ({ fn: 'count_distinct' as const, prop, ...test })),
  fc
    .tuple(fc.constantFrom('first' as const, 'last' as const), path, anyTest)
    .map(([fn, prop, test]) => ({ fn, prop, ...test })),
)
const eventLeaf: fc.Arbitrary<EventLeaf> = fc.record(
  { event: name, where, count: numberTest(fc.constantFrom(0, 1, 2, 3)), agg: aggregate, within },
  { requiredKeys: ['event'] },
)

const did = fc.record(
  { event: name, where, count: numberTest(fc.constantFrom(0, 1, 2, 5)), within },
  { requiredKeys: ['event'] },
)
const people = numberTest(fc.constantFrom(0, 1, 2, 3, 5))
const companyLeaf: fc.Arbitrary<Rule> = fc
  .record({ where, title: anyTest, people, did }, { requiredKeys: [] })
  .map((company) => ({ company }))
const householdLeaf: fc.Arbitrary<Rule> = fc
  .record(
    { role: fc.constantFrom('guardian' as const, 'student' as const), people, did },
    { requiredKeys: [] },
  )
  .map((household) => ({ household }))

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ event: someName, where }, { requiredKeys: ['event'] }) },
  fc.record({ not_event: someName, where }, { requiredKeys: ['not_event'] }),
)
const sequenceLeaf: fc.Arbitrary<SequenceLeaf> = fc
  .tuple(
    fc.record({ event: someName }),
    fc.array(step, { minLength: 1, maxLength: 3 }),
    fc.option(within, { nil: undefined }),
    fc.option(fc.constantFrom(1, 2, 24, 72), { nil: undefined }),
  )
  .map(([first, rest, window, gap]) => ({
    sequence: [first, ...rest],
    ...(window === undefined ? {} : { within: window }),
    ...(gap === undefined ? {} : { gap: { value: gap, unit: 'hour' as const } }),
  }))

const ownerLeaf: fc.Arbitrary<Rule> = fc
  .oneof(
    fc.subarray([...owners, 'mem_gone']).map((one) => ({ in: one })),
    fc.subarray([...departments, 'dep_gone']).map((one) => ({ departments: one })),
    fc.constant({ nobody: true as const }),
    fc.constant({ me: true as const }),
  )
  .map((owner) => ({ owner }))

const topic = fc.constantFrom(...Object.keys(topicClasses), 'gone')
const consentLeaf: fc.Arbitrary<Rule> = fc
  .record({
    channel: fc.constantFrom(...spokenChannels, 'wechat' as const),
    topic,
    is: fc.constantFrom(...consentStates),
  })
  .map((consent) => ({ consent }))
const reachableLeaf: fc.Arbitrary<Rule> = fc
  .record(
    { channel: fc.constantFrom(...spokenChannels, 'wechat' as const), topic },
    { requiredKeys: ['channel'] },
  )
  .map((reachable) => ({ reachable }))

const leaf: fc.Arbitrary<Rule> = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(path, anyTest).map(([attr, test]) => ({ attr, ...test })) },
  fc.constantFrom('plan', 'price', '渠道').map((attr): Rule => ({ attr, op: 'this_month' })),
  { weight: 1, arbitrary: fc.constantFrom('root', 'child', 'leaf').map((tag) => ({ tag })) },
  { weight: 1, arbitrary: fc.constantFrom('seg_a', 'seg_b', 'seg_gone').map((segment) => ({ segment })) },
  { weight: 1, arbitrary: fc.constantFrom('list_a', 'list_b', 'list_gone').map((list) => ({ list })) },
  { weight: 2, arbitrary: ownerLeaf },
  { weight: 4, arbitrary: eventLeaf },
  { weight: 4, arbitrary: sequenceLeaf },
  { weight: 3, arbitrary: companyLeaf },
  { weight: 2, arbitrary: householdLeaf },
  { weight: 2, arbitrary: consentLeaf },
  { weight: 3, arbitrary: reachableLeaf },
)

/** Rules of every kind; half of them a single leaf, so that a wrong leaf cannot hide behind a group. */
export const anyRule: fc.Arbitrary<Rule> = fc.oneof(
  leaf,
  fc.letrec<{ rule: Rule }>((tie) => ({
    rule: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.array(tie('rule'), { maxLength: 3 }).map((all) => ({ all })),
      fc.array(tie('rule'), { maxLength: 3 }).map((any) => ({ any })),
      tie('rule').map((not) => ({ not })),
    ),
  })).rule,
)

/** What the generated segment leaves refer to; `seg_b` refers on to `seg_a`. */
export const segments: Record<string, Rule> = {
  seg_a: { event: 'Order', within: { last: 3, unit: 'day' } },
  seg_b: { any: [{ segment: 'seg_a' }, { attr: 'plan', op: 'eq', value: 'pro' }] },
}
