import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'
import { attempts, harmless } from './escape-attempts.ts'
import { queries } from './random-queries.ts'

let app: TestApp
let mine: TestWorkspace
let theirs: TestWorkspace
let sent: string[] = []

const marker = 'zebrafish'

beforeAll(async () => {
  app = await startTestApp()
  mine = await app.workspace('Mine')
  theirs = await app.workspace('Theirs')
  const fill = async (ws: TestWorkspace, word: string) => {
    for (const n of [1, 2, 3])
      await ws.send(
        { type: 'identify', userId: `${word}${n}`, traits: { city: word, name: word, grade: n } },
        { type: 'track', userId: `${word}${n}`, event: `Paid ${word}`, properties: { plan: word, price: n } },
        {
          type: 'track',
          userId: `${word}${n}`,
          event: 'Order Completed',
          properties: { order_id: `${word}${n}`, revenue: n, category: word },
        },
      )
    await ws.settled()
    await ws.call('POST', '/api/segments', { name: `All ${word}`, rule: { attr: 'city', op: 'exists' } })
    await ws.call('POST', '/api/companies', { name: `${word} ltd` })
    await ws.settled()
  }
  await fill(mine, 'goldfish')
  await fill(theirs, marker)
  const { table } = app.ch
  app.ch.table = (sql, ...rest) => {
    sent.push(sql)
    return table(sql, ...rest)
  }
}, 240_000)

const ask = (sql: string, ws = mine) =>
  ws.call<{ code?: string; rows?: unknown[][] }>('POST', '/api/sql/query', { sql })

test(`${attempts.length} ways out are refused before the engine hears of them, each with its place`, async () => {
  expect(attempts.length).toBeGreaterThan(330)
  sent = []
  const wrong: unknown[] = []
  for (const sql of attempts) {
    const { status, body } = await ask(sql)
    const isPlaced = /^sql\./.test(String(body.code))
      ? typeof (body as { line?: number }).line === 'number'
      : body.code === 'request.invalid'
    if ((status !== 422 && status !== 400) || !isPlaced)
      wrong.push({ sql: sql.slice(0, 100), status, code: body.code })
  }
  expect(wrong).toEqual([])
  expect(sent).toEqual([])
}, 240_000)

test('what only looks like one is answered, from the workspace alone, and no text of it is in the statement', async () => {
  for (const sql of harmless) {
    sent = []
    const { status, body } = await ask(sql)
    expect({ sql, status, body: status === 200 ? {} : body }).toEqual({ sql, status: 200, body: {} })
    expect(JSON.stringify(body)).not.toContain(marker)
    // A property's name stands between backticks, and no backtick within: what is there is a name and nothing else.
    for (const statement of sent)
      expect(statement.replaceAll(/`[^`]*`/g, '``')).not.toMatch(/DROP|people_key|--|OR 1\b/)
  }
  const counts = await Promise.all(
    ['events', 'people', 'orders', 'segment_members', 'companies'].map(
      async (view) => (await ask(`WITH 2 AS ws SELECT count() FROM ${view}`)).body.rows?.[0]?.[0],
    ),
  )
  expect(counts).toEqual([6, 3, 3, 3, 1])
})

test('random queries over views show nothing of another workspace', async () => {
  let answered = 0
  await fc.assert(
    fc.asyncProperty(queries, async (sql) => {
      const { status, body } = await ask(sql)
      expect([200, 422]).toContain(status)
      if (status === 200) answered++
      expect(JSON.stringify(body)).not.toContain(marker)
    }),
    { numRuns: 150, seed: 20261129 },
  )
  expect(answered).toBeGreaterThan(100)
  expect(JSON.stringify((await ask(`SELECT * FROM events`, theirs)).body)).toContain(marker)
}, 300_000)
