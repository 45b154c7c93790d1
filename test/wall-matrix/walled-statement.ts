/** Query text cut into parts: names, numbers, operators, and whole `{name:Type}` bindings and literals. */
const pattern = /'(?:[^'\\]|\\.|'')*'|`[^`]*`|\{\w+:[^}]*\}|[A-Za-z_][\w.]*|\d[\w.]*|[^\s\w]/g

type Scope = { tables: string[]; fences: number }

/**
 * Tables a ClickHouse statement reads without saying whose rows it wants: in every SELECT (at every depth) each table
 * of `walled` needs a `ws = …` of its own beside it. Crude on purpose: it knows FROM, JOIN and brackets.
 */
export function unfencedTables(statement: string, walled: readonly string[]): string[] {
  const tokens = statement.replace(/--[^\n]*/g, '').match(pattern) ?? []
  const open: Scope[] = [{ tables: [], fences: 0 }]
  const bare: string[] = []
  const close = (scope: Scope) => bare.push(...scope.tables.slice(scope.fences))
  for (const [at, token] of tokens.entries()) {
    const scope = open.at(-1) as Scope
    const next = tokens[at + 1] ?? ''
    if (token === '(') open.push({ tables: [], fences: 0 })
    else if (token === ')') close(open.pop() as Scope)
    else if (/^(from|join)$/i.test(token)) addTable(scope, next, walled)
    else if (/^(union|except|intersect)$/i.test(token)) {
      close(scope)
      scope.tables = []
      scope.fences = 0
    } else if (/^(\w+\.)?ws$/.test(token) && isBound(next, tokens[at + 2] ?? '')) scope.fences++
  }
  for (const scope of open) close(scope)
  return bare
}

const isBound = (operator: string, value: string) =>
  (operator === '=' && /^(\{\w+:UInt32\}|\d+)$/.test(value)) || /^in$/i.test(operator)

function addTable(scope: Scope, name: string, walled: readonly string[]): void {
  const table = name.split('.').at(-1) as string
  if (walled.includes(table)) scope.tables.push(table)
}
