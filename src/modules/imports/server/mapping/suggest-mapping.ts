import type { ColumnUse, ImportKind } from '#modules/imports/contract.ts'
import {
  type ColumnProfile,
  looksLikeEmails,
  looksLikePhones,
} from '#modules/imports/server/mapping/column-profile.ts'

export type ProfiledColumn = { name: string; profile: ColumnProfile; distinct: number }
export type Suggestion = {
  kind: ImportKind
  key: { column: string; kind: string } | null
  columns: Record<string, ColumnUse>
}

// Written without spaces and signs; Chinese, English, and Chinese in Latin letters.
const words = {
  user_id:
    'userid uid memberid memberno customerid customerno accountid loginid 用户id 用户编号 会员id 会员号 会员编号 客户id 客户编号 学号 账号 yonghuid huiyuanhao kehubianhao',
  anonymous_id: 'anonymousid anonid deviceid visitorid cookieid 设备id 访客id 匿名id shebeiid',
  email: 'email mail emailaddress mailaddress 邮箱 电子邮箱 电子邮件 邮件 邮箱地址 youxiang',
  phone:
    'phone phonenumber mobile mobilephone mobilenumber cell cellphone tel telephone 手机 手机号 手机号码 电话 电话号码 联系电话 联系方式 移动电话 shouji shoujihao dianhua',
  name: 'name fullname personname contactname customername studentname 姓名 名字 名称 客户姓名 学员姓名 联系人 xingming',
  time: 'time timestamp eventtime occurredat datetime date createdat createtime orderdate ordertime paidat 时间 发生时间 事件时间 下单时间 支付时间 日期 创建时间 shijian riqi',
  event: 'event eventname action 事件 事件名 事件名称 行为 shijianming',
  order_id: 'orderid orderno ordernumber 订单号 订单id 订单编号 dingdanhao',
  revenue:
    'revenue amount total ordertotal totalamount orderamount paid 金额 总金额 订单金额 实付金额 实付 jine',
  currency: 'currency 币种 货币',
  'products.product_id': 'productid sku skuid itemid 商品id 商品编号 课程id',
  'products.name': 'product productname item itemname 商品 商品名称 课程 课程名称',
  'products.price': 'price unitprice 单价 价格',
  'products.quantity': 'quantity qty count 数量',
} as const
type Meaning = keyof typeof words
const meanings = new Map<string, Meaning>(
  Object.entries(words).flatMap(([meaning, names]) =>
    names.split(' ').map((name) => [name, meaning as Meaning]),
  ),
)

const bare = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
/** What a column of this name holds, as far as names tell. */
export const meaningOf = (name: string): Meaning | undefined => meanings.get(bare(name))

/**
 * A mapping to begin with, by the columns' names and by what is in them. `attributes`: names known already; a column
 * that is called like one, but for capitals and signs, is the same.
 */
export function suggestMapping(
  columns: readonly ProfiledColumn[],
  attributes: readonly string[],
): Suggestion {
  const kind = kindOf(columns.map((column) => meaningOf(column.name)))
  const known = new Map(attributes.map((name) => [bare(name), name]))
  const uses = new Map(columns.map((column) => [column.name, useOf(column, kind, known)]))
  const key = keyOf(columns, uses)
  if (key) uses.set(key.column, { identifier: key.kind })
  return { kind, key: key ?? null, columns: Object.fromEntries(uses) }
}

function kindOf(said: readonly (Meaning | undefined)[]): ImportKind {
  if (said.includes('order_id')) return 'orders'
  return said.includes('event') && said.includes('time') ? 'events' : 'people'
}

function useOf(
  { name, profile }: ProfiledColumn,
  kind: ImportKind,
  known: ReadonlyMap<string, string>,
): ColumnUse {
  const meaning = meaningOf(name)
  if (profile.filled === 0) return { skip: true }
  if (meaning === 'user_id' || meaning === 'anonymous_id') return { identifier: meaning }
  // A name that says so needs fewer values that agree.
  if (meaning === 'email' ? profile.emails * 2 >= profile.filled : !meaning && looksLikeEmails(profile))
    return { identifier: 'email' }
  if (meaning === 'phone' || looksLikePhones(profile)) return { identifier: 'phone' }
  if (kind === 'people') return { attribute: meaning === 'name' ? 'name' : (known.get(bare(name)) ?? name) }
  if (meaning === 'time') return { time: true }
  if (meaning === 'event' && kind === 'events') return { event: true }
  const own = meaning && kind === 'orders' && !personal.has(meaning)
  return { property: own ? meaning : name }
}

const personal: ReadonlySet<Meaning> = new Set(['name', 'email', 'phone', 'event'])

/** Who a row is about: a login, else a number of somebody's own system, else how they are reached. */
function keyOf(columns: readonly ProfiledColumn[], uses: ReadonlyMap<string, ColumnUse>) {
  const of = (kind: string) => {
    const column = columns.find(({ name }) => {
      const use = uses.get(name)
      return use && 'identifier' in use && use.identifier === kind
    })
    return column && { column: column.name, kind }
  }
  return of('user_id') ?? ownIdOf(columns) ?? of('email') ?? of('phone') ?? of('anonymous_id')
}

/** A column that ends in ID and is different in every row. */
function ownIdOf(columns: readonly ProfiledColumn[]) {
  const rows = Math.max(0, ...columns.map((column) => column.profile.filled))
  const found = columns.find(
    ({ name, profile, distinct }) =>
      /(\bid|[a-z]Id|_id|编号|编码)$/i.test(name) &&
      meaningOf(name) !== 'order_id' &&
      profile.filled >= rows * 0.9 &&
      distinct >= profile.filled * 0.95,
  )
  return found && { column: found.name, kind: kindNameOf(found.name) }
}

/** `Prospect ID` becomes `prospect_id`; what has no Latin letters, `external_id`. */
export function kindNameOf(column: string): string {
  const name = column
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 63)
  return name === '' || name === 'id' ? 'external_id' : name
}
