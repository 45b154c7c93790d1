import { expect, test } from 'vitest'
import { startTestApp } from '#test/start-test-app.ts'

test('a table comes back as a workbook; one too large is refused and says so', async () => {
  const app = await startTestApp()
  const ws = await app.workspace()
  const ask = (body: object) =>
    app.server.inject({
      method: 'POST',
      url: '/api/analytics/sheet',
      headers: { authorization: `Bearer ${ws.apiKey}` },
      payload: body,
    })
  const reply = await ask({ title: 'Trend', header: ['Day', '人数'], rows: [['2026-11-01', 5]] })
  expect([reply.statusCode, reply.rawPayload.subarray(0, 2).toString()]).toEqual([200, 'PK'])
  expect(reply.headers['content-type']).toContain('spreadsheetml')
  const row = Array.from({ length: 5000 }, () => 1)
  const large = await ask({ title: 'T', header: ['a'], rows: Array.from({ length: 41 }, () => row) })
  expect([large.statusCode, large.json().code]).toEqual([422, 'request.invalid'])
})
