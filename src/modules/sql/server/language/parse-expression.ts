import type { Expr, Order, Query, WindowSpec } from '#modules/sql/server/language/ast.ts'
import type { Cursor } from '#modules/sql/server/language/cursor.ts'
import { SqlFault } from '#modules/sql/server/language/fault.ts'
import { parseType, parseTypeText } from '#modules/sql/server/language/parse-type.ts'
import type { Token } from '#modules/sql/server/language/tokenize.ts'

/** Expressions need queries and queries expressions; the one who opens the reading ties them together. */
export type Readers = { cursor: Cursor; query(): Query }

/** Words that end an expression, so that none of them is an alias without AS or a column without quotes. */
export const reserved = new Set(
  `SELECT FROM WHERE PREWHERE GROUP HAVING ORDER LIMIT OFFSET UNION ALL JOIN INNER LEFT RIGHT FULL CROSS ANY SEMI ANTI ASOF
   OUTER ON USING ARRAY WITH AS AND OR NOT IN IS BETWEEN LIKE ILIKE CASE WHEN THEN ELSE END CAST DISTINCT WINDOW OVER BY
   ASC DESC NULLS FORMAT SETTINGS INTO EXCEPT INTERSECT QUALIFY FINAL SAMPLE GLOBAL DIV MOD INTERVAL NULL TRUE FALSE EXISTS`.split(
    /\s+/,
  ),
)
const units = ['SECOND', 'MINUTE', 'HOUR', 'DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR']
const unitOf = (text: string) => units.find((unit) => unit === text.toUpperCase().replace(/S$/, ''))

export function parseExpr(readers: Readers): Expr {
  return readers.cursor.deeper(() => lambda(readers) ?? either(readers))
}

export function exprList(readers: Readers): Expr[] {
  const list = [parseExpr(readers)]
  while (readers.cursor.sign(',')) list.push(parseExpr(readers))
  return list
}

function lambda(readers: Readers): Expr | undefined {
  const { cursor } = readers
  const start = cursor.peek()
  let ahead = 0
  const names: string[] = []
  const isName = (token: Token) => token.kind === 'word' && !reserved.has(token.text.toUpperCase())
  const isSign = (at: number, text: string) =>
    cursor.peek(at).kind === 'sign' && cursor.peek(at).text === text
  if (isName(start) && isSign(1, '->')) {
    names.push(start.text)
    ahead = 2
  } else if (isSign(0, '(')) {
    for (ahead = 1; isName(cursor.peek(ahead)); ahead++) {
      names.push(cursor.peek(ahead).text)
      ahead++
      if (!isSign(ahead, ',')) break
    }
    if (names.length === 0 || !isSign(ahead, ')') || !isSign(ahead + 1, '->')) return undefined
    ahead += 2
  } else return undefined
  for (let i = 0; i < ahead; i++) cursor.next()
  const body = parseExpr(readers)
  return { k: 'lambda', names, body, ...cursor.spanFrom(start) }
}

type Level = (readers: Readers) => Expr

/** Operators of one strength, from the left; only a sum of so many that a tree is built, so nobody recurses here. */
function leftToRight(below: Level, operator: (cursor: Cursor) => string | undefined): Level {
  return (readers) => {
    const { cursor } = readers
    const start = cursor.peek()
    let left = below(readers)
    for (let op = operator(cursor), n = 0; op !== undefined; op = operator(cursor), n++) {
      if (n > 400) throw new SqlFault('too_deep', cursor.peek(), 'Too many operators in one expression.')
      left = { k: 'binary', op, left, right: below(readers), ...cursor.spanFrom(start) }
    }
    return left
  }
}

const signIn =
  (...signs: string[]) =>
  (cursor: Cursor) =>
    signs.find((one) => cursor.sign(one))

const power = leftToRight(unary, (cursor) =>
  cursor.words('DIV') ? 'DIV' : cursor.words('MOD') ? '%' : signIn('*', '/', '%')(cursor),
)
const sum = leftToRight(power, signIn('+', '-'))
const glue = leftToRight(sum, signIn('||'))
const both = leftToRight(negation, (cursor) => (cursor.words('AND') ? 'AND' : undefined))
const either = leftToRight(both, (cursor) => (cursor.words('OR') ? 'OR' : undefined))

function negation(readers: Readers): Expr {
  const { cursor } = readers
  const start = cursor.peek()
  if (!cursor.isWord('NOT')) return comparison(readers)
  return cursor.deeper(() => {
    cursor.next()
    const of = negation(readers)
    return { k: 'unary', op: 'NOT', of, ...cursor.spanFrom(start) }
  })
}

const comparing: Record<string, string> = {
  '=': '=',
  '==': '=',
  '!=': '!=',
  '<>': '!=',
  '<': '<',
  '>': '>',
  '<=': '<=',
  '>=': '>=',
}

function comparison(readers: Readers): Expr {
  const { cursor } = readers
  const start = cursor.peek()
  let left = glue(readers)
  for (let n = 0; ; n++) {
    if (n > 50) throw new SqlFault('too_deep', cursor.peek(), 'Too many comparisons in one expression.')
    const found = compareOnce(readers, left, start)
    if (!found) return left
    left = found
  }
}

function compareOnce(readers: Readers, left: Expr, start: Token): Expr | undefined {
  const { cursor } = readers
  const sign = Object.keys(comparing).find((one) => cursor.sign(one))
  if (sign)
    return {
      k: 'binary',
      op: comparing[sign] as string,
      left,
      right: glue(readers),
      ...cursor.spanFrom(start),
    }
  if (cursor.words('IS', 'NOT', 'NULL'))
    return { k: 'is_null', of: left, not: true, ...cursor.spanFrom(start) }
  if (cursor.words('IS', 'NULL')) return { k: 'is_null', of: left, not: false, ...cursor.spanFrom(start) }
  const not =
    cursor.isWord('NOT') && ['IN', 'LIKE', 'ILIKE', 'BETWEEN'].some((word) => cursor.isWord(word, 1))
  if (not) cursor.next()
  for (const word of ['LIKE', 'ILIKE'])
    if (cursor.words(word))
      return {
        k: 'binary',
        op: not ? `NOT ${word}` : word,
        left,
        right: glue(readers),
        ...cursor.spanFrom(start),
      }
  if (cursor.words('BETWEEN')) {
    const low = glue(readers)
    cursor.expectWord('AND')
    return { k: 'between', of: left, low, high: glue(readers), not, ...cursor.spanFrom(start) }
  }
  if (cursor.isWord('GLOBAL')) throw notSupported(cursor.peek(), 'GLOBAL IN')
  return cursor.words('IN') ? inList(readers, left, not, start) : undefined
}

/** `IN` takes a list or a query in brackets: of a bare name the engine would make a table. */
function inList(readers: Readers, of: Expr, not: boolean, start: Token): Expr {
  const { cursor } = readers
  if (cursor.peek().kind === 'parameter') {
    const list = [primary(readers)]
    return { k: 'in', of, not, list, ...cursor.spanFrom(start) }
  }
  cursor.expectSign('(')
  const list = startsQuery(cursor) ? readers.query() : exprList(readers)
  cursor.expectSign(')')
  return { k: 'in', of, not, list, ...cursor.spanFrom(start) }
}

export const startsQuery = (cursor: Cursor) => {
  for (let ahead = 0; ; ahead++) {
    if (cursor.isWord('SELECT', ahead) || cursor.isWord('WITH', ahead)) return true
    const token = cursor.peek(ahead)
    if (token.kind !== 'sign' || token.text !== '(') return false
  }
}

function unary(readers: Readers): Expr {
  const { cursor } = readers
  const start = cursor.peek()
  if (cursor.sign('+')) return cursor.deeper(() => unary(readers))
  if (!cursor.sign('-')) return suffixed(readers)
  return cursor.deeper(() => {
    const of = unary(readers)
    return { k: 'unary', op: '-', of, ...cursor.spanFrom(start) }
  })
}

/** What follows a value: `[1]`, `.1`, `::Type`. */
function suffixed(readers: Readers): Expr {
  const { cursor } = readers
  const start = cursor.peek()
  let expr = primary(readers)
  for (let n = 0; n <= 50; n++) {
    if (cursor.sign('[')) {
      const at = parseExpr(readers)
      cursor.expectSign(']')
      expr = { k: 'index', of: expr, at, ...cursor.spanFrom(start) }
    } else if (cursor.sign('::'))
      expr = { k: 'cast', of: expr, type: parseType(cursor), ...cursor.spanFrom(start) }
    else if (isElement(cursor)) {
      const token = cursor.next()
      const text = token.text === '.' ? cursor.next().text : token.text.slice(1)
      expr = { k: 'element', of: expr, n: Number(text), ...cursor.spanFrom(start) }
    } else return expr
  }
  throw new SqlFault('too_deep', cursor.peek(), 'Too many parts in one expression.')
}

/** `.1` directly behind a value. */
function isElement(cursor: Cursor): boolean {
  const token = cursor.peek()
  if (token.kind === 'number') return /^\.\d{1,3}$/.test(token.text) && cursor.peek(-1).to === token.from
  const next = cursor.peek(1)
  return token.kind === 'sign' && token.text === '.' && next.kind === 'number' && /^\d{1,3}$/.test(next.text)
}

function primary(readers: Readers): Expr {
  const { cursor } = readers
  const token = cursor.peek()
  if (token.kind === 'number')
    return { k: 'number', text: cursor.next().text, from: token.from, to: token.to }
  if (token.kind === 'string')
    return { k: 'string', value: cursor.next().text, from: token.from, to: token.to }
  if (token.kind === 'parameter') return readParameter(cursor)
  if (token.kind === 'quoted') return nameOrCall(readers)
  if (token.kind === 'word') return readWord(readers)
  if (cursor.sign('[')) {
    const items = isNext(cursor, ']') ? [] : exprList(readers)
    cursor.expectSign(']')
    return { k: 'array', items, ...cursor.spanFrom(token) }
  }
  if (isNext(cursor, '(')) return brackets(readers)
  if (cursor.sign('*')) return { k: 'star', of: undefined, from: token.from, to: token.to }
  throw cursor.unexpected('a value')
}

const isNext = (cursor: Cursor, sign: string) => cursor.peek().kind === 'sign' && cursor.peek().text === sign

function readParameter(cursor: Cursor): Expr {
  const token = cursor.next()
  const cut = token.text.indexOf(':')
  const type = parseTypeText(token.text.slice(cut + 1), token)
  return { k: 'parameter', name: token.text.slice(0, cut), type, from: token.from, to: token.to }
}

function brackets(readers: Readers): Expr {
  const { cursor } = readers
  const start = cursor.peek()
  if (startsQuery(cursor)) {
    // Either a query in brackets, or an expression that begins with one.
    cursor.next()
    if (cursor.isWord('SELECT') || cursor.isWord('WITH')) {
      const query = readers.query()
      cursor.expectSign(')')
      return { k: 'query', query, ...cursor.spanFrom(start) }
    }
  } else cursor.next()
  if (cursor.sign(')')) return { k: 'tuple', items: [], ...cursor.spanFrom(start) }
  const first = parseExpr(readers)
  if (!isNext(cursor, ',')) {
    cursor.expectSign(')')
    return first
  }
  const items = [first]
  while (cursor.sign(',')) if (!isNext(cursor, ')')) items.push(parseExpr(readers))
  cursor.expectSign(')')
  return { k: 'tuple', items, ...cursor.spanFrom(start) }
}

function readWord(readers: Readers): Expr {
  const { cursor } = readers
  const token = cursor.peek()
  const span = { from: token.from, to: token.to }
  const isCall = cursor.peek(1).kind === 'sign' && cursor.peek(1).text === '('
  if (cursor.words('NULL')) return { k: 'null', ...span }
  if (cursor.words('TRUE')) return { k: 'bool', value: true, ...span }
  if (cursor.words('FALSE')) return { k: 'bool', value: false, ...span }
  if (cursor.words('CASE')) return readCase(readers, token)
  if (cursor.words('INTERVAL')) return readInterval(readers, token)
  if (isCall && cursor.words('CAST')) return readCast(readers, token)
  if (isCall && cursor.isWord('EXTRACT') && cursor.isWord('FROM', 3)) return readExtract(readers)
  for (const [word, type] of [
    ['DATE', 'Date'],
    ['TIMESTAMP', 'DateTime'],
  ] as const)
    if (cursor.isWord(word) && cursor.peek(1).kind === 'string') {
      cursor.next()
      const of = primary(readers)
      return { k: 'cast', of, type: { name: type, args: [], ...span }, ...cursor.spanFrom(token) }
    }
  if (cursor.isWord('EXISTS')) throw notSupported(token, 'EXISTS')
  if (cursor.isWord('COLUMNS') && isCall) throw notSupported(token, 'COLUMNS')
  if (reserved.has(token.text.toUpperCase()) && !isCall) throw cursor.unexpected('a value')
  return nameOrCall(readers)
}

export const notSupported = (token: Token, what: string) =>
  new SqlFault('not_supported', { from: token.from, to: token.to }, `${what} cannot be used here.`, what)

function nameOrCall(readers: Readers): Expr {
  const { cursor } = readers
  const first = cursor.next()
  if (first.kind === 'word' && isNext(cursor, '(')) return readCall(readers, first)
  const parts = [first.text]
  while (isNext(cursor, '.') && ['word', 'quoted'].includes(cursor.peek(1).kind)) {
    cursor.next()
    parts.push(cursor.next().text)
    if (parts.length > 20) throw cursor.unexpected('a shorter name')
  }
  if (
    isNext(cursor, '.') &&
    cursor.peek(1).text === '*' &&
    cursor.peek(1).kind === 'sign' &&
    parts.length === 1
  ) {
    cursor.next()
    cursor.next()
    return { k: 'star', of: first.text, ...cursor.spanFrom(first) }
  }
  if (isNext(cursor, '('))
    throw new SqlFault(
      'function_unknown',
      cursor.spanFrom(first),
      `There is no function “${parts.join('.')}” here.`,
      parts.join('.'),
    )
  return { k: 'name', parts, ...cursor.spanFrom(first) }
}

function readCall(readers: Readers, named: Token): Expr {
  const { cursor } = readers
  cursor.expectSign('(')
  let distinct = cursor.words('DISTINCT')
  if (startsQuery(cursor) && (cursor.isWord('SELECT') || cursor.isWord('WITH')))
    throw new SqlFault(
      'expected',
      cursor.peek(),
      'A query among the arguments of a function needs brackets of its own.',
      '(',
    )
  let args = isNext(cursor, ')') ? [] : exprList(readers)
  cursor.expectSign(')')
  let params: Expr[] | undefined
  if (isNext(cursor, '(')) {
    cursor.next()
    params = args
    distinct = cursor.words('DISTINCT')
    args = isNext(cursor, ')') ? [] : exprList(readers)
    cursor.expectSign(')')
  }
  let filter: Expr | undefined
  if (cursor.isWord('FILTER') && cursor.peek(1).text === '(') {
    cursor.next()
    cursor.next()
    cursor.expectWord('WHERE')
    filter = parseExpr(readers)
    cursor.expectSign(')')
  }
  const over = cursor.words('OVER') ? readOver(readers) : undefined
  return { k: 'call', name: named.text, params, args, distinct, filter, over, ...cursor.spanFrom(named) }
}

function readOver(readers: Readers): WindowSpec | string {
  const { cursor } = readers
  if (cursor.sign('(')) {
    const spec = windowSpec(readers)
    cursor.expectSign(')')
    return spec
  }
  const token = cursor.next()
  if (token.kind !== 'word' && token.kind !== 'quoted') throw cursor.unexpected('the name of a window')
  return token.text
}

export function windowSpec(readers: Readers): WindowSpec {
  const { cursor } = readers
  const partitionBy = cursor.words('PARTITION', 'BY') ? exprList(readers) : []
  const orderBy = cursor.words('ORDER', 'BY') ? orderList(readers) : []
  const kind = cursor.words('ROWS') ? 'ROWS' : cursor.words('RANGE') ? 'RANGE' : undefined
  return { partitionBy, orderBy, frame: kind && `${kind} ${frameOf(cursor)}` }
}

function frameOf(cursor: Cursor): string {
  if (!cursor.words('BETWEEN')) return bound(cursor)
  const low = bound(cursor)
  cursor.expectWord('AND')
  return `BETWEEN ${low} AND ${bound(cursor)}`
}

function bound(cursor: Cursor): string {
  if (cursor.words('CURRENT', 'ROW')) return 'CURRENT ROW'
  const size = cursor.words('UNBOUNDED') ? 'UNBOUNDED' : wholeNumber(cursor)
  for (const word of ['PRECEDING', 'FOLLOWING']) if (cursor.words(word)) return `${size} ${word}`
  throw cursor.unexpected('PRECEDING or FOLLOWING')
}

/** A number without sign or fraction, at most a thousand million. */
export function wholeNumber(cursor: Cursor): number {
  const token = cursor.peek()
  if (token.kind !== 'number' || !/^\d{1,10}$/.test(token.text)) throw cursor.unexpected('a whole number')
  return Number(cursor.next().text)
}

export function orderList(readers: Readers): Order[] {
  const { cursor } = readers
  const list: Order[] = []
  do {
    const of = parseExpr(readers)
    const descending = cursor.words('DESC') || cursor.words('DESCENDING')
    if (!descending && !cursor.words('ASC')) cursor.words('ASCENDING')
    const nulls = cursor.words('NULLS', 'FIRST')
      ? 'FIRST'
      : cursor.words('NULLS', 'LAST')
        ? 'LAST'
        : undefined
    for (const word of ['COLLATE', 'WITH']) {
      if (word === 'WITH' && !cursor.isWord('FILL', 1)) continue
      if (cursor.isWord(word)) throw notSupported(cursor.peek(), word === 'WITH' ? 'WITH FILL' : word)
    }
    list.push({ of, descending, nulls })
  } while (cursor.sign(','))
  return list
}

function readCase(readers: Readers, start: Token): Expr {
  const { cursor } = readers
  const of = cursor.isWord('WHEN') ? undefined : parseExpr(readers)
  const whens: { when: Expr; value: Expr }[] = []
  while (cursor.words('WHEN')) {
    const when = parseExpr(readers)
    cursor.expectWord('THEN')
    whens.push({ when, value: parseExpr(readers) })
  }
  if (whens.length === 0) throw cursor.unexpected('WHEN')
  const otherwise = cursor.words('ELSE') ? parseExpr(readers) : undefined
  cursor.expectWord('END')
  return { k: 'case', of, whens, otherwise, ...cursor.spanFrom(start) }
}

function readInterval(readers: Readers, start: Token): Expr {
  const { cursor } = readers
  const token = cursor.peek()
  const worded = token.kind === 'string' ? /^\s*(-?\d{1,9})\s+([A-Za-z]+)\s*$/.exec(token.text) : undefined
  if (worded) {
    cursor.next()
    const unit = unitOf(worded[2] as string)
    if (!unit) throw new SqlFault('expected', token, 'An interval has a unit: day, hour, month.', 'DAY')
    const number: Expr = {
      k: 'number',
      text: (worded[1] as string).replace('-', ''),
      from: token.from,
      to: token.to,
    }
    const of: Expr = worded[1]?.startsWith('-')
      ? { k: 'unary', op: '-', of: number, from: token.from, to: token.to }
      : number
    return { k: 'interval', of, unit, ...cursor.spanFrom(start) }
  }
  const of = sum(readers)
  const word = cursor.peek()
  const unit = word.kind === 'word' ? unitOf(word.text) : undefined
  if (!unit) throw cursor.unexpected('a unit such as DAY')
  cursor.next()
  return { k: 'interval', of, unit, ...cursor.spanFrom(start) }
}

function readCast(readers: Readers, start: Token): Expr {
  const { cursor } = readers
  cursor.expectSign('(')
  const of = parseExpr(readers)
  if (cursor.words('AS')) {
    const type = parseType(cursor)
    cursor.expectSign(')')
    return { k: 'cast', of, type, ...cursor.spanFrom(start) }
  }
  cursor.expectSign(',')
  const named = cursor.next()
  if (named.kind !== 'string') throw new SqlFault('type_unknown', named, 'The type is a text.', named.text)
  const type = parseTypeText(named.text, named)
  cursor.expectSign(')')
  return { k: 'cast', of, type, ...cursor.spanFrom(start) }
}

function readExtract(readers: Readers): Expr {
  const { cursor } = readers
  const start = cursor.next()
  cursor.expectSign('(')
  const word = cursor.next()
  const unit = unitOf(word.text)
  if (!unit) throw notSupported(word, `EXTRACT(${word.text} FROM …)`)
  cursor.expectWord('FROM')
  const of = parseExpr(readers)
  cursor.expectSign(')')
  return { k: 'extract', unit, of, ...cursor.spanFrom(start) }
}
