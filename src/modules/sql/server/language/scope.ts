import type { Expr, ExprOf, Query, TypeName } from '#modules/sql/server/language/ast.ts'
import { type Span, SqlFault } from '#modules/sql/server/language/fault.ts'

/** How a property is read: as text, or by `num()`, `bool()`, `list()`. */
export type Reading = 'text' | 'num' | 'bool' | 'list'

/** A view somebody may ask, opened for them: it knows what it may show, and how its rows are walled in. */
export type OpenView = {
  name: string
  /** Columns of `*`, in order. */
  columns: readonly string[]
  /** SQL of a column inside of the view, or nothing when there is none of that name. May refuse. */
  column(name: string, span: Span): string | undefined
  /** The same of the key a column may be compared and counted by, where it has one. */
  key?(name: string): string | undefined
  /** Names under which its properties are found, `props` and `properties`; SQL of one of them. */
  roots: readonly string[]
  path?(path: string, reading: Reading, span: Span): string
  /** FROM and WHERE: the rows the reader may see, and of these the ones all these conditions hold for. */
  rows(narrowed: readonly string[]): string
  /** SQL of a key that is one of these texts; nothing when none can be. */
  keyOf?(text: string): string | undefined
}

export type Names = {
  /** A view, by name; refuses the ones there are not, or not for this reader. */
  view(name: string, span: Span): OpenView
  isView(name: string): boolean
  bind(value: string): string
  bindList(values: string[]): string
  parameter(name: string, type: TypeName, span: Span): string
  /** How often anything is read so far, and this often more; refuses more than the engine plans in good time. */
  reads(more: number, span: Span): number
  /** A number never used before in this statement. */
  fresh(): number
  /** What a printed name stands for, for messages of the engine. */
  label(printed: string, said: string): string
}

export type SourceScope = {
  alias: string | undefined
  printed: string
  columns: readonly string[]
  column(name: string, span: Span): string | undefined
  key(name: string): { sql: string; of: OpenView } | undefined
  roots: readonly string[]
  path(path: string, reading: Reading, span: Span): string
  /** The view, if it is one, for conditions on its columns as they are inside, and takes one of them. */
  view?: OpenView
  narrow?(condition: string): void
  render(): string
}

/** `reads`: how often it reads; the engine writes it out wherever it is named. */
export type Cte = { printed: string; columns: readonly Output[]; reads: number }
export type Output = { name: string; printed: string }

/** What can be named inside of one SELECT. Nothing of a query around it but its WITH. */
export type Scope = {
  names: Names
  ctes: ReadonlyMap<string, Cte>
  sources: SourceScope[]
  /** Columns both sides of a USING have: the source they are taken from. */
  using: Map<string, SourceScope>
  arrayJoined: Map<string, string>
  /** Names of WITH values and of SELECT items. */
  aliases: Map<string, string>
  /** The item being read: its own name means a column in it. */
  own: string | undefined
  lambdas: Map<string, string>[]
  windows: Map<string, string>
  /** Whether a name means an item of the SELECT before it means a column. */
  aliasFirst: boolean
  compileQuery(query: Query, ctes: ReadonlyMap<string, Cte>): { sql: string; outputs: Output[] }
  /** SQL of `inside`. */
  inside?: string
}

// With as many the engine plans for half a second, with four times as many for half a minute, and nothing ends it.
const mostReads = 200

export function countReads(): Names['reads'] {
  let reads = 0
  return (more, span) => {
    reads += more
    if (reads > mostReads)
      throw new SqlFault(
        'too_many_reads',
        span,
        `With every WITH written out this reads more than ${mostReads} times.`,
        String(mostReads),
      )
    return reads
  }
}

export function viewSource(names: Names, view: OpenView, alias: string | undefined): SourceScope {
  const printed = names.label(`t${names.fresh()}`, alias ?? view.name)
  const used = new Map<string, { name: string; sql: string }>()
  const narrowed: string[] = []
  const use = (sql: string, said: string) => {
    const found = used.get(sql) ?? { name: names.label(`v${names.fresh()}`, said), sql }
    used.set(sql, found)
    return `${printed}.${found.name}`
  }
  return {
    alias: alias ?? view.name,
    printed,
    columns: view.columns,
    column: (name, span) => {
      const sql = view.column(name, span)
      return sql === undefined ? undefined : use(sql, name)
    },
    key: (name) => {
      const sql = view.key?.(name)
      return sql === undefined ? undefined : { sql: use(sql, name), of: view }
    },
    roots: view.roots,
    path: (path, reading, span) => {
      if (!view.path) throw new SqlFault('column_unknown', span, `${view.name} has no properties.`, path)
      return use(view.path(path, reading, span), path)
    },
    view,
    narrow: (condition) => narrowed.push(condition),
    render: () => {
      const columns = [...used.values()].map(({ name, sql }) => `${sql} AS ${name}`)
      return `(SELECT ${columns.length === 0 ? '1 AS v' : columns.join(', ')} ${view.rows(narrowed)}) AS ${printed}`
    },
  }
}

export function derivedSource(
  names: Names,
  outputs: readonly Output[],
  alias: string | undefined,
  render: (printed: string) => string,
): SourceScope {
  const printed = names.label(`t${names.fresh()}`, alias ?? 'subquery')
  const find = (name: string) => outputs.find((one) => one.name === name)
  return {
    alias,
    printed,
    columns: outputs.map(({ name }) => name),
    column: (name) => {
      const found = find(name)
      return found && `${printed}.${found.printed}`
    },
    key: () => undefined,
    roots: [],
    path: (path, _, span) => {
      throw new SqlFault('column_unknown', span, `There is no column “${path}” here.`, path)
    },
    render: () => render(printed),
  }
}

/** SQL of a name, wherever it leads; a fault where it leads nowhere, or to several. */
export function resolveName(scope: Scope, { parts, ...span }: ExprOf<'name'>): string {
  const path = pathOf(scope, parts)
  if (path) return path.source.path(path.path, 'text', span)
  if (parts.length === 1) return resolveOne(scope, parts[0] as string, span)
  const [of, name] = parts as [string, string]
  const source = scope.sources.find((one) => one.alias === of)
  const found = source && parts.length === 2 ? source.column(name, span) : undefined
  if (found !== undefined) return found
  throw unknown(parts.join('.'), span)
}

function resolveOne(scope: Scope, name: string, span: Span): string {
  for (const lambda of scope.lambdas.toReversed()) {
    const found = lambda.get(name)
    if (found !== undefined) return found
  }
  const alias = scope.own === name ? undefined : scope.aliases.get(name)
  if (scope.aliasFirst && alias !== undefined) return alias
  const joined = scope.arrayJoined.get(name)
  if (joined !== undefined) return joined
  const column = columnOf(scope, name, span)
  if (column !== undefined) return column
  if (alias !== undefined) return alias
  throw unknown(name, span)
}

function columnOf(scope: Scope, name: string, span: Span): string | undefined {
  const shared = scope.using.get(name)
  if (shared) return shared.column(name, span)
  const holding = scope.sources.filter((source) => source.columns.includes(name))
  if (holding.length > 1)
    throw new SqlFault(
      'column_ambiguous',
      span,
      `“${name}” is a column of several tables: write which, such as ${holding[0]?.alias ?? 't'}.${name}.`,
      name,
    )
  if (holding[0]) return holding[0].column(name, span)
  // Columns that exist and are not shown to everybody say so themselves.
  for (const source of scope.sources) {
    const found = source.column(name, span)
    if (found !== undefined) return found
  }
  return undefined
}

const unknown = (name: string, span: Span) =>
  new SqlFault('column_unknown', span, `There is no column “${name}” here.`, name)

/** The property a name like `props.city` or `e.props.city` means. */
function pathOf(scope: Scope, parts: readonly string[]): { source: SourceScope; path: string } | undefined {
  const [first, second] = parts as [string, string | undefined]
  const named = scope.sources.find(
    (one) => one.alias === first && second !== undefined && one.roots.includes(second),
  )
  if (named && parts.length > 2) return { source: named, path: parts.slice(2).join('.') }
  if (parts.length < 2 || scope.lambdas.some((lambda) => lambda.has(first))) return undefined
  const holding = scope.sources.filter((one) => one.roots.includes(first))
  return holding.length === 1 && holding[0]
    ? { source: holding[0], path: parts.slice(1).join('.') }
    : undefined
}

/** The property an expression is, if it is one: `props.city` or `properties['city']`. */
export function propertyOf(scope: Scope, expr: Expr): { source: SourceScope; path: string } | undefined {
  if (expr.k === 'name') return pathOf(scope, expr.parts)
  if (expr.k !== 'index' || expr.of.k !== 'name' || expr.at.k !== 'string') return undefined
  return pathOf(scope, [...expr.of.parts, expr.at.value])
}

/** The key of a view's column, if the expression is nothing but that column. */
export function keyOf(scope: Scope, expr: Expr): { sql: string; of: OpenView } | undefined {
  if (expr.k !== 'name') return undefined
  const [first, second] = expr.parts as [string, string | undefined]
  if (expr.parts.length === 2 && second !== undefined)
    return scope.sources.find((one) => one.alias === first)?.key(second)
  if (expr.parts.length !== 1 || scope.lambdas.some((lambda) => lambda.has(first))) return undefined
  if (scope.arrayJoined.has(first) || scope.using.has(first)) return undefined
  if (scope.aliases.has(first) && scope.own !== first) return undefined
  const holding = scope.sources.filter((source) => source.columns.includes(first))
  return holding.length === 1 ? holding[0]?.key(first) : undefined
}
