import type { From, Item, Query, Select, Source, With } from '#modules/sql/server/language/ast.ts'
import { isSelect } from '#modules/sql/server/language/ast.ts'
import {
  compileAll,
  compileExpr,
  compileOrder,
  compileWindow,
} from '#modules/sql/server/language/compile-expression.ts'
import { SqlFault } from '#modules/sql/server/language/fault.ts'
import { narrowViews } from '#modules/sql/server/language/narrow-views.ts'
import {
  type Cte,
  derivedSource,
  type Names,
  type Output,
  type Scope,
  type SourceScope,
  viewSource,
} from '#modules/sql/server/language/scope.ts'

type Compiled = { sql: string; outputs: Output[] }
type Ctes = ReadonlyMap<string, Cte>

/** A query as the engine gets it, and what its columns are called by who wrote it. */
export function compileQuery(names: Names, query: Query, around: Ctes = new Map()): Compiled {
  const ctes = new Map(around)
  const tables: string[] = []
  for (const one of query.with) {
    if (one.k === 'value') continue
    if (names.isView(one.name))
      throw new SqlFault('view_name_taken', one, `“${one.name}” is a view; choose another name.`, one.name)
    if (query.with.some((other) => other !== one && other.name === one.name))
      throw new SqlFault('name_twice', one, `“${one.name}” is named twice.`, one.name)
    const before = names.reads(0, one)
    const { sql, outputs } = compileQuery(names, one.query, ctes)
    const reads = names.reads(0, one) - before
    const printed = names.label(`c${names.fresh()}`, one.name)
    tables.push(`${printed} AS (${sql})`)
    ctes.set(one.name, { printed, columns: outputs, reads })
  }
  const values = query.with.filter((one) => one.k === 'value')
  const parts = query.parts.map((part) =>
    isSelect(part) ? compileSelect(names, part, ctes, values) : bracketed(compileQuery(names, part, ctes)),
  )
  const [first] = parts as [Compiled]
  const wrong = parts.findIndex((part) => part.outputs.length !== first.outputs.length)
  if (wrong > 0)
    throw new SqlFault(
      'columns_differ',
      query.parts[wrong] as Select,
      'Queries put together have the same number of columns.',
    )
  const glue = query.distinct ? '\nUNION DISTINCT\n' : '\nUNION ALL\n'
  // Of a single query the WITH stands before it; of several, the tables are seen by all of them.
  const head = tables.length > 0 ? `WITH ${tables.join(', ')} ` : ''
  if (parts.length === 1) return { sql: `${head}${first.sql}`, outputs: first.outputs }
  const all = parts.map(({ sql }) => sql).join(glue)
  if (head === '') return { sql: all, outputs: first.outputs }
  const columns = first.outputs.map(({ printed }) => printed).join(', ')
  return { sql: `${head}SELECT ${columns} FROM (${all})`, outputs: first.outputs }
}

const bracketed = ({ sql, outputs }: Compiled): Compiled => ({
  sql: `SELECT ${outputs.map(({ printed }) => printed).join(', ')} FROM (${sql})`,
  outputs,
})

type Values = Extract<With, { k: 'value' }>[]

function compileSelect(names: Names, select: Select, ctes: Ctes, values: Values): Compiled {
  const id = names.fresh()
  names.reads(1, select)
  const scope: Scope = {
    ...{ names, ctes, sources: [], using: new Map(), arrayJoined: new Map(), aliases: new Map() },
    ...{ own: undefined, lambdas: [], windows: new Map(), aliasFirst: false },
    compileQuery: (query, seen) => compileQuery(names, query, seen),
  }
  const joins = select.reads ? openSources(scope, select.reads) : []
  nameValues(scope, values, id)
  const items = expandStars(scope, select.items)
  const outputs = items.map(({ name }, at) => ({ name, printed: names.label(`q${id}_${at}`, name) }))
  nameItems(scope, items, outputs)
  const heads = values.map(
    ({ name, expr }) => `${compileExpr({ ...scope, own: name }, expr)} AS ${scope.aliases.get(name)}`,
  )
  const arrayJoin = select.reads?.arrayJoin ? openArrayJoin(scope, select.reads.arrayJoin) : ''
  for (const { name } of select.windows) scope.windows.set(name, names.label(`w${names.fresh()}`, name))
  const columns = items.map((item, at) => `${item.sql(scope)} AS ${outputs[at]?.printed}`)
  const where = [select.prewhere, select.where].filter((one) => one !== undefined)
  const tail = compileTail(scope, select)
  if (select.reads) narrowViews(scope, select.reads, where)
  const conditions = where.map((one) => compileExpr(scope, one)).join(' AND ')
  // The last, when it is known which columns are asked for.
  const from = select.reads
    ? `\nFROM ${scope.sources.map((source, at) => renderSource(source, joins[at])).join('\n')}${arrayJoin}`
    : ''
  const sql = [
    `${heads.length > 0 ? `WITH ${heads.join(', ')} ` : ''}SELECT ${select.distinct ? 'DISTINCT ' : ''}${columns.join(', ')}`,
    from,
    conditions === '' ? '' : `\nWHERE ${conditions}`,
    tail,
  ].join('')
  return { sql, outputs }
}

type JoinText = { kind: string; on: string }

const renderSource = (source: SourceScope, join: JoinText | undefined): string =>
  join ? `${join.kind} ${source.render()}${join.on}` : source.render()

/** Opens what is read from, in order; a condition sees what stands before it and its own. */
function openSources(scope: Scope, { first, joins }: From): (JoinText | undefined)[] {
  addSource(scope, first)
  const texts: (JoinText | undefined)[] = [undefined]
  for (const join of joins) {
    const before = [...scope.sources]
    const source = addSource(scope, join.source)
    let on = ''
    if (join.on) on = ` ON ${compileExpr(scope, join.on)}`
    else if (join.using) {
      if (/FULL|ASOF/.test(join.kind))
        throw new SqlFault('not_supported', join, 'Write this join with ON.', `${join.kind} USING`)
      const equal = join.using.map((shared) => {
        const left = scope.using.get(shared.name) ?? before.find((one) => one.columns.includes(shared.name))
        if (!left || !source.columns.includes(shared.name))
          throw new SqlFault(
            'column_unknown',
            shared,
            `Both sides of USING need the column “${shared.name}”.`,
            shared.name,
          )
        const [a, b] = [left.key(shared.name), source.key(shared.name)]
        scope.using.set(shared.name, join.kind.startsWith('RIGHT') ? source : left)
        if (a && b) return `${a.sql} = ${b.sql}`
        return `${left.column(shared.name, shared)} = ${source.column(shared.name, shared)}`
      })
      on = ` ON ${equal.join(' AND ')}`
    }
    texts.push({ kind: join.kind, on })
  }
  return texts
}

function addSource(scope: Scope, source: Source): SourceScope {
  const opened = openSource(scope, source)
  if (opened.alias !== undefined && scope.sources.some(({ alias }) => alias === opened.alias))
    throw new SqlFault(
      'name_twice',
      source,
      `“${opened.alias}” stands here twice: give one another name with AS.`,
      opened.alias,
    )
  scope.sources.push(opened)
  return opened
}

function openSource({ names, ctes }: Scope, source: Source): SourceScope {
  if (source.k === 'derived') {
    const { sql, outputs } = compileQuery(names, source.query, ctes)
    return derivedSource(names, outputs, source.alias, (printed) => `(${sql}) AS ${printed}`)
  }
  const cte = ctes.get(source.name)
  if (cte) names.reads(cte.reads, source)
  if (cte)
    return derivedSource(
      names,
      cte.columns,
      source.alias ?? source.name,
      (printed) => `${cte.printed} AS ${printed}`,
    )
  return viewSource(names, names.view(source.name, source), source.alias)
}

type Column = { name: string; alias: string | undefined; sql: (scope: Scope) => string }

function expandStars(scope: Scope, items: readonly Item[]): Column[] {
  return items.flatMap((item) => {
    const { expr, alias, text } = item
    if (expr.k !== 'star')
      return [
        {
          name: alias ?? shortName(item) ?? text,
          alias,
          sql: (seen: Scope) => compileExpr({ ...seen, own: alias }, expr),
        },
      ]
    const sources =
      expr.of === undefined ? scope.sources : scope.sources.filter((one) => one.alias === expr.of)
    if (sources.length === 0)
      throw new SqlFault('column_unknown', expr, 'There is nothing * could stand for.', expr.of ?? '*')
    return sources.flatMap((source) =>
      source.columns.map((name) => ({
        name,
        alias: undefined,
        sql: () => source.column(name, expr) as string,
      })),
    )
  })
}

/** A column without alias is called what it is called where it comes from. */
const shortName = ({ expr }: Item): string | undefined => (expr.k === 'name' ? expr.parts.at(-1) : undefined)

function nameValues(scope: Scope, values: Values, id: number): void {
  for (const [at, one] of values.entries()) {
    if (scope.aliases.has(one.name))
      throw new SqlFault('name_twice', one, `“${one.name}” is named twice.`, one.name)
    scope.aliases.set(one.name, scope.names.label(`q${id}_w${at}`, one.name))
  }
}

function nameItems(scope: Scope, items: readonly Column[], outputs: readonly Output[]): void {
  for (const [at, { alias }] of items.entries())
    if (alias !== undefined && !scope.aliases.has(alias))
      scope.aliases.set(alias, outputs[at]?.printed as string)
}

function openArrayJoin(scope: Scope, { left, items }: NonNullable<From['arrayJoin']>): string {
  const opened = items.map((item) => {
    const name = item.alias ?? shortName(item) ?? item.text
    return {
      name,
      sql: compileExpr(scope, item.expr),
      printed: scope.names.label(`a${scope.names.fresh()}`, name),
    }
  })
  for (const { name, printed } of opened) scope.arrayJoined.set(name, printed)
  return `\n${left ? 'LEFT ' : ''}ARRAY JOIN ${opened.map(({ sql, printed }) => `${sql} AS ${printed}`).join(', ')}`
}

function compileTail(scope: Scope, select: Select): string {
  const late: Scope = { ...scope, aliasFirst: true }
  const { groupBy, modifiers, having, windows, orderBy, limitBy, limit } = select
  const parts: string[] = []
  if (groupBy === 'ALL') parts.push('GROUP BY ALL')
  else if (groupBy) parts.push(`GROUP BY ${groupBy.map((one) => compileExpr(late, one)).join(', ')}`)
  for (const modifier of modifiers) parts.push(`WITH ${modifier}`)
  if (having) parts.push(`HAVING ${compileExpr(late, having)}`)
  if (windows.length > 0)
    parts.push(
      `WINDOW ${windows.map(({ name, spec }) => `${scope.windows.get(name)} AS (${compileWindow(scope, spec)})`).join(', ')}`,
    )
  if (orderBy) parts.push(`ORDER BY ${compileOrder(late, orderBy)}`)
  if (limitBy)
    parts.push(`LIMIT ${limitBy.count} OFFSET ${limitBy.offset} BY ${compileAll(late, limitBy.by)}`)
  if (limit)
    parts.push(
      `LIMIT ${limit.count}${limit.offset > 0 ? ` OFFSET ${limit.offset}` : ''}${limit.ties ? ' WITH TIES' : ''}`,
    )
  return parts.map((part) => `\n${part}`).join('')
}
