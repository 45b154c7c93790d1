import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { suggestMapping } from '#modules/imports/server/mapping/suggest-mapping.ts'
import { surveyTable } from '#modules/imports/server/mapping/survey.ts'
import { readBytes } from '#modules/imports/server/reading/testing/read-bytes.ts'

async function suggest(csv: string | Buffer, attributes: string[] = []) {
  const { columns, rows } = await readBytes(csv)
  const survey = await surveyTable(
    {
      columns,
      warnings: [],
      rows: (async function* () {
        yield* rows
      })(),
    },
    { keepPlaceholders: false, rows: 1000 },
  )
  return suggestMapping(survey.columns, attributes)
}

test('Chinese, English and Latin-letter names, and values, say what a column is', async () => {
  const file =
    '姓名,手机号码,Youxiang,城市,备注\n王芳,13800138000,a@b.cn,北京,c@d.cn\n李雷,13900139000,e@f.cn,上海,g@h.cn\n'
  expect(await suggest(file, ['城市'])).toEqual({
    kind: 'people',
    key: { column: 'Youxiang', kind: 'email' },
    columns: {
      姓名: { attribute: 'name' },
      手机号码: { identifier: 'phone' },
      Youxiang: { identifier: 'email' },
      城市: { attribute: '城市' },
      备注: { identifier: 'email' },
    },
  })
})

test('a known attribute is met again under capitals and signs; an empty column is left out', async () => {
  const { columns } = await suggest('User ID,First-Name,Empty\nu1,Ann,\n', ['first_name'])
  expect(columns).toEqual({
    'User ID': { identifier: 'user_id' },
    'First-Name': { attribute: 'first_name' },
    Empty: { skip: true },
  })
})

test('files of orders and of events are seen as such', async () => {
  const orders = await suggest('订单号,用户ID,下单时间,金额,商品名称\n1,u1,2024-03-05,30,Tea\n')
  expect(orders).toMatchObject({
    kind: 'orders',
    key: { column: '用户ID', kind: 'user_id' },
    columns: { 订单号: { property: 'order_id' }, 下单时间: { time: true }, 金额: { property: 'revenue' } },
  })
  const events = await suggest('uid,event,time,page\nu1,Viewed,2024-03-05,/a\n')
  expect(events).toMatchObject({
    kind: 'events',
    columns: { event: { event: true }, time: { time: true }, page: { property: 'page' } },
  })
})

const leads = process.env.HEADWATER_LEADS_CSV ?? ''
test.skipIf(!existsSync(leads))(
  'the leads of a real company: Prospect ID is the key, all others attributes',
  async () => {
    const { key, columns } = await suggest(readFileSync(leads))
    expect(key).toEqual({ column: 'Prospect ID', kind: 'prospect_id' })
    const others = Object.entries(columns).filter(([name]) => name !== 'Prospect ID')
    expect(others.filter(([name, use]) => !('attribute' in use && use.attribute === name))).toEqual([])
  },
)
