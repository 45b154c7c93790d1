import { scopeInClickHouse } from '#modules/access/index.ts'
import { newBindings, type Params } from '#modules/rules/index.ts'
import type { TypeName } from '#modules/sql/server/language/ast.ts'
import { compileQuery } from '#modules/sql/server/language/compile-query.ts'
import { asProblem, type Span, SqlFault } from '#modules/sql/server/language/fault.ts'
import { parseQuery } from '#modules/sql/server/language/parse-query.ts'
import { typeText } from '#modules/sql/server/language/parse-type.ts'
import { countReads, type Names } from '#modules/sql/server/language/scope.ts'
import type { SqlDeps } from '#modules/sql/server/sql-deps.ts'
import { findView, openView } from '#modules/sql/server/views/open-views.ts'
import type { ViewSetting } from '#modules/sql/server/views/view-setting.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

export type Given = { sql: string; params?: Record<string, unknown> | undefined }

/** A query ready for the engine: nothing of its text is in it, only what was understood of it. */
export type Prepared = {
  sql: string
  params: Params
  /** Names of the columns as they were asked for. */
  columns: string[]
  /** What printed names stand for. */
  labels: ReadonlyMap<string, string>
}

/** Reads, checks and writes anew; a fault is a problem with its line and column. */
export async function prepareQuery(
  deps: SqlDeps,
  ctx: WorkspaceCtx,
  { sql: text, params = {} }: Given,
): Promise<Prepared> {
  try {
    const query = parseQuery(text)
    const { setting, params: shared } = await settingOf(deps, ctx)
    const { names, labels, given } = namesFor(setting, params)
    const { sql, outputs } = compileQuery(names, query)
    return {
      sql,
      params: { ...shared, ...setting.bindings.params, ...given },
      columns: outputs.map(({ name }) => name),
      labels,
    }
  } catch (error) {
    if (error instanceof SqlFault) throw asProblem(error, text)
    // Thousands of operators within brackets within operators: the stack is full, and nothing else has happened.
    if (error instanceof RangeError)
      throw asProblem(new SqlFault('too_deep', { from: 0, to: 1 }, 'The query is nested too deep.'), text)
    throw error
  }
}

async function settingOf(
  deps: SqlDeps,
  ctx: WorkspaceCtx,
): Promise<{ setting: ViewSetting; params: Params }> {
  const { profiles, analytics } = deps
  const bindings = newBindings('s')
  const [{ conditions, params }, mask, companyMask, segments] = await Promise.all([
    analytics.everybodySeen(ctx, bindings),
    profiles.mask(ctx),
    profiles.maskOfCompanies(ctx),
    deps.segments(ctx),
  ])
  const scope = scopeInClickHouse(ctx.scope)
  const workspace = ctx.workspace.num
  const ids = profiles.personIds.inClickHouse(workspace)
  const setting: ViewSetting = {
    ...{ ctx, bindings, database: deps.ch.database, zone: ctx.workspace.timezone },
    ...{ mask, companyMask, segments, seen: conditions, scope: scope.sql },
    ws: bindings.bind('UInt32', workspace),
    personOf: profiles.personOf,
    personId: { idOf: ids.idOf, decode: (id) => profiles.personIds.decode(workspace, id) },
  }
  return { setting, params: { ...scope.params, ...params, ...ids.params } }
}

function namesFor(setting: ViewSetting, values: Record<string, unknown>) {
  const labels = new Map<string, string>()
  const given: Params = {}
  let last = 0
  const names: Names = {
    view: (name, span) => openView(setting, name, span),
    isView: (name) => findView(name) !== undefined,
    bind: (value) => setting.bindings.bind('String', value),
    bindList: (list) => setting.bindings.bind('Array(String)', list),
    parameter: (name, type, span) => {
      given[`u_${name}`] = givenValue(name, type, values, span)
      return `{u_${name}:${typeText(type)}}`
    },
    reads: countReads(),
    fresh: () => ++last,
    label: (printed, said) => {
      labels.set(printed, said)
      return printed
    },
  }
  return { names, labels, given }
}

function givenValue(
  name: string,
  type: TypeName,
  values: Record<string, unknown>,
  span: Span,
): Params[string] {
  const value = Object.hasOwn(values, name) ? values[name] : undefined
  if (value === undefined)
    throw new SqlFault(
      'parameter_missing',
      span,
      `The query needs a value for {${name}}: name it in “params”.`,
      name,
    )
  if (Array.isArray(value) !== (type.name === 'Array'))
    throw new SqlFault('parameter_wrong', span, `The value of {${name}} is not a ${typeText(type)}.`, name)
  if (!Array.isArray(value)) return typeof value === 'boolean' ? String(value) : (value as string | number)
  const isNumeric = value.every((one) => typeof one === 'number')
  return isNumeric ? (value as number[]) : value.map(String)
}
