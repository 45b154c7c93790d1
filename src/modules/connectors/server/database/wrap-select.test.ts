import { expect, test } from 'vitest'
import { subquery } from '#modules/connectors/server/database/wrap-select.ts'

test.each([
  ['select 1;', 'select 1'],
  ['select 1 ; -- all', 'select 1 '],
  ['select 1; /* a; */ -- b\n /* c * d **/;', 'select 1'],
  ["select '--' as a, '/*' as b;", "select '--' as a, '/*' as b"],
  [
    '-- first\nwith a as (select 1) select * from a -- last',
    '-- first\nwith a as (select 1) select * from a -- last',
  ],
  ['select 1; select 2', 'select 1; select 2'],
  ['select 1; /* open', 'select 1'],
])('the end of %j', (sql, bare) => {
  expect(subquery(sql)).toBe(`(\n${bare}\n) as q`)
})

test('comments behind the end are read once, however many there are', () => {
  const sql = `select 1;${'/**/'.repeat(3000)}x`
  expect(subquery(sql)).toContain(sql)
})

test('what is no SELECT is refused', () => {
  for (const sql of ['delete from a', '/* select */ update a set b = 1', ';select 1'])
    expect(() => subquery(sql), sql).toThrow(/one SELECT/)
})
