import { orderFactsSql } from '#modules/orders/index.ts'
import { behaviour } from '#modules/profiles/index.ts'
import type { ViewInfo, ViewSetting } from '#modules/sql/server/views/view-setting.ts'

const local = (column: string) => (setting: ViewSetting) =>
  `toTimeZone(${column}, ${setting.bindings.bind('String', setting.zone)})`
const plain = (column: string) => () => column
const timeType = 'DateTime64(3)'

const person = {
  ...{ name: 'person', type: 'String', zh: '客户 ID', en: 'Id of the person' },
  sql: ({ personId }: ViewSetting) => personId.idOf('person'),
  key: () => 'person',
}

export const eventsView: ViewInfo = {
  name: 'events',
  zh: '事件：每行是客户做过的一件事',
  en: 'Events: one row for each thing somebody did',
  needs: undefined,
  roots: ['props', 'properties'],
  columns: [
    {
      name: 'event',
      type: 'String',
      zh: '事件名',
      en: 'Name of the event',
      sql: () => 'toString(event)',
      hide: 'looks',
    },
    {
      name: 'time',
      type: timeType,
      zh: '发生时间（工作区时区）',
      en: 'When, in the workspace’s time zone',
      sql: local('time'),
    },
    {
      ...person,
      sql: ({ personId, personOf }) => personId.idOf(personOf('unit', 'time')),
      key: ({ personOf }) => personOf('unit', 'time'),
    },
    {
      name: 'type',
      type: 'String',
      zh: '类型：track、page、screen 等',
      en: 'track, page, screen …',
      sql: () => 'toString(type)',
    },
    {
      name: 'message_id',
      type: 'String',
      zh: '消息 ID',
      en: 'Id of the message',
      sql: plain('message_id'),
      hide: 'looks',
    },
    {
      name: 'user_id',
      type: 'String',
      zh: '上报的登录 ID',
      en: 'Login id it was sent with',
      sql: plain('user_id'),
      hide: 'looks',
    },
    {
      name: 'anonymous_id',
      type: 'String',
      zh: '上报的设备 ID',
      en: 'Device id it was sent with',
      sql: plain('anonymous_id'),
      hide: 'looks',
    },
    {
      name: 'received_at',
      type: timeType,
      zh: '收到时间',
      en: 'When it was received',
      sql: local('received_at'),
    },
    {
      name: 'properties',
      type: 'String',
      zh: '全部属性（JSON 文本）',
      en: 'All properties as JSON text',
      sql: plain('properties'),
      hide: 'full',
      large: true,
    },
    {
      name: 'context',
      type: 'String',
      zh: '上下文（JSON 文本）',
      en: 'Context as JSON text',
      sql: plain('context'),
      hide: 'full',
      large: true,
    },
  ],
}

export const peopleView: ViewInfo = {
  name: 'people',
  zh: '客户：每行是一位客户',
  en: 'People: one row for each person',
  needs: 'people:read',
  roots: ['attrs', 'attributes'],
  columns: [
    person,
    { name: 'name', type: 'String', zh: '姓名', en: 'Name', sql: plain('name'), hide: 'looks' },
    { name: 'tags', type: 'Array(String)', zh: '标签', en: 'Tags', sql: plain('tags') },
    { name: 'first_seen', type: timeType, zh: '首次出现', en: 'First seen', sql: local('first_seen') },
    {
      name: 'owner',
      type: 'String',
      zh: '负责人（成员 ID），空为无人负责',
      en: 'Owner (id of a member), empty for nobody',
      sql: plain('owner'),
    },
    {
      name: 'identifiers',
      type: 'Array(Tuple(String, String))',
      zh: '标识（种类、值）',
      en: 'Identifiers: kind and value',
      sql: plain('identifiers'),
      hide: 'full',
      large: true,
    },
  ],
}

export const ordersView: ViewInfo = {
  name: 'orders',
  zh: '订单事实：每行是一笔销售、退款或取消',
  en: 'Order facts: a row for each sale, refund and cancellation',
  needs: 'order:read',
  roots: ['props', 'properties'],
  columns: [
    { name: 'order_id', type: 'String', zh: '订单号', en: 'Order id', sql: plain('order_id'), hide: 'looks' },
    {
      ...{ name: 'type', type: 'String', sql: () => 'toString(type)' },
      ...{ zh: 'sale 销售、refund 退款、cancel 取消', en: 'sale, refund or cancel' },
    },
    {
      ...person,
      sql: ({ personId, personOf }) => personId.idOf(personOf('unit', 'time')),
      key: ({ personOf }) => personOf('unit', 'time'),
    },
    {
      ...{ name: 'time', type: timeType, sql: local('time') },
      ...{ zh: '下单时间（工作区时区）', en: 'When the order was placed, in the workspace’s time zone' },
    },
    {
      ...{ name: 'happened_at', type: timeType, sql: local('at') },
      ...{ zh: '销售、退款或取消发生的时间', en: 'When this sale, refund or cancellation happened' },
    },
    {
      ...{ name: 'amount', type: 'Float64', sql: () => 'amount / 100' },
      ...{
        zh: '金额，退款和取消为负，合计即净额',
        en: 'Amount, negative for what goes back: the sum is net',
      },
    },
    { name: 'discount', type: 'Float64', zh: '优惠金额', en: 'Discount', sql: () => 'discount / 100' },
    { name: 'quantity', type: 'Float64', zh: '数量', en: 'Quantity', sql: plain('quantity') },
    {
      name: 'currency',
      type: 'String',
      zh: '币种',
      en: 'Currency',
      sql: () => 'toString(currency)',
      hide: 'looks',
    },
    {
      name: 'coupon',
      type: 'String',
      zh: '优惠券',
      en: 'Coupon',
      sql: () => 'toString(coupon)',
      hide: 'looks',
    },
    {
      name: 'reason',
      type: 'String',
      zh: '退款原因',
      en: 'Reason',
      sql: () => 'toString(reason)',
      hide: 'looks',
    },
    {
      ...{ name: 'products', type: 'Array(String)', zh: '商品名称', en: 'Names of the products' },
      sql: () => 'arrayMap(p -> p.2, products)',
      hide: 'each',
    },
  ],
}

export const segmentMembersView: ViewInfo = {
  name: 'segment_members',
  zh: '分群成员：谁现在在哪个分群',
  en: 'Who is in which segment now',
  needs: 'segment:read',
  roots: [],
  columns: [
    {
      ...{ name: 'segment', type: 'String', zh: '分群名称', en: 'Name of the segment' },
      sql: ({ segments, bindings }) =>
        `transform(segment, ${bindings.bind(
          'Array(UInt64)',
          segments.map(({ num }) => num),
        )}, ${bindings.bind(
          'Array(String)',
          segments.map(({ name }) => name),
        )}, '')`,
      hide: 'looks',
    },
    {
      ...{ name: 'segment_id', type: 'String', zh: '分群 ID', en: 'Id of the segment' },
      sql: ({ segments, bindings }) =>
        `transform(segment, ${bindings.bind(
          'Array(UInt64)',
          segments.map(({ num }) => num),
        )}, ${bindings.bind(
          'Array(String)',
          segments.map(({ id }) => id),
        )}, '')`,
    },
    person,
    { name: 'since', type: timeType, zh: '进入时间', en: 'Since when', sql: local('since') },
  ],
}

export const companiesView: ViewInfo = {
  name: 'companies',
  zh: '企业：每行是一家企业',
  en: 'Companies: one row for each',
  needs: 'company:read',
  roots: ['attrs', 'attributes'],
  columns: [
    { name: 'name', type: 'String', zh: '名称', en: 'Name', sql: plain('name'), hide: 'looks' },
    { name: 'domain', type: 'String', zh: '域名', en: 'Domain', sql: plain('domain'), hide: 'looks' },
    {
      name: 'owner',
      type: 'String',
      zh: '负责人（成员 ID）',
      en: 'Owner (id of a member)',
      sql: plain('owner'),
    },
    { name: 'created', type: timeType, zh: '建立时间', en: 'Created', sql: local('created') },
  ],
}

export const allViews: readonly ViewInfo[] = [
  eventsView,
  peopleView,
  ordersView,
  segmentMembersView,
  companiesView,
]

const joined = (conditions: readonly string[]) => conditions.filter((one) => one !== '1').join(' AND ')

// The engine would push conditions of a query down to where rows are read, and try them before the wall: a division that
// fails for one row then tells that there is such a row, of whatever workspace. Nothing is pushed below a LIMIT.
const untilHere = 'LIMIT 18446744073709551615'

/**
 * FROM and WHERE of a view: the workspace first, then whom the reader may see, then what of the query may be asked there,
 * and a line that nothing else of the query crosses.
 */
export function rowsOf(view: ViewInfo, setting: ViewSetting, narrowed: readonly string[]): string {
  const { from, wall } = wallOf(view, setting)
  const conditions = joined([...wall, ...narrowed])
  return `FROM ${from} ${conditions === '' ? '' : `WHERE ${conditions} `}${untilHere}`
}

function wallOf(view: ViewInfo, setting: ViewSetting): { from: string; wall: string[] } {
  const { database, ws, seen, scope, personOf } = setting
  // Whose an event is costs a look-up a row: it is asked only where somebody may not be seen.
  const ofSeen = seen.map((condition) => condition.replace(/^person\b/, personOf('unit', 'time')))
  if (view === eventsView) return { from: `${database}.events`, wall: [`ws = ${ws}`, behaviour, ...ofSeen] }
  if (view === peopleView)
    return { from: `${database}.people FINAL`, wall: [`ws = ${ws}`, 'deleted = 0', scope] }
  if (view === ordersView) return { from: `(${orderFactsSql('1', ws)})`, wall: ofSeen }
  if (view === segmentMembersView)
    return {
      from: `${database}.segment_member FINAL`,
      wall: [`ws = ${ws}`, 'member = 1', `segment IN (${segmentsIn(setting)})`, ...seen],
    }
  return {
    from: `${database}.circle FINAL`,
    wall: [`ws = ${ws}`, 'deleted = 0', "kind = 'company'", scope],
  }
}

// Of deleted segments members may still lie there.
const segmentsIn = ({ segments }: ViewSetting) =>
  segments.length === 0 ? 'NULL' : segments.map(({ num }) => String(num)).join(', ')
