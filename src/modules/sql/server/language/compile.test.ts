import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileQuery } from '#modules/sql/server/language/compile-query.ts'
import { SqlFault } from '#modules/sql/server/language/fault.ts'
import { parseQuery } from '#modules/sql/server/language/parse-query.ts'
import type { Names } from '#modules/sql/server/language/scope.ts'
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
        ...{ name, columns: ['a', 'b'], roots: ['props'], rows: 'FROM rows WHERE ws = 1' },
        column: (column) => (['a', 'b'].includes(column) ? `inner_${column}` : undefined),
        path: (path, reading) => `${reading}(${bind(path)})`,
      }
    },
    isView: (name) => name === 'v',
    bind,
    bindList: bind,
    parameter: (name) => bind(name),
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
