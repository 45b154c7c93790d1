import { beforeAll, expect, test } from 'vitest'
import type { Profile, TimelineItem } from '#modules/profiles/contract.ts'
import { type Joined, joinMember } from '#modules/profiles/server/testing/join-member.ts'
import { identify, type List, one, timelineOf, track } from '#modules/profiles/server/testing/tell-people.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
let ws: TestWorkspace
let blind: Joined
let looker: Joined
let id: string
const number = '13800138000'
const mail = 'lee.wen@qq.com'
const rights = [
  ...['people:read', 'people:write', 'identity:write', 'segment:read', 'segment:write', 'export:read'],
  ...['event:read', 'attribute:write'],
]

beforeAll(async () => {
  app = await startTestApp()
  ws = await app.workspace()
  await ws.send(
    identify(1, 'u1', { name: '李雯', phone: number, email: mail, parent: '13911112222', city: 'Xiamen' }),
    track(2, 'Form Sent', { userId: 'u1' }, { contact: `call ${number}`, email: mail, city: 'Xiamen' }),
    identify(3, 'u2', { phone: '13700000000' }),
  )
  await ws.settled()
  id = (await one(ws, 'user_id:u1')).id
  blind = await joinMember(app, ws, 'blind@members.example', { scope: 'all', permissions: rights })
  looker = await joinMember(app, ws, 'looker@members.example', {
    scope: 'all',
    permissions: [...rights, 'people:unmask'],
  })
})

const seen = async (who: Pick<TestWorkspace, 'call'>) =>
  (await who.call<Profile>('GET', `/api/profiles/${id}`)).body
const found = async (who: Pick<TestWorkspace, 'call'>, search: string) =>
  (await who.call<List>('GET', `/api/profiles?search=${encodeURIComponent(search)}`)).body.items.map(
    (one) => one.id,
  )

test('a key with every right sees full values, members see them masked', async () => {
  expect(await seen(ws)).toMatchObject({ attributes: { phone: number, email: mail }, masked: [] })
  for (const who of [blind, looker]) {
    const person = await seen(who)
    expect(person).toMatchObject({
      name: '李雯',
      attributes: { phone: '138****8000', email: 'l***@qq.com', parent: '139****2222', city: 'Xiamen' },
    })
    expect(person.identifiers).toContainEqual({ kind: 'phone', value: '138****8000' })
    expect([...person.masked].sort()).toEqual(['email', 'parent', 'phone'])
  }
})

test('who has no name is called by the masked number, in the list’s order and cursor, too', async () => {
  const { body } = await blind.call<List>('GET', '/api/profiles?sort=name&limit=1')
  expect(body.items.map((one) => one.name)).toEqual(['137****0000'])
  expect(Buffer.from(body.next as string, 'base64url').toString()).not.toContain('13700000000')
})

test('the timeline shows no personal value, and its search finds none by a part', async () => {
  const { body } = await blind.call<List<TimelineItem>>('GET', `/api/profiles/${id}/timeline?include=system`)
  const text = JSON.stringify(body)
  expect(text).toContain('call 138****8000')
  for (const value of [number, mail]) expect(text).not.toContain(value)
  const search = async (who: Joined, part: string) =>
    (await who.call<List<TimelineItem>>('GET', `/api/profiles/${id}/timeline?search=${part}`)).body.items
      .length
  expect([await search(blind, '0013'), await search(blind, 'lee.'), await search(blind, 'Xiamen')]).toEqual([
    0, 0, 1,
  ])
  expect(await search(looker, '0013')).toBe(1)
})

test('who sees values masked finds somebody by the whole value or the last four digits, not by a part', async () => {
  for (const whole of [number, '138 0013 8000', mail, mail.toUpperCase(), '8000', '李', 'u1'])
    expect(await found(blind, whole), whole).toEqual([id])
  for (const part of ['0013', '13800', '38000', 'lee.', 'qq.com']) {
    expect(await found(blind, part), part).toEqual([])
    expect(await found(looker, part), part).toEqual([id])
  }
})

test('a rule may ask a blind reader’s own question, and not feel its way to an answer', async () => {
  const ask = async (who: Pick<TestWorkspace, 'call'>, rule: unknown) =>
    (await who.call<{ code?: string; count?: number }>('POST', '/api/segments/preview', { rule })).body
  const phone = (op: string, value?: unknown) => ({
    attr: 'phone',
    op,
    ...(value === undefined ? {} : { value }),
  })
  for (const rule of [
    phone('eq', number),
    phone('ends_with', '8000'),
    { attr: 'email', op: 'ends_with', value: '@qq.com' },
  ])
    expect(await ask(blind, rule)).toMatchObject({ count: 1 })
  expect(await ask(blind, phone('exists'))).toMatchObject({ count: 2 })
  const many = ['1', '2', '3', '4', '5', '6']
  const refused = [
    phone('starts_with', '+861380'),
    phone('gt', '+8613'),
    phone('contains', '0013'),
    phone('matches', '^.*0013'),
    phone('ends_with', '13 8000'),
    phone('in', many),
    { any: many.map((value) => phone('eq', value)) },
    { not: { attr: 'parent', op: 'starts_with', value: '139' } },
    { event: 'Form Sent', where: [{ not: { prop: 'email', op: 'contains', value: 'lee' } }] },
    { event: 'Form Sent', agg: { fn: 'first', prop: 'email', op: 'lt', value: 'm' } },
  ]
  for (const rule of refused) {
    expect(await ask(blind, rule), JSON.stringify(rule)).toMatchObject({ code: 'rule.asks_too_much' })
    expect(await ask(looker, rule), JSON.stringify(rule)).not.toHaveProperty('code')
  }
  const rule = phone('starts_with', '+861')
  const list = await blind.call('GET', `/api/profiles?rule=${encodeURIComponent(JSON.stringify(rule))}`)
  expect(list).toMatchObject({ status: 403, body: { code: 'rule.asks_too_much' } })
  expect((await blind.call('POST', '/api/segments', { name: 'Guess', rule })).status).toBe(403)
  expect((await blind.call('POST', '/api/exports', { rule })).status).toBe(403)
})

test('an explanation shows the value it found as masked as elsewhere', async () => {
  const body = { rule: { attr: 'phone', op: 'exists' }, profileId: id }
  const { body: answer } = await blind.call('POST', '/api/segments/explain', body)
  expect(JSON.stringify(answer)).toContain('138****8000')
  expect(JSON.stringify(answer)).not.toContain(number)
})

test('revealing answers full values, is noted, and asks for the right', async () => {
  const url = `/api/profiles/${id}/reveal`
  expect((await blind.call('POST', url, { fields: ['phone'] })).status).toBe(403)
  const { body } = await looker.call('POST', url, { fields: ['phone', 'parent'], why: 'call back' })
  expect(body).toEqual({
    identifiers: [{ kind: 'phone', value: `+86${number}` }],
    attributes: { phone: number, parent: '13911112222' },
  })
  const { body: audit } = await ws.call<List<Record<string, unknown>>>('GET', '/api/audit?limit=1')
  expect(audit.items[0]).toMatchObject({
    action: 'profile.revealed',
    subject: id,
    details: { fields: ['phone', 'parent'], why: 'call back' },
  })
})

test('an entry of the timeline is revealed whole, noted, and counts like a look at a value', async () => {
  const entries = async (who: Pick<TestWorkspace, 'call'>) =>
    (await who.call<List<TimelineItem>>('GET', `/api/profiles/${id}/timeline?groups=all`)).body.items
  const [form] = (await entries(looker)).filter((item) => item.name === 'Form Sent')
  expect(form).toMatchObject({ masked: true, properties: { contact: 'call 138****8000', city: 'Xiamen' } })
  expect((await entries(ws)).every((item) => item.masked === undefined)).toBe(true)
  const url = `/api/profiles/${id}/timeline/reveal`
  const body = { at: form?.at, id: form?.id }
  expect((await blind.call('POST', url, body)).status).toBe(403)
  const whole = await looker.call<TimelineItem>('POST', url, { ...body, why: 'call back' })
  expect(whole.body).toMatchObject({ id: form?.id, properties: { contact: `call ${number}`, email: mail } })
  expect(whole.body).not.toHaveProperty('masked')
  const { body: audit } = await ws.call<List<Record<string, unknown>>>('GET', '/api/audit?limit=1')
  expect(audit.items[0]).toMatchObject({
    action: 'profile.revealed',
    subject: id,
    details: { entry: form?.id, type: 'event', why: 'call back' },
  })
  expect((await looker.call('POST', url, { ...body, id: 'none' })).body).toMatchObject({
    code: 'timeline.entry_missing',
  })
})

test('nobody copies a list by revealing it', async () => {
  const many = await joinMember(app, ws, 'many@members.example', {
    scope: 'all',
    permissions: ['people:read', 'people:unmask'],
  })
  const statuses: number[] = []
  for (let at = 0; at < 201; at++)
    statuses.push((await many.call('POST', `/api/profiles/${id}/reveal`, { fields: ['phone'] })).status)
  expect(statuses.slice(0, 200).every((status) => status === 200)).toBe(true)
  expect(statuses[200]).toBe(429)
  app.clock.advance(3_600_000)
  expect((await many.call('POST', `/api/profiles/${id}/reveal`, { fields: ['phone'] })).status).toBe(200)
})

test('a masked value does not come back as a value', async () => {
  for (const value of ['138****8000', 'l***@qq.com', '李***'])
    expect(
      (await blind.call('PATCH', `/api/profiles/${id}`, { attributes: { phone: value } })).body,
    ).toMatchObject({
      code: 'attribute.masked_value',
    })
})

test('who sees an identifier masked parts it by its reference', async () => {
  await ws.send(identify(10, 'u9', { phone: '13622223333' }))
  await ws.settled()
  const person = await one(ws, 'user_id:u9')
  type Node = { ref: string; identifier: { kind: string; value: string } }
  const { body } = await blind.call<{ nodes: Node[] }>('GET', `/api/profiles/${person.id}/identity`)
  const phone = body.nodes.find((node) => node.identifier.kind === 'phone') as Node
  expect(phone.identifier.value).toBe('136****3333')
  const login = body.nodes.find((node) => node.identifier.kind === 'user_id') as Node
  const why = await blind.call('POST', '/api/profiles/explain-identity', {
    a: { ref: phone.ref },
    b: { ref: login.ref },
  })
  expect(why.body).toMatchObject({ same: true })
  const parted = await blind.call('POST', `/api/profiles/${person.id}/unmerge`, {
    identifier: { ref: phone.ref },
  })
  expect(parted).toMatchObject({
    status: 200,
    body: { identifiers: [{ kind: 'phone', value: '136****3333' }] },
  })
})

test('exports are masked for members unless they may and ask; a blind member takes no full file', async () => {
  const start = async (who: Pick<TestWorkspace, 'call'>, body: Record<string, unknown>) => {
    const { status, body: made } = await who.call<{ id: string }>('POST', '/api/exports', {
      search: number,
      ...body,
    })
    if (status !== 202) return { status, id: '' }
    await expect
      .poll(async () => (await ws.call<{ state: string }>('GET', `/api/exports/${made.id}`)).body.state, {
        timeout: 20_000,
      })
      .toBe('done')
    return { status, id: made.id }
  }
  const file = async (who: Pick<TestWorkspace, 'call'>, of: string) =>
    String((await who.call<unknown>('GET', `/api/exports/${of}/file`)).body)
  const fileOfKey = await file(ws, (await start(ws, {})).id)
  expect(fileOfKey).toContain(number)
  const masked = await file(ws, (await start(blind, {})).id)
  expect(masked).toContain('138****8000')
  for (const value of [number, mail]) expect(masked).not.toContain(value)
  expect((await start(blind, { unmasked: true })).status).toBe(403)
  expect(await file(ws, (await start(looker, {})).id)).not.toContain(number)
  const full = await start(looker, { unmasked: true })
  expect(await file(ws, full.id)).toContain(number)
  expect((await blind.call('GET', `/api/exports/${full.id}/file`)).status).toBe(403)
  // Written in the background with the sight of who asked: a part of a number finds nobody there either.
  const guess = await start(blind, { search: '0013' })
  expect((await ws.call('GET', `/api/exports/${guess.id}`)).body).toMatchObject({ rows: 0 })
})

test('who may not see full values cannot take a mask off', async () => {
  const off = { name: 'parent', personal: false }
  expect((await blind.call('PUT', '/api/attributes/entry', off)).status).toBe(403)
  expect(
    (await looker.call('PUT', '/api/attributes/entry', { name: 'phone', personal: false })).body,
  ).toMatchObject({
    code: 'attribute.always_personal',
  })
  expect((await looker.call('PUT', '/api/attributes/entry', off)).status).toBe(200)
  expect((await seen(blind)).attributes.parent).toBe('139****2222') // still by its look
  expect((await timelineOf(ws, id)).length).toBe(1)
})
