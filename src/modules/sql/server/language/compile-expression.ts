import type { Expr, ExprOf, Order, WindowSpec } from '#modules/sql/server/language/ast.ts'
import { SqlFault } from '#modules/sql/server/language/fault.ts'
import { bounded, lookUp, readings, zoneFrom } from '#modules/sql/server/language/functions.ts'
import { isZone, typeText } from '#modules/sql/server/language/parse-type.ts'
import { keyOf, propertyOf, resolveName, type Scope } from '#modules/sql/server/language/scope.ts'

const print: { [K in Expr['k']]: (scope: Scope, expr: ExprOf<K>) => string } = {
  number: (_, { text }) => text,
  string: (scope, { value }) => scope.names.bind(value),
  null: () => 'NULL',
  bool: (_, { value }) => String(value),
  name: resolveName,
  star: (_, span) => {
    throw new SqlFault('not_supported', span, '* stands for columns only behind SELECT and in count(*).', '*')
  },
  parameter: (scope, expr) => scope.names.parameter(expr.name, expr.type, expr),
  call: compileCall,
  unary: (scope, { op, of }) =>
    op === 'NOT' ? `(NOT ${compileExpr(scope, of)})` : `negate(${compileExpr(scope, of)})`,
  binary: compileBinary,
  is_null: (scope, { of, not }) => `${not ? 'isNotNull' : 'isNull'}(${compileExpr(scope, of)})`,
  between: (scope, { of, low, high, not }) =>
    `(${compileExpr(scope, of)} ${not ? 'NOT ' : ''}BETWEEN ${compileExpr(scope, low)} AND ${compileExpr(scope, high)})`,
  in: compileIn,
  case: (scope, { of, whens, otherwise }) => {
    const parts = whens.map(
      ({ when, value }) => `WHEN ${compileExpr(scope, when)} THEN ${compileExpr(scope, value)}`,
    )
    const rest = otherwise ? ` ELSE ${compileExpr(scope, otherwise)}` : ''
    return `(CASE ${of ? `${compileExpr(scope, of)} ` : ''}${parts.join(' ')}${rest} END)`
  },
  cast: (scope, { of, type }) => `CAST(${compileExpr(scope, of)} AS ${typeText(type)})`,
  interval: (scope, { of, unit }) => `toInterval${capital(unit)}(${compileExpr(scope, of)})`,
  extract: (scope, { of, unit }) =>
    `${unit === 'DAY' ? 'toDayOfMonth' : unit === 'WEEK' ? 'toISOWeek' : `to${capital(unit)}`}(${compileExpr(scope, of)})`,
  array: (scope, { items }) => `[${compileAll(scope, items)}]`,
  tuple: (scope, { items }) => `tuple(${compileAll(scope, items)})`,
  index: (scope, expr) => {
    const property = propertyOf(scope, expr)
    if (property) return property.source.path(property.path, 'text', expr)
    return `arrayElement(${compileExpr(scope, expr.of)}, ${compileExpr(scope, expr.at)})`
  },
  element: (scope, { of, n }) => `tupleElement(${compileExpr(scope, of)}, ${n})`,
  lambda: (_, span) => {
    throw new SqlFault('expected', span, 'A lambda stands among the arguments of a function.', 'a value')
  },
  query: (scope, { query }) => `(${scope.compileQuery(query, scope.ctes).sql})`,
  inside: ({ inside }) => `(${inside})`,
}

const capital = (unit: string) => unit.charAt(0) + unit.slice(1).toLowerCase()

/** An expression as the engine gets it: written anew, every name ours, every text bound. */
export const compileExpr = (scope: Scope, expr: Expr): string =>
  (print[expr.k] as (scope: Scope, expr: Expr) => string)(scope, expr)

export const compileAll = (scope: Scope, list: readonly Expr[]): string =>
  list.map((expr) => compileExpr(scope, expr)).join(', ')

const functionOf: Record<string, string> = {
  ...{ '||': 'concat', LIKE: 'like', 'NOT LIKE': 'notLike', ILIKE: 'ilike', 'NOT ILIKE': 'notILike' },
  DIV: 'intDiv',
}

function compileBinary(scope: Scope, { op, left, right }: ExprOf<'binary'>): string {
  if (op === '=' || op === '!=') {
    const keys = compareKeys(scope, left, right) ?? compareKeys(scope, right, left)
    if (keys) return `(${keys[0]} ${op} ${keys[1]})`
  }
  const [a, b] = [compileExpr(scope, left), compileExpr(scope, right)]
  const name = functionOf[op]
  return name ? `${name}(${a}, ${b})` : `(${a} ${op} ${b})`
}

/** People are compared by number, where both sides are people: writing an id out costs a microsecond a row. */
function compareKeys(scope: Scope, one: Expr, other: Expr): [string, string] | undefined {
  const key = keyOf(scope, one)
  if (!key) return undefined
  const same = other.k === 'string' ? key.of.keyOf?.(other.value) : keyOf(scope, other)?.sql
  return same === undefined ? undefined : [key.sql, same]
}

function compileIn(scope: Scope, { of, list, not }: ExprOf<'in'>): string {
  const word = not ? 'NOT IN' : 'IN'
  if (!Array.isArray(list))
    return `(${compileExpr(scope, of)} ${word} (${scope.compileQuery(list, scope.ctes).sql}))`
  if (list.length > 0 && list.every((one) => one.k === 'string')) {
    const values = list.map((one) => (one as ExprOf<'string'>).value)
    const key = keyOf(scope, of)
    const keys = key && values.map((value) => key.of.keyOf?.(value))
    if (key && keys?.every((one) => one !== undefined)) return `(${key.sql} ${word} (${keys.join(', ')}))`
    return `(${compileExpr(scope, of)} ${word} ${scope.names.bindList(values)})`
  }
  if (list.length === 1 && list[0]?.k === 'parameter')
    return `(${compileExpr(scope, of)} ${word} ${compileExpr(scope, list[0])})`
  return `(${compileExpr(scope, of)} ${word} (${compileAll(scope, list)}))`
}

const counting = ['uniq', 'uniqExact', 'uniqCombined', 'uniqCombined64', 'uniqHLL12', 'count']

function compileCall(around: Scope, call: ExprOf<'call'>): string {
  const read = readings.find((one) => one === call.name.toLowerCase())
  if (read) return compileReading(around, call, read)
  const found = lookUp(call.name)
  if (!found)
    throw new SqlFault(
      'function_unknown',
      { from: call.from, to: call.from + call.name.length },
      `There is no function “${call.name}” here.`,
      call.name,
    )
  checkBound(found.name, call)
  checkZone(found.name, call)
  // `HAVING max(time)`: what an aggregate is taken of are rows, never items of the SELECT.
  const scope = found.kind === 'aggregate' ? { ...around, aliasFirst: false } : around
  const params = call.params ? `(${compileAll(scope, call.params)})` : ''
  const args = argsOf(scope, call, found.name)
  const filter = call.filter ? ` FILTER (WHERE ${compileExpr(scope, call.filter)})` : ''
  const over = call.over === undefined ? '' : ` OVER ${compileOver(scope, call, call.over)}`
  return `${found.name}${params}(${call.distinct ? 'DISTINCT ' : ''}${args})${filter}${over}`
}

function argsOf(scope: Scope, call: ExprOf<'call'>, name: string): string {
  const [first, ...others] = call.args
  if (
    name === 'count' &&
    call.args.length === 1 &&
    first?.k === 'star' &&
    first.of === undefined &&
    !call.distinct
  )
    return ''
  const isCounting =
    counting.includes(name.replace(/If$/, '')) && (!name.startsWith('count') || call.distinct)
  const key = isCounting && first ? keyOf(scope, first) : undefined
  if (key) return [key.sql, ...others.map((arg) => compileExpr(scope, arg))].join(', ')
  return call.args
    .map((arg) => (arg.k === 'lambda' ? compileLambda(scope, arg) : compileExpr(scope, arg)))
    .join(', ')
}

function compileLambda(scope: Scope, { names, body }: ExprOf<'lambda'>): string {
  const printed = names.map((name) => [name, scope.names.label(`l${scope.names.fresh()}`, name)] as const)
  const inner: Scope = { ...scope, lambdas: [...scope.lambdas, new Map(printed)] }
  return `(${printed.map(([, one]) => one).join(', ')}) -> ${compileExpr(inner, body)}`
}

/** `num(props.price)` reads the property as a number; of anything else the number its text is. */
function compileReading(scope: Scope, call: ExprOf<'call'>, reading: (typeof readings)[number]): string {
  const [arg, more] = call.args
  if (!arg || more || call.params || call.distinct || call.filter || call.over !== undefined)
    throw new SqlFault('expected', call, `${reading}(…) takes one property.`, `${reading}(props.name)`)
  const property = propertyOf(scope, arg)
  if (property) return property.source.path(property.path, reading, arg)
  const value = `toString(${compileExpr(scope, arg)})`
  if (reading === 'num') return `toFloat64OrNull(${value})`
  if (reading === 'bool') return `(lower(${value}) IN ('true', '1'))`
  throw new SqlFault('expected', arg, 'list(…) takes a property of a view.', 'list(props.name)')
}

function checkBound(name: string, call: ExprOf<'call'>): void {
  const rule = Object.hasOwn(bounded, name) ? bounded[name] : undefined
  if (!rule) return
  const size = call.args[rule.arg]
  if (size?.k !== 'number')
    throw new SqlFault(
      'constant_wanted',
      size ?? call,
      `${name} takes a number that stands there, ${rule.most} at most.`,
      name,
    )
  if (Number(size.text) > rule.most)
    throw new SqlFault('number_too_large', size, `${name} takes ${rule.most} at most.`, String(rule.most))
}

/** Where a zone may stand there is one as it is written, a number (a mode, a precision) or an interval, and nothing else. */
function checkZone(name: string, { args }: ExprOf<'call'>): void {
  const from = zoneFrom(name)
  const wrong = from === undefined ? undefined : args.slice(from).find((arg) => !isPlain(arg))
  if (wrong)
    throw new SqlFault(
      'zone_wanted',
      wrong,
      `${name} takes a time zone that stands there, as 'Asia/Shanghai'.`,
      name,
    )
}

function isPlain(arg: Expr): boolean {
  if (arg.k === 'string') return isZone(arg.value)
  if (arg.k === 'unary') return isPlain(arg.of)
  return arg.k === 'number' || arg.k === 'interval' || (arg.k === 'call' && /^toInterval/i.test(arg.name))
}

function compileOver(scope: Scope, call: ExprOf<'call'>, over: WindowSpec | string): string {
  if (typeof over !== 'string') return `(${compileWindow(scope, over)})`
  const found = scope.windows.get(over)
  if (found === undefined)
    throw new SqlFault('column_unknown', call, `There is no window “${over}” here.`, over)
  return found
}

export function compileWindow(scope: Scope, { partitionBy, orderBy, frame }: WindowSpec): string {
  const parts = [
    ...(partitionBy.length > 0 ? [`PARTITION BY ${compileAll(scope, partitionBy)}`] : []),
    ...(orderBy.length > 0 ? [`ORDER BY ${compileOrder(scope, orderBy)}`] : []),
    ...(frame ? [frame] : []),
  ]
  return parts.join(' ')
}

export const compileOrder = (scope: Scope, list: readonly Order[]): string =>
  list
    .map(
      ({ of, descending, nulls }) =>
        `${compileExpr(scope, of)}${descending ? ' DESC' : ''}${nulls ? ` NULLS ${nulls}` : ''}`,
    )
    .join(', ')
