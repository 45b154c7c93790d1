import { beforeAll, expect, test } from 'vitest'
import { allPermissions } from '#modules/access/permissions.ts'
import { joinMember } from '#modules/profiles/server/testing/join-member.ts'
import { startTestApp, type TestWorkspace } from '#test/start-test-app.ts'

let mine: TestWorkspace
let rep: Pick<TestWorkspace, 'call'>

/**
 * Two workspaces and two reps' people in the same few rows of each table, as the engine merges them in time: what is
 * decided for a block of rows is decided for those of others, too.
 */
beforeAll(async () => {
  const app = await startTestApp()
  mine = await app.workspace('Mine')
  const theirs = await app.workspace('Theirs')
  const fill = async (ws: TestWorkspace, word: string) => {
    await ws.send(
      { type: 'identify', userId: word, traits: { city: word, name: word } },
      { type: 'track', userId: word, event: `Paid ${word}`, messageId: word, properties: { plan: word } },
      {
        type: 'track',
        userId: word,
        event: 'Order Completed',
        properties: { order_id: word, revenue: 3, currency: 'CNY', coupon: word },
      },
    )
    await ws.settled()
    await ws.call('POST', '/api/companies', { name: word })
    await ws.call('POST', '/api/segments', { name: `All ${word}`, rule: { attr: 'city', op: 'exists' } })
    await ws.settled()
  }
  await fill(mine, 'goldfish')
  await fill(mine, 'catfish')
  await fill(theirs, 'zebrafish')
  const member = await joinMember(app, mine, 'rep@members.example', {
    scope: 'self',
    permissions: allPermissions,
  })
  type People = { items: { id: string; attributes: { city: string } }[] }
  const { body } = await mine.call<People>('GET', '/api/profiles?limit=100')
  const own = body.items.find(({ attributes }) => attributes.city === 'goldfish')?.id
  await mine.call('PUT', `/api/profiles/${own}/owner`, { owner: member.id })
  await mine.settled()
  rep = member
  for (const table of ['events', 'people', 'circle', 'segment_member', 'order_report'])
    await app.ch.command(`OPTIMIZE TABLE ${table} FINAL`)
}, 240_000)

/** Fails for a row that has the word, and for no other. */
const trap = (column: string, word: string) => `intDiv(1, if(position(${column}, '${word}') > 0, 0, 1)) = 1`
const ways = (view: string, column: string, word: string) => [
  `SELECT count() FROM ${view} WHERE ${trap(column, word)}`,
  `SELECT count() FROM ${view} PREWHERE ${trap(column, word)} WHERE ${column} != ''`,
  `SELECT ${column} AS x, count() FROM ${view} GROUP BY x HAVING ${trap('x', word)}`,
  `SELECT count() FROM (SELECT ${column} AS x FROM ${view}) WHERE ${trap('x', word)}`,
  `WITH c AS (SELECT ${column} AS x FROM ${view}) SELECT count() FROM c AS a JOIN c AS b ON a.x = b.x WHERE ${trap('b.x', word)}`,
  `SELECT count() FROM ${view} AS a LEFT JOIN ${view} AS b ON a.${column} = b.${column} WHERE ${trap(`b.${column}`, word)}`,
  `SELECT x, row_number() OVER (PARTITION BY x) AS n FROM (SELECT ${column} AS x FROM ${view}) WHERE ${trap('x', word)}`,
]
const columns: [view: string, column: string][] = [
  ['events', 'event'],
  ['events', 'user_id'],
  ['events', 'message_id'],
  ['events', 'props.plan'],
  ['people', 'name'],
  ['people', 'attrs.city'],
  ['orders', 'order_id'],
  ['orders', 'coupon'],
  ['companies', 'name'],
]
const codes = async (reader: Pick<TestWorkspace, 'call'>, queries: readonly string[]) => {
  const found: unknown[] = []
  for (const sql of queries) {
    const { status, body } = await reader.call<{ code?: string }>('POST', '/api/sql/query', { sql })
    if (status !== 200) found.push([sql, body.code])
  }
  return found
}

test.each(columns)('no condition on %s.%s is tried on rows of another workspace', async (view, column) => {
  expect(await codes(mine, ways(view, column, 'zebrafish'))).toEqual([])
  // Of one's own rows it fails, so that it is known to fail where it is tried.
  expect((await codes(mine, ways(view, column, 'goldfish'))).length).toBe(7)
})

test.each(columns.filter(([view]) => view !== 'companies'))(
  'nor, on %s.%s, of people outside of the reader’s scope',
  async (view, column) => {
    expect(await codes(rep, ways(view, column, 'catfish'))).toEqual([])
    expect((await codes(rep, ways(view, column, 'goldfish'))).length).toBe(7)
  },
)

test('comparisons with constants are asked where rows are read, and answer the same', async () => {
  const ask = async (sql: string) =>
    (await mine.call<{ rows: unknown[][] }>('POST', '/api/sql/query', { sql })).body.rows
  for (const [condition, count] of [
    ["event = 'Paid goldfish'", 1],
    ["event IN ('Paid goldfish', 'Paid zebrafish')", 1],
    ["event != 'Order Completed' AND props.plan = 'catfish'", 1],
    ["time >= now() - INTERVAL 1 DAY AND event BETWEEN 'Paid a' AND 'Paid z'", 2],
    ["time < toDateTime('2020-01-01 00:00:00')", 0],
    ["props.plan = 'zebrafish'", 0],
  ] as const)
    expect([condition, await ask(`SELECT count() FROM events WHERE ${condition}`)]).toEqual([
      condition,
      [[count]],
    ])
  expect(
    await ask(
      "SELECT a.event, b.event FROM events AS a LEFT JOIN events AS b ON a.user_id = b.user_id AND a.event = b.event WHERE b.event = '' OR b.event = 'Paid catfish' ORDER BY 1",
    ),
  ).toEqual([['Paid catfish', 'Paid catfish']])
})
