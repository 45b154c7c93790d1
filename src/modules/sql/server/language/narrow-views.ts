import type { Expr, From } from '#modules/sql/server/language/ast.ts'
import { compileExpr } from '#modules/sql/server/language/compile-expression.ts'
import { propertyOf, type Scope, type SourceScope } from '#modules/sql/server/language/scope.ts'

/**
 * Conditions that views are narrowed by where their rows are read, so that the engine has its indexes: comparisons of one
 * column with a constant, which cannot fail for a row and take as long for each. Everything else of a query is asked
 * behind the wall only. They are asked there again.
 */
export function narrowViews(scope: Scope, from: From, conditions: readonly Expr[]): void {
  const sources = openToConditions(scope, from)
  if (sources.length === 0) return
  for (const condition of conditions.flatMap(parts)) {
    const found = comparison(scope, condition)
    if (found && sources.includes(found.source)) found.source.narrow?.(found.sql)
  }
}

const parts = (expr: Expr): Expr[] =>
  expr.k === 'binary' && expr.op === 'AND' ? [...parts(expr.left), ...parts(expr.right)] : [expr]

/** Sources of which a row that falls out first leaves the same rows as one that falls out after the joins. */
function openToConditions({ sources }: Scope, { joins }: From): SourceScope[] {
  const plain = joins.map(({ kind }) => kind.replace(' ALL', ''))
  if (!plain.every((kind) => ['INNER JOIN', 'LEFT JOIN', 'CROSS JOIN'].includes(kind))) return []
  return sources.filter((one, at) => one.view && plain[at - 1] !== 'LEFT JOIN')
}

const signs = ['=', '!=', '<', '>', '<=', '>=']

function comparison(scope: Scope, expr: Expr): { source: SourceScope; sql: string } | undefined {
  const sides = expr.k === 'binary' ? [expr.right] : expr.k === 'between' ? [expr.low, expr.high] : []
  const list = expr.k === 'in' && Array.isArray(expr.list) ? expr.list : sides
  if (list.length === 0 || !list.every(isConstant)) return undefined
  if (expr.k !== 'binary' && expr.k !== 'between' && expr.k !== 'in') return undefined
  if (expr.k === 'binary' && !signs.includes(expr.op)) return undefined
  const column = columnOf(scope, expr.k === 'binary' ? expr.left : expr.of)
  if (!column) return undefined
  // The same condition, with the column as it is inside of the view in the place of its name.
  const inside: Scope = { ...scope, inside: column.sql }
  const of: Expr = { k: 'inside', from: expr.from, to: expr.to }
  const sql = compileExpr(inside, expr.k === 'binary' ? { ...expr, left: of } : { ...expr, of })
  return { source: column.source, sql }
}

/** A column of a view or a property of it; none that is compared by its key: writing it out for each row is dear. */
function columnOf(scope: Scope, expr: Expr): { source: SourceScope; sql: string } | undefined {
  const property = propertyOf(scope, expr)
  if (property) {
    const sql = property.source.view?.path?.(property.path, 'text', expr)
    return sql === undefined ? undefined : { source: property.source, sql }
  }
  if (expr.k !== 'name') return undefined
  const [first, second] = expr.parts as [string, string | undefined]
  const name = second ?? first
  if (expr.parts.length > 2 || (second === undefined && scope.arrayJoined.has(first))) return undefined
  const holding = scope.sources.filter((one) =>
    second === undefined ? one.columns.includes(name) : one.alias === first,
  )
  const view = holding[0]?.view
  if (!view || holding.length > 1 || view.key?.(name) !== undefined) return undefined
  const sql = view.column(name, expr)
  return sql === undefined ? undefined : { source: holding[0] as SourceScope, sql }
}

const timely =
  /^(now|today|yesterday|toDate(Time(64)?)?|toStartOf(Day|Week|Month|Quarter|Year)|(subtract|add)(Days|Weeks|Months|Hours))$/i

function isConstant(expr: Expr): boolean {
  switch (expr.k) {
    case 'number':
    case 'string':
    case 'bool':
    case 'parameter':
      return true
    case 'unary':
      return expr.op === '-' && isConstant(expr.of)
    case 'cast':
    case 'interval':
      return isConstant(expr.of)
    case 'binary':
      return ['+', '-'].includes(expr.op) && isConstant(expr.left) && isConstant(expr.right)
    case 'call':
      return timely.test(expr.name) && expr.over === undefined && expr.args.every(isConstant)
    default:
      return false
  }
}
