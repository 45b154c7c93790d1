import type {
  From,
  Item,
  Join,
  Limit,
  Query,
  Select,
  Source,
  With,
} from '#modules/sql/server/language/ast.ts'
import { openCursor } from '#modules/sql/server/language/cursor.ts'
import { SqlFault } from '#modules/sql/server/language/fault.ts'
import {
  exprList,
  notSupported,
  orderList,
  parseExpr,
  type Readers,
  reserved,
  startsQuery,
  wholeNumber,
  windowSpec,
} from '#modules/sql/server/language/parse-expression.ts'
import type { Token } from '#modules/sql/server/language/tokenize.ts'

/** The text as one query of the language, or a fault with its place. What is not understood goes nowhere. */
export function parseQuery(text: string): Query {
  const cursor = openCursor(text)
  const readers: Reading = { cursor, text, query: () => cursor.deeper(() => readQuery(readers)) }
  if (!startsQuery(cursor)) {
    const token = cursor.peek()
    throw new SqlFault('only_select', token, 'A query begins with SELECT or WITH.', token.text.slice(0, 40))
  }
  const query = readers.query()
  if (cursor.sign(';') && cursor.peek().kind !== 'end')
    throw new SqlFault(
      'one_statement',
      cursor.peek(),
      'One query at a time: nothing may follow the semicolon.',
    )
  if (cursor.peek().kind !== 'end') {
    refuseTail(readers)
    throw cursor.unexpected('the end of the query')
  }
  return query
}

type Reading = Readers & { text: string }

function refuseTail({ cursor }: Reading): void {
  for (const word of ['SETTINGS', 'FORMAT', 'INTO', 'EXCEPT', 'INTERSECT', 'QUALIFY'])
    if (cursor.isWord(word)) throw notSupported(cursor.peek(), word)
}

function readQuery(readers: Reading): Query {
  const { cursor } = readers
  const start = cursor.peek()
  const withs = cursor.words('WITH') ? withList(readers) : []
  const parts = [readPart(readers)]
  let distinct: boolean | undefined
  while (cursor.words('UNION')) {
    const isDistinct = cursor.words('DISTINCT') || !cursor.words('ALL')
    if (distinct !== undefined && distinct !== isDistinct)
      throw notSupported(cursor.peek(-1), 'UNION ALL with UNION DISTINCT')
    distinct = isDistinct
    parts.push(readPart(readers))
    if (parts.length > 50)
      throw new SqlFault('too_long', cursor.peek(), 'A query puts 50 others together at most.')
  }
  return { with: withs, parts, distinct: distinct ?? false, ...cursor.spanFrom(start) }
}

function readPart(readers: Reading): Select | Query {
  const { cursor } = readers
  if (cursor.sign('(')) {
    const query = readers.query()
    cursor.expectSign(')')
    return query
  }
  if (cursor.isWord('WITH')) return readers.query()
  return readSelect(readers)
}

function withList(readers: Reading): With[] {
  const { cursor } = readers
  if (cursor.isWord('RECURSIVE')) throw notSupported(cursor.peek(), 'WITH RECURSIVE')
  const list: With[] = []
  do {
    const start = cursor.peek()
    const isNamed = ['word', 'quoted'].includes(start.kind) && cursor.isWord('AS', 1)
    if (
      isNamed &&
      cursor.peek(2).text === '(' &&
      (cursor.isWord('SELECT', 3) || cursor.isWord('WITH', 3) || cursor.peek(3).text === '(')
    ) {
      cursor.next()
      cursor.next()
      cursor.expectSign('(')
      const query = readers.query()
      cursor.expectSign(')')
      list.push({ k: 'cte', name: start.text, query, ...cursor.spanFrom(start) })
    } else {
      const expr = parseExpr(readers)
      cursor.expectWord('AS')
      list.push({ k: 'value', name: readName(readers), expr, ...cursor.spanFrom(start) })
    }
  } while (cursor.sign(','))
  return list
}

function readName({ cursor }: Reading): string {
  const token = cursor.peek()
  if (token.kind !== 'quoted' && (token.kind !== 'word' || reserved.has(token.text.toUpperCase())))
    throw cursor.unexpected('a name')
  return cursor.next().text
}

function aliasOf(readers: Reading): string | undefined {
  const { cursor } = readers
  if (cursor.words('AS')) return readName(readers)
  const token = cursor.peek()
  const isName = token.kind === 'quoted' || (token.kind === 'word' && !reserved.has(token.text.toUpperCase()))
  return isName ? cursor.next().text : undefined
}

function readSelect(readers: Reading): Select {
  const { cursor } = readers
  const start = cursor.peek()
  cursor.expectWord('SELECT')
  const distinct = cursor.words('DISTINCT')
  if (distinct && cursor.isWord('ON')) throw notSupported(cursor.peek(), 'DISTINCT ON')
  if (cursor.isWord('TOP') && cursor.peek(1).kind === 'number') throw notSupported(cursor.peek(), 'TOP')
  const items = itemList(readers)
  const reads = cursor.words('FROM') ? readFrom(readers) : undefined
  const prewhere = cursor.words('PREWHERE') ? parseExpr(readers) : undefined
  const where = cursor.words('WHERE') ? parseExpr(readers) : undefined
  const { groupBy, modifiers } = readGroupBy(readers)
  const having = cursor.words('HAVING') ? parseExpr(readers) : undefined
  const windows: Select['windows'] = []
  if (cursor.words('WINDOW'))
    do {
      const name = readName(readers)
      cursor.expectWord('AS')
      cursor.expectSign('(')
      windows.push({ name, spec: windowSpec(readers) })
      cursor.expectSign(')')
    } while (cursor.sign(','))
  if (cursor.isWord('QUALIFY')) throw notSupported(cursor.peek(), 'QUALIFY')
  const orderBy = cursor.words('ORDER', 'BY') ? orderList(readers) : undefined
  const { limitBy, limit } = readLimits(readers)
  refuseTail(readers)
  return {
    ...{
      distinct,
      items,
      reads,
      prewhere,
      where,
      groupBy,
      modifiers,
      having,
      windows,
      orderBy,
      limitBy,
      limit,
    },
    ...cursor.spanFrom(start),
  }
}

function itemList(readers: Reading): Item[] {
  const { cursor, text } = readers
  const items: Item[] = []
  do {
    if (cursor.isWord('FROM') && items.length > 0) break // a comma before FROM, as the engine allows
    const expr = parseExpr(readers)
    for (const word of ['EXCEPT', 'REPLACE', 'APPLY'])
      if (expr.k === 'star' && cursor.isWord(word)) throw notSupported(cursor.peek(), `* ${word}`)
    const said = text.slice(expr.from, expr.to).replace(/\s+/g, ' ')
    items.push({ expr, alias: aliasOf(readers), text: said.length > 80 ? `${said.slice(0, 79)}…` : said })
    if (items.length > 500)
      throw new SqlFault('too_long', cursor.peek(), 'A query has 500 columns at most.', '500')
  } while (cursor.sign(','))
  return items
}

const joinPattern = [
  'GLOBAL',
  'INNER',
  'LEFT',
  'RIGHT',
  'FULL',
  'CROSS',
  'OUTER',
  'ANY',
  'ALL',
  'SEMI',
  'ANTI',
  'ASOF',
  'PASTE',
]
const kinds = ['INNER', 'LEFT', 'RIGHT', 'FULL', 'CROSS']
const strictnesses = ['ANY', 'ALL', 'SEMI', 'ANTI', 'ASOF']

function readFrom(readers: Reading): From {
  const { cursor } = readers
  const first = readSource(readers)
  const joins: Join[] = []
  let arrayJoin: From['arrayJoin']
  while (true) {
    const left = cursor.words('LEFT', 'ARRAY', 'JOIN')
    if (left || cursor.words('ARRAY', 'JOIN')) {
      if (arrayJoin) throw notSupported(cursor.peek(-1), 'A second ARRAY JOIN')
      arrayJoin = { left, items: itemList(readers) }
      continue
    }
    const join = readJoin(readers)
    if (!join) return { first, joins, arrayJoin }
    if (arrayJoin) throw notSupported(cursor.peek(-1), 'JOIN behind ARRAY JOIN')
    joins.push(join)
    if (joins.length > 20)
      throw new SqlFault('too_long', cursor.peek(), 'A query joins 20 others at most.', '20')
  }
}

function readJoin(readers: Reading): Join | undefined {
  const { cursor } = readers
  const start = cursor.peek()
  if (cursor.sign(',')) {
    const source = readSource(readers)
    return { kind: 'CROSS JOIN', source, on: undefined, using: undefined, ...cursor.spanFrom(start) }
  }
  const words: string[] = []
  for (
    let word = joinPattern.find((one) => cursor.isWord(one));
    word;
    word = joinPattern.find((one) => cursor.isWord(one))
  ) {
    words.push(word)
    cursor.next()
    if (words.length > 4) throw cursor.unexpected('JOIN')
  }
  if (words.length === 0 && !cursor.isWord('JOIN')) return undefined
  cursor.expectWord('JOIN')
  const kind = joinKind(words, start)
  const source = readSource(readers)
  const on = cursor.words('ON') ? parseExpr(readers) : undefined
  const using = on === undefined && cursor.words('USING') ? usingList(readers) : undefined
  if (kind !== 'CROSS JOIN' && !on && !using) throw cursor.unexpected('ON or USING')
  return { kind, source, on, using, ...cursor.spanFrom(start) }
}

function joinKind(words: readonly string[], start: Token): string {
  const kind = words.filter((word) => kinds.includes(word))
  const strictness = words.filter((word) => strictnesses.includes(word))
  const isKnown = words.every(
    (word) => kinds.includes(word) || strictnesses.includes(word) || word === 'OUTER',
  )
  if (!isKnown || kind.length > 1 || strictness.length > 1 || (kind[0] === 'CROSS' && strictness.length > 0))
    throw notSupported(start, `${words.join(' ')} JOIN`)
  return [kind[0] ?? 'INNER', ...strictness, 'JOIN'].join(' ')
}

function usingList(readers: Reading): NonNullable<Join['using']> {
  const { cursor } = readers
  const bracketed = cursor.sign('(')
  const names: NonNullable<Join['using']> = []
  do {
    const token = cursor.peek()
    names.push({ name: readName(readers), from: token.from, to: token.to })
  } while (cursor.sign(','))
  if (bracketed) cursor.expectSign(')')
  return names
}

function readSource(readers: Reading): Source {
  const { cursor } = readers
  const start = cursor.peek()
  if (cursor.sign('(')) {
    if (!startsQuery(cursor)) throw cursor.unexpected('SELECT')
    const query = readers.query()
    cursor.expectSign(')')
    const alias = aliasOf(readers)
    return { k: 'derived', query, alias, ...cursor.spanFrom(start) }
  }
  const name = readName(readers)
  const span = cursor.spanFrom(start)
  const next = cursor.peek()
  if (next.kind === 'sign' && next.text === '(')
    throw new SqlFault(
      'not_supported',
      span,
      `Tables are made by views only: “${name}(…)” is not one.`,
      `${name}()`,
    )
  if (next.kind === 'sign' && next.text === '.')
    throw new SqlFault(
      'view_unknown',
      { from: span.from, to: next.to },
      'Views have no database before their name.',
      `${name}.`,
    )
  for (const word of ['FINAL', 'SAMPLE']) if (cursor.isWord(word)) throw notSupported(cursor.peek(), word)
  const alias = aliasOf(readers)
  for (const word of ['FINAL', 'SAMPLE']) if (cursor.isWord(word)) throw notSupported(cursor.peek(), word)
  return { k: 'view', name, alias, ...span }
}

function readGroupBy(readers: Reading): Pick<Select, 'groupBy' | 'modifiers'> {
  const { cursor } = readers
  const modifiers: Select['modifiers'] = []
  const readModifiers = () => {
    for (const word of ['TOTALS', 'ROLLUP', 'CUBE'] as const)
      if (!modifiers.includes(word) && cursor.words('WITH', word)) modifiers.push(word)
  }
  if (!cursor.words('GROUP', 'BY')) {
    readModifiers()
    return { groupBy: undefined, modifiers }
  }
  if (cursor.words('ALL')) {
    readModifiers()
    return { groupBy: 'ALL', modifiers }
  }
  for (const word of ['ROLLUP', 'CUBE'] as const)
    if (cursor.isWord(word) && cursor.peek(1).text === '(') {
      cursor.next()
      cursor.next()
      const groupBy = exprList(readers)
      cursor.expectSign(')')
      modifiers.push(word)
      readModifiers()
      return { groupBy, modifiers }
    }
  if (cursor.isWord('GROUPING')) throw notSupported(cursor.peek(), 'GROUPING SETS')
  const groupBy = exprList(readers)
  readModifiers()
  return { groupBy, modifiers }
}

function readLimits(readers: Reading): Pick<Select, 'limit' | 'limitBy'> {
  const { cursor } = readers
  let limitBy: Select['limitBy']
  let limit: Select['limit']
  for (let n = 0; n < 2 && cursor.words('LIMIT'); n++) {
    const size = limitSize(readers)
    if (n === 0 && cursor.words('BY')) limitBy = { ...size, by: exprList(readers) }
    else {
      limit = { ...size, ties: cursor.words('WITH', 'TIES') }
      break
    }
  }
  if (cursor.isWord('OFFSET')) throw notSupported(cursor.peek(), 'OFFSET without LIMIT')
  if (cursor.isWord('FETCH')) throw notSupported(cursor.peek(), 'FETCH')
  return { limit, limitBy }
}

function limitSize({ cursor }: Reading): Limit {
  const first = wholeNumber(cursor)
  if (cursor.sign(',')) return { offset: first, count: wholeNumber(cursor) }
  return { count: first, offset: cursor.words('OFFSET') ? wholeNumber(cursor) : 0 }
}
