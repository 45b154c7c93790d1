import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { spellName } from '#modules/profiles/server/spell-name.ts'
import { identify } from '#modules/profiles/server/testing/tell-people.ts'
import { type DataScope, systemCtx } from '#platform/context.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
let ws: TestWorkspace
beforeAll(async () => {
  app = await startTestApp()
  ws = await app.workspace()
  await ws.send(
    identify(1, 'w1', { name: '王芳', phone: '13812348000', email: 'fang@example.com' }),
    identify(2, 'w2', { name: '王方圆', phone: '13980001234' }),
    identify(3, 'w3', { name: '单雄信' }),
    identify(4, 'w4', { name: 'Wanda Fox', phone: '13711118000' }),
    identify(5, 'w5', { email: 'nameless@example.com' }),
  )
  await ws.settled()
})

type Found = { items: { id: string; name: string | null }[] }
const find = async (q: string, headers?: Record<string, string>) => {
  const reply = await ws.call<Found>(
    'GET',
    `/api/profiles/find?q=${encodeURIComponent(q)}`,
    undefined,
    headers,
  )
  expect(reply.status).toBe(200)
  return reply.body.items.map((one) => one.name)
}
const keyWith = async (permissions: string[]) => {
  const { body } = await ws.call<{ secret: string }>('POST', '/api/api-keys', { name: 'k', permissions })
  return { authorization: `Bearer ${body.secret}` }
}

test('a name is spelled in full and by initials, a family name both ways', () => {
  expect(spellName('王芳')).toBe('wangfang\nwf')
  expect(spellName('单雄信')).toBe('shanxiongxin\nsxx\ndanxiongxin\ndxx')
  expect(spellName('吕布')).toBe('lvbu\nlb')
  expect(spellName('Anna')).toBe('')
})

test('people are found by name, pinyin, initials, the end of a phone, mail and id, best match first', async () => {
  expect(await find('王芳')).toEqual(['王芳'])
  expect(await find('wangfang')).toEqual(['王芳', '王方圆'])
  expect(await find('Wang Fang')).toEqual(['王芳', '王方圆'])
  expect(await find('wf')).toEqual(['王芳', '王方圆'])
  expect(await find('wan')).toEqual(expect.arrayContaining(['王芳', '王方圆', 'Wanda Fox']))
  expect(await find('danxx')).toEqual([])
  expect(await find('dxx')).toEqual(['单雄信'])
  // Two phones end so; one only has it in the middle.
  expect((await find('8000')).slice(0, 2).toSorted()).toEqual(['Wanda Fox', '王芳'])
  expect((await find('8000')).at(2)).toBe('王方圆')
  expect(await find('138 1234 8000')).toEqual(['王芳'])
  expect(await find('FANG@example')).toEqual(['王芳'])
  expect(await find('w3')).toEqual(['单雄信'])
  expect(await find('  ')).toEqual([])
  expect(await find('nobody')).toEqual([])
})

test('the list searches by the same text', async () => {
  const { body } = await ws.call<Found>('GET', '/api/profiles?search=wf&sort=name')
  expect(body.items.map((one) => one.name).toSorted()).toEqual(['王方圆', '王芳'])
  expect((await ws.call('POST', '/api/profiles/count', { search: 'wf' })).body).toEqual({ count: 2 })
})

test('who may not see phones and mails finds by the four digits that are shown, or by the whole', async () => {
  const masked = await keyWith(['people:read'])
  expect(await find('wf', masked)).toEqual(['王芳', '王方圆'])
  expect((await find('8000', masked)).toSorted()).toEqual(['Wanda Fox', '王芳'])
  expect(await find('48000', masked)).toEqual([])
  expect(await find('1381234', masked)).toEqual([])
  expect(await find('fang@', masked)).toEqual([])
  expect(await find('nameless', masked)).toEqual([])
  expect(await find('13812348000', masked)).toEqual(['王芳'])
  expect(await find('FANG@example.com', masked)).toEqual(['王芳'])
  expect(await find('w3', masked)).toEqual(['单雄信'])
  const unmasked = await keyWith(['people:read', 'people:unmask'])
  expect(await find('48000', unmasked)).toEqual(['王芳'])
})

test('what is no longer so finds nobody', async () => {
  await ws.send(identify(9, 'w9', { name: '赵云' }))
  await ws.settled()
  expect(await find('zy')).toEqual(['赵云'])
  await ws.send(identify(10, 'w9', { name: '马超' }))
  await ws.settled()
  expect(await find('zy')).toEqual([])
  expect(await find('mc')).toEqual(['马超'])
})

test('a public id is found whole, and not by letters that lie in it by chance', async () => {
  // Of twelve people renamed, some public ids hold one of these pairs; by their former names they are candidates.
  const old = Array.from({ length: 12 }, (_, n) => `Quebec ${'abcdefghijkl'[n]} zyx`)
  for (const [n, name] of old.entries()) await ws.send(identify(100 + n, `old${n}`, { name }))
  await ws.settled()
  const { body } = await ws.call<Found>('GET', '/api/profiles/find?q=quebec&limit=20')
  const ids = body.items.map(({ id }) => id)
  expect(ids).toHaveLength(12)
  const pairs = ids.map((id) => id.slice(-2))
  for (const [n, pair] of pairs.entries())
    await ws.send(identify(200 + n, `old${n}`, { name: `${pair} once` }))
  await ws.settled()
  for (const n of pairs.keys()) await ws.send(identify(300 + n, `old${n}`, { name: '无名' }))
  await ws.settled()
  for (const pair of pairs) expect(await find(pair)).not.toContain('无名')
  expect(await find(ids[0] as string)).toEqual(['无名'])
})

test('outside of the data scope nobody is found', async () => {
  const { body: members } = await ws.call<{ items: { id: string }[] }>('GET', '/api/members')
  const owner = members.items[0]?.id as string
  const { body: all } = await ws.call<Found>('GET', '/api/profiles/find?q=wangfang')
  const mine = all.items.find((one) => one.name === '王芳')
  await ws.call('PUT', `/api/profiles/${mine?.id}/owner`, { owner })
  const row = await app.database.system((tx) =>
    tx.row<{ num: number }>(sql`select num from platform.workspace where id = ${ws.id}`),
  )
  const ctx = systemCtx({ num: row?.num as number, id: ws.id, timezone: 'UTC' }, app.clock.now(), 'test')
  const served = app.profiles.routes.find((one) => one.name === 'find')
  const seen = async (scope: DataScope) => {
    const query = { q: 'wangf', limit: 8 }
    const found = await served?.handle({ ctx: { ...ctx, scope }, query } as never)
    return (found as Found).items.map((one) => one.name)
  }
  expect(await seen({ all: true })).toEqual(['王方圆', '王芳'])
  expect(await seen({ all: false, memberIds: [owner], departmentIds: [] })).toEqual(['王芳'])
  expect(await seen({ all: false, memberIds: ['mem_other'], departmentIds: [] })).toEqual([])
})
