import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileQuery } from '#modules/sql/server/language/compile-query.ts'
import { SqlFault } from '#modules/sql/server/language/fault.ts'
import { parseQuery } from '#modules/sql/server/language/parse-query.ts'
import { countReads, type Names } from '#modules/sql/server/language/scope.ts'
import { tokenize } from '#modules/sql/server/language/tokenize.ts'

/** A view `v` with the columns a, b and properties, without any engine. */
function compile(text: string): { sql: string; bound: unknown[] } {
  const bound: unknown[] = []
  let last = 0
  const bind = (value: unknown) => `{s${bound.push(value)}:X}`
  const names: Names = {
    view: (name, span) => {
      if (name !== 'v') throw new SqlFault('view_unknown', span, 'none')
      return {
        ...{ name, columns: ['a', 'b'], roots: ['props'] },
        rows: (narrowed) => ['FROM rows WHERE ws = 1', ...narrowed].join(' AND '),
        column: (column) => (['a', 'b'].includes(column) ? `inner_${column}` : undefined),
        path: (path, reading) => `${reading}(${bind(path)})`,
      }
    },
    isView: (name) => name === 'v',
    bind,
    bindList: bind,
    parameter: (name) => bind(name),
    reads: countReads(),
    fresh: () => ++last,
    label: (printed) => printed,
  }
  return { sql: compileQuery(names, parseQuery(text)).sql, bound }
}

const texts = [
  "SELECT a, count() AS n FROM v WHERE b = 'x' AND NOT a IN (1, 2) GROUP BY a HAVING n > 1 ORDER BY n DESC NULLS LAST LIMIT 5 OFFSET 2",
  'WITH t AS (SELECT a AS x FROM v), 3 AS least SELECT DISTINCT t.x, least FROM t LEFT ANY JOIN v ON t.x = v.a WHERE x > least',
  "SELECT arrayMap((p, q) -> p + q, [1], [2])[1], (1, 'b').2, a::String, CAST(b AS Array(Nullable(Int8))), props.x, num(props['y']) FROM v",
  "SELECT CASE WHEN a BETWEEN 1 AND 2 THEN 'l' ELSE NULL END, sum(a) FILTER (WHERE b IS NOT NULL) OVER (PARTITION BY b ORDER BY a ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM v WINDOW w AS (ORDER BY a)",
  'SELECT a FROM v UNION ALL SELECT b FROM v LIMIT 3',
  "SELECT quantile(0.5)(a), now() - INTERVAL 3 DAY, {p:UInt8}, DATE '2026-01-01', -a * 2 + 1 FROM v ARRAY JOIN [1] AS e LIMIT 1 BY a",
]

test('a query is written anew: views inside, names ours, texts bound', () => {
  expect(compile("SELECT a AS ws, 'it''s' FROM v AS people WHERE people.b = ws")).toEqual({
    sql: 'SELECT t2.v3 AS q1_0, {s1:X} AS q1_1\nFROM (SELECT inner_a AS v3, inner_b AS v4 FROM rows WHERE ws = 1) AS t2\nWHERE (t2.v4 = q1_0)',
    bound: ["it's"],
  })
})

test('what cannot fail for a row is asked where rows are read, everything else behind the wall alone', () => {
  const inside = (sql: string) => /ws = 1(.*?)\) AS t/s.exec(compile(sql).sql)?.[1]
  expect(inside("SELECT a FROM v WHERE a = 'x' AND intDiv(1, a) = 1 AND NOT b = 'y' AND b > 3 - 1")).toBe(
    ' AND ((inner_a) = {s1:X}) AND ((inner_b) > (3 - 1))',
  )
  for (const other of ["a LIKE 'x%'", 'a = b', "lower(a) = 'x'", "a = (SELECT 'x')", "a = 'x' OR b = 'y'"])
    expect([other, inside(`SELECT a FROM v WHERE ${other}`)]).toEqual([other, ''])
  expect(inside("SELECT 1 FROM v ANY LEFT JOIN v AS w ON v.a = w.a WHERE v.a = 'x'")).toBe('')
  const joined = compile("SELECT 1 FROM v LEFT JOIN v AS w ON v.a = w.a WHERE v.a = 'x' AND w.b = 'y'").sql
  expect(joined.match(/AND \(\(inner_.\) = /g)).toEqual(['AND ((inner_a) = '])
  expect(inside('SELECT a FROM v ARRAY JOIN [1] AS a WHERE a = 1')).toBe('')
})

test('tables of WITH that multiply are refused before the engine writes them out', () => {
  const doubled = (times: number) =>
    `WITH c0 AS (SELECT 1 AS x), ${Array.from({ length: times }, (_, at) => `c${at + 1} AS (SELECT l.x AS x FROM c${at} AS l CROSS JOIN c${at} AS r)`).join(', ')} SELECT count() FROM c${times}`
  expect(compile(doubled(4)).sql).toContain('CROSS JOIN')
  expect(() => compile(doubled(12))).toThrow('reads more than')
})

const gap = fc.constantFrom(' ', '\n', '\t', ' -- a comment\n', ' /* another; */ ', '  ')

test('blanks, comments and the case of words change nothing', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...texts),
      fc.infiniteStream(gap),
      fc.infiniteStream(fc.boolean()),
      (text, gaps, cases) => {
        const words =
          /^(select|from|where|as|and|or|not|in|is|null|with|group|by|order|having|limit|case|when|then|else|end|between|join|left|any|on|union|all|distinct|cast|interval|over|partition|rows)$/i
        const pieces = tokenize(text).map((token) => {
          const piece = text.slice(token.from, token.to)
          if (!words.test(piece)) return piece
          return cases.next().value ? piece.toLowerCase() : piece.toUpperCase()
        })
        // `.2` directly behind a value is a part of it, and a number elsewhere.
        const rewritten = pieces.reduce(
          (whole, piece) => whole + (piece.startsWith('.') ? '' : (gaps.next().value as string)) + piece,
          '',
        )
        expect(compile(rewritten)).toEqual(compile(text))
      },
    ),
    { numRuns: 300, seed: 7 },
  )
})

test('whatever is typed is a query or a fault with its place, and never anything else', () => {
  const word = fc.constantFrom(
    'SELECT',
    'a',
    'FROM',
    'v',
    '(',
    ')',
    ',',
    '*',
    "'x'",
    '1',
    '->',
    '.',
    '::',
    'AS',
    'WITH',
    '[',
    ']',
    'CASE',
    'END',
    'JOIN',
    'props',
    'OVER',
    '-',
    'LIMIT',
    '{p:Int8}',
    ';',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(word, { maxLength: 25 }).map((words) => `SELECT ${words.join(' ')}`),
      ),
      (text) => {
        try {
          compile(text)
        } catch (error) {
          expect(error).toBeInstanceOf(SqlFault)
          const { span } = error as SqlFault
          expect(span.from).toBeGreaterThanOrEqual(0)
          expect(span.to).toBeLessThanOrEqual(text.length + 1)
        }
      },
    ),
    { numRuns: 2000, seed: 8 },
  )
})
