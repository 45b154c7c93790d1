import type { Where } from '../contract.ts'
import { parseWhere } from './parse-rule.ts'
import type { Params } from './sql-bindings.ts'
import { newBindings } from './sql-bindings.ts'
import { join, whereSql } from './sql-compilation.ts'

/** Checks JSON as a list of conditions, all of which hold, and compiles it over a JSON column; `rule.malformed` (422). */
export function compileWhere(
  json: unknown,
  column: 'attrs' | 'props',
): { sql: string; params: Params; where: Where[] } {
  const bindings = newBindings()
  const where = parseWhere(json)
  const parts = where.map((node) => whereSql(bindings, node, column))
  return { sql: join(parts, 'AND'), params: bindings.params, where }
}
