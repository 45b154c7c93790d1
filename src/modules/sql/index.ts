import { queryKeeper } from '#modules/sql/server/history/list-runs.ts'
import { serveSql } from '#modules/sql/server/routes.ts'
import type { SqlDeps } from '#modules/sql/server/sql-deps.ts'
import type { ServedRoute } from '#platform/http/implement.ts'
import type { PersonalDataKeeper } from '#slots/personal-data.ts'

export type Sql = {
  routes: ServedRoute[]
  /** Queries that name somebody who is erased. */
  keeper: PersonalDataKeeper
}

/** The module, opened once by the composition root. */
export function openSql(deps: SqlDeps): Sql {
  return { routes: serveSql(deps), keeper: queryKeeper(deps) }
}
