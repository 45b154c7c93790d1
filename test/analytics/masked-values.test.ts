import { beforeAll, expect, test } from 'vitest'
import { joinMember } from '#modules/profiles/server/testing/join-member.ts'
import { startTestApp, type TestWorkspace } from '#test/start-test-app.ts'

let ws: TestWorkspace
let blind: Pick<TestWorkspace, 'call'>
const phone = '13800138000'
const range = { from: '2026-01-01', to: '2026-01-31' }

// Thirty people: every third told a phone number in a property that is not marked personal; half of them paid.
beforeAll(async () => {
  const app = await startTestApp()
  ws = await app.workspace()
  const time = (n: number) => new Date(Date.UTC(2026, 0, 5, 3, n)).toISOString()
  await ws.send(
    ...Array.from({ length: 30 }, (_, n) => [
      {
        ...{ type: 'track', userId: `u${n}`, event: 'Asked', timestamp: time(n) },
        properties: { note: n % 3 === 0 ? phone : 'hello' },
      },
      ...(n % 2 === 0
        ? [
            {
              ...{ type: 'track', userId: `u${n}`, event: 'Paid', timestamp: time(n + 5) },
              properties: { note: 'thanks' },
            },
          ]
        : []),
    ]).flat(),
  )
  await ws.settled()
  blind = await joinMember(app, ws, 'blind@members.example', {
    scope: 'all',
    permissions: ['people:read', 'analytics:read', 'segment:read'],
  })
}, 120_000)

const post = (of: Pick<TestWorkspace, 'call'>, route: string, body: object) =>
  of.call<Record<string, unknown>>('POST', `/api/analytics/${route}`, { range, ...body })

const path = { kind: 'path', by: { prop: 'note' }, gap_minutes: 30 }
test('path: a value seen masked is among the others, and nobody gets at it or its people by its name', async () => {
  const open = await post(ws, 'query', path)
  expect(JSON.stringify(open.body)).toContain(`1_${phone}`)
  const masked = await post(blind, 'query', path)
  expect(masked.status).toBe(200)
  expect(JSON.stringify(masked.body)).not.toContain(phone)
  expect(JSON.stringify(masked.body)).toContain('1_$other')
  expect(masked.body.sessions).toBe(open.body.sessions)
  for (const [route, body] of [
    ['query', { ...path, start: phone }],
    ['query', { ...path, end: phone }],
    ['people', { ...path, cell: { node: `1_${phone}` } }],
    ['people', { ...path, cell: { source: `1_${phone}`, target: '2_thanks' } }],
    ['people', { ...path, cell: { source: '1_hello', target: `2_${phone}` } }],
  ] as const) {
    const refused = await post(blind, route, body)
    expect([body, refused.status, refused.body.reason]).toEqual([body, 422, 'not_shown'])
    expect((await post(ws, route, body)).status).toBe(200)
  }
  const others = await post(blind, 'people', { ...path, cell: { node: '1_$other' } })
  expect(others.body.total).toBe(10)
})

const funnel = { kind: 'funnel', steps: [{ event: 'Asked' }, { event: 'Paid' }], correlate: ['note'] }
test('correlation: a value seen masked is no row, and its people are not listed', async () => {
  type Correlated = { correlation: { rows: { value: string | null }[] } }
  const valuesOf = ({ body }: { body: object }) =>
    (body as Correlated).correlation.rows.map(({ value }) => value).sort()
  expect(valuesOf(await post(ws, 'query', funnel))).toEqual([phone, 'hello'])
  expect(valuesOf(await post(blind, 'query', funnel))).toEqual(['hello'])
  const cell = { step: 1, correlation: { by: 'note', value: phone, has: true } }
  const refused = await post(blind, 'people', { ...funnel, cell })
  expect([refused.status, refused.body.reason]).toEqual([422, 'not_shown'])
  expect((await post(ws, 'people', { ...funnel, cell })).body.total).toBe(10)
})

const others = { breakdown: ['note'] }
test.each([
  { kind: 'trend', series: [{ event: 'Asked' }], ...others },
  { kind: 'funnel', steps: [{ event: 'Asked' }, { event: 'Paid' }], ...others },
  { kind: 'retention', start: { event: 'Asked' }, return: { event: 'Paid' }, ...others },
  { kind: 'usage_lifecycle', event: { event: 'Asked' }, ...others },
  { kind: 'stickiness', event: { event: 'Asked' }, ...others },
  { kind: 'heatmap', event: { event: 'Asked' }, math: 'count', ...others },
  { kind: 'interval', from: { event: 'Asked' }, to: { event: 'Paid' }, ...others },
  { kind: 'distribution', event: { event: 'Asked' }, measure: 'count', ...others },
])('$kind: broken down, a value seen masked is among the others', async (body) => {
  const open = await post(ws, 'query', body)
  expect([open.status, JSON.stringify(open.body).includes(phone)]).toEqual([200, true])
  const masked = await post(blind, 'query', body)
  expect([masked.status, JSON.stringify(masked.body).includes(phone)]).toEqual([200, false])
  expect(JSON.stringify(masked.body)).toContain('$other')
})
