import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Session } from 'chdb'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isInScope, scopeInClickHouse, scopeInPostgres } from '#modules/access/server/scope.ts'
import { startTestCluster, type TestAccess } from '#modules/access/server/testing/start-test-access.ts'
import type { DataScope } from '#platform/context.ts'

let cluster: Awaited<ReturnType<typeof startTestCluster>>
let app: TestAccess
beforeAll(async () => {
  cluster = await startTestCluster()
  app = await cluster.fresh()
})
afterAll(async () => {
  await app.close()
  await cluster.stop()
})

const ids = fc.constantFrom('m1', "m2'", 'm3{}', 'd1', 'd"2', '')
const owners = fc.option(ids, { nil: null })
const scopes: fc.Arbitrary<DataScope> = fc.oneof(
  fc.constant<DataScope>({ all: true }),
  fc.record({ all: fc.constant<false>(false), memberIds: fc.array(ids), departmentIds: fc.array(ids) }),
)
const rows = fc.array(fc.record({ owner: owners, department: owners }), { minLength: 1, maxLength: 12 })

/** The dumbest reading of the rule. */
function visible(scope: DataScope, row: { owner: string | null; department: string | null }): boolean {
  if (scope.all) return true
  for (const id of scope.memberIds) if (id !== '' && id === row.owner) return true
  for (const id of scope.departmentIds) if (id !== '' && id === row.department) return true
  return false
}

test('Postgres, and the check of one row, show exactly the rows of the scope', async () => {
  await fc.assert(
    fc.asyncProperty(scopes, rows, async (scope, given) => {
      const expected = given.map((row) => visible(scope, row))
      expect(given.map((row) => isInScope(scope, row))).toEqual(expected)
      const predicate = scopeInPostgres(scope, {
        owner: sql.ref('t.owner'),
        department: sql.ref('t.department'),
      })
      const found = await app.database.system((tx) =>
        tx.rows<{ seen: boolean }>(sql`select coalesce(${predicate}, false) as seen
          from unnest(${given.map((row) => row.owner)}::text[], ${given.map((row) => row.department)}::text[])
            with ordinality as t(owner, department, place) order by place`),
      )
      expect(found.map((row) => row.seen)).toEqual(expected)
    }),
    { numRuns: 60, seed: 42 },
  )
})

test('ClickHouse shows the same rows', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hw-scope-'))
  const session = new Session(folder)
  try {
    for (const [scope, given] of fc.sample(fc.tuple(scopes, rows), { numRuns: 60, seed: 43 })) {
      const { sql: condition, params } = scopeInClickHouse(scope, 't')
      const query = `select ${condition} = 1 as seen from (select tupleElement(p, 1) as owner, tupleElement(p, 2) as department
        from (select arrayJoin(arrayZip({owners:Array(String)}, {departments:Array(String)})) as p)) as t`
      const columns = {
        owners: given.map((row) => row.owner ?? ''),
        departments: given.map((row) => row.department ?? ''),
      }
      const lines = session
        .queryBind(query, { ...params, ...columns }, 'JSONEachRow')
        .trim()
        .split('\n')
      const seen = lines.map((line) => Boolean(JSON.parse(line).seen))
      expect(seen).toEqual(given.map((row) => visible(scope, row)))
    }
  } finally {
    session.close()
    rmSync(folder, { recursive: true, force: true })
  }
})

test('ClickHouse gets ids only as bound parameters, and never the one that stands for nobody', () => {
  const scope: DataScope = { all: false, memberIds: ["m'1", ''], departmentIds: ['', 'd1'] }
  expect(scopeInClickHouse(scope, 'p')).toEqual({
    sql: '(has({scope_members:Array(String)}, p.owner) or has({scope_departments:Array(String)}, p.department))',
    params: { scope_members: ["m'1"], scope_departments: ['d1'] },
  })
  expect(scopeInClickHouse({ all: true })).toEqual({ sql: '1', params: {} })
})

test('a scope of nothing shows nothing, unowned rows included', () => {
  const nothing: DataScope = { all: false, memberIds: [], departmentIds: [] }
  expect(isInScope(nothing, { owner: null, department: null })).toBe(false)
  expect(isInScope(nothing, { owner: '', department: '' })).toBe(false)
})
