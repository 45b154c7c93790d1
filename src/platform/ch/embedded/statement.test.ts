import { expect, test } from 'vitest'
import { canStream, formatOf, insertTarget, quote, statementKind } from '#platform/ch/embedded/statement.ts'

test.each([
  ['SELECT 1', 'select'],
  ['  -- a note\n/* more */ (select 1)', 'select'],
  ['WITH x AS (SELECT 1) SELECT * FROM x', 'select'],
  ['SHOW TABLES', 'look'],
  ['explain select 1', 'look'],
  ['insert into t values (1)', 'insert'],
  ['CREATE TABLE t (a UInt8) ENGINE = Memory', 'change'],
  ['selection', 'change'],
  ['', 'change'],
])('%j is a %s', (sql, kind) => {
  expect(statementKind(sql)).toBe(kind)
})

test('the format is the one named last', () => {
  expect(formatOf('select 1 \nFORMAT JSONEachRow')).toBe('JSONEachRow')
  expect(formatOf("select 'FORMAT CSV' as a FORMAT JSON;")).toBe('JSON')
  expect(formatOf("select ' FORMAT CSV'")).toBe(undefined)
})

test('only formats without a frame are streamed', () => {
  expect(['JSONEachRow', 'JSONCompactEachRow', 'TabSeparated'].map(canStream)).toEqual([true, true, true])
  expect(['JSON', 'JSONCompact', 'CSVWithNames', 'Parquet'].map(canStream)).toEqual([
    false,
    false,
    false,
    false,
  ])
})

test('the parts of an insert are read where its rows may pass as bytes', () => {
  expect(insertTarget('INSERT INTO `db`.events (`a`, b) FORMAT JSONEachRow')).toEqual({
    table: 'db.events',
    columns: ['a', 'b'],
    format: 'JSONEachRow',
  })
  expect(insertTarget('insert into t FORMAT CSV\n')).toEqual({ table: 't', columns: [], format: 'CSV' })
  expect(insertTarget('INSERT INTO t (* EXCEPT (a)) FORMAT JSONEachRow')).toBe(undefined)
  expect(insertTarget('INSERT INTO t FORMAT Parquet')).toBe(undefined)
  expect(insertTarget('INSERT INTO t SELECT 1')).toBe(undefined)
})

test('a quoted text cannot end its literal', () => {
  expect(quote(`it's \\`)).toBe(`'it\\'s \\\\'`)
})
