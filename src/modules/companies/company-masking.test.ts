import { beforeAll, expect, test } from 'vitest'
import type { Company } from '#modules/companies/contract.ts'
import { type Joined, joinMember } from '#modules/profiles/server/testing/join-member.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
let ws: TestWorkspace
let blind: Joined
let looker: Joined
let id: string
const number = '13800138000'
const rights = [
  'people:read',
  'segment:read',
  'segment:write',
  'company:read',
  'company:write',
  'attribute:write',
]
type Who = Pick<TestWorkspace, 'call'>
const told = {
  contact: number,
  hotline: '+862160001234',
  boss: 'Wang Fang',
  note: `ask ${number}`,
  deep: { contact: 'x1' },
}

beforeAll(async () => {
  app = await startTestApp()
  ws = await app.workspace()
  await ws.send(
    { type: 'identify', userId: 'u1', traits: { city: 'Xiamen' } },
    { type: 'group', userId: 'u1', groupId: 'acme', traits: { name: 'Acme', ...told } },
  )
  await ws.settled()
  const { body } = await ws.call<{ items: Company[] }>('GET', '/api/companies')
  id = body.items[0]?.id as string
  const join = (name: string, permissions: string[]) =>
    joinMember(app, ws, `${name}@members.example`, { scope: 'all', permissions })
  blind = await join('blind', rights)
  looker = await join('looker', [...rights, 'people:unmask'])
}, 60_000)

const seen = async (who: Who) => (await who.call<Company>('GET', `/api/companies/${id}`)).body
const mark = (who: Who, name: string, personal: boolean) =>
  who.call<{ code?: string }>('PUT', '/api/company-attributes/entry', { name, personal })
type Listed = { items?: Company[]; code?: string }
const list = (who: Who, where: object) =>
  who.call<Listed>('GET', `/api/companies?where=${encodeURIComponent(JSON.stringify([where]))}`)
const preview = (who: Who, where: object) =>
  who.call<{ count?: number; code?: string }>('POST', '/api/segments/preview', {
    rule: { company: { where: [where] } },
  })

test('a phone of a company is personal from its first value on, and shown masked to members', async () => {
  const { body } = await ws.call<{ items: { name: string; personal: boolean }[] }>(
    'GET',
    '/api/company-attributes',
  )
  expect(body.items.filter((one) => one.personal).map((one) => one.name)).toEqual(['contact', 'hotline'])
  expect(await seen(ws)).toMatchObject({ attributes: told, masked: [] })
  for (const who of [blind, looker]) {
    const company = await seen(who)
    expect(company.name).toBe('Acme')
    expect(company.attributes).toMatchObject({
      contact: '138****8000',
      note: 'ask 138****8000',
      boss: 'Wang Fang',
    })
    expect([...company.masked].sort()).toEqual(['contact', 'deep', 'hotline', 'note'])
  }
})

test('marked personal, an attribute is masked by its name; the mask is taken off by who may see', async () => {
  expect((await mark(blind, 'boss', true)).status).toBe(200)
  expect((await seen(blind)).attributes.boss).toBe('W***')
  const { body } = await blind.call<{ items: Company[] }>('GET', '/api/companies')
  expect(JSON.stringify(body)).not.toContain('Wang')
  expect((await mark(blind, 'boss', false)).status).toBe(403)
  expect((await mark(looker, 'name', true)).body.code).toBe('company_attribute.always_open')
  expect((await mark(looker, 'nothing', true)).body.code).toBe('company_attribute.missing')
})

test('who sees it masked asks for the whole of it, in lists and in rules, and not for parts', async () => {
  for (const ask of [list, preview]) {
    const whole = (await ask(blind, { prop: 'contact', op: 'eq', value: number })).body
    expect('items' in whole ? whole.items?.length : (whole as { count?: number }).count).toBe(1)
    for (const [op, value] of [
      ['starts_with', '138'],
      ['contains', '0013'],
      ['gt', '13'],
      ['ends_with', '8000'],
    ] as const) {
      const part = { prop: 'contact', op, value }
      expect((await ask(blind, part)).body, op).toMatchObject({ code: 'rule.asks_too_much' })
      expect((await ask(looker, part)).status, op).toBe(200)
    }
  }
  // As many whole values as of people's, and no more.
  let refused: string | undefined
  for (let at = 0; at < 205 && refused === undefined; at += 5) {
    const value = Array.from({ length: 5 }, (_, one) => `Somebody ${at + one}`)
    refused = (await list(blind, { prop: 'boss', op: 'in', value })).body.code
  }
  expect(refused).toBe('profile.asked_too_often')
})

test('the full value is shown on request, which is noted; a masked one does not come back', async () => {
  const url = `/api/companies/${id}/reveal`
  expect((await blind.call('POST', url, { fields: ['contact'] })).status).toBe(403)
  const { body } = await looker.call('POST', url, { fields: ['contact'], why: 'call' })
  expect(body).toEqual({ attributes: { contact: number } })
  const { body: audit } = await ws.call<{ items: unknown[] }>('GET', '/api/audit?limit=1')
  expect(audit.items[0]).toMatchObject({
    action: 'company.revealed',
    subject: id,
    details: { fields: ['contact'] },
  })
  const change = await blind.call('PATCH', `/api/companies/${id}`, { attributes: { contact: '138****8000' } })
  expect(change.body).toMatchObject({ code: 'attribute.masked_value' })
  expect((await seen(ws)).attributes.contact).toBe(number)
})
