import type { FastifyReply } from 'fastify'
import { routes } from '#modules/sql/contract.ts'
import { exportQuery } from '#modules/sql/server/export-query.ts'
import { listRuns } from '#modules/sql/server/history/list-runs.ts'
import { runQuery } from '#modules/sql/server/run-query.ts'
import {
  changeSaved,
  getSaved,
  listSaved,
  removeSaved,
  saveQuery,
} from '#modules/sql/server/saved/save-query.ts'
import { showCatalogue } from '#modules/sql/server/show-catalogue.ts'
import type { SqlDeps } from '#modules/sql/server/sql-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { implement, type ServedRoute } from '#platform/http/implement.ts'

/** Every route of the module, each bound to its use-case. */
export function serveSql(deps: SqlDeps): ServedRoute[] {
  return implement(routes, {
    query: ({ ctx, body, reply }) => runQuery(deps, whileThere(ctx, reply), body),
    export: ({ ctx, body, reply }) => exportQuery(deps, whileThere(ctx, reply), body, reply),
    catalogue: ({ ctx }) => showCatalogue(deps, ctx),
    history: ({ ctx }) => listRuns(deps, ctx),
    listSaved: ({ ctx, query }) => listSaved(deps, ctx, query),
    getSaved: ({ ctx, params }) => getSaved(deps, ctx, params.id),
    save: ({ ctx, body }) => saveQuery(deps, ctx, body),
    changeSaved: ({ ctx, params, body }) => changeSaved(deps, ctx, params.id, body),
    removeSaved: ({ ctx, params }) => removeSaved(deps, ctx, params.id),
  })
}

/** A context whose signal fires when the client hangs up before the answer. */
function whileThere(ctx: WorkspaceCtx, reply: Pick<FastifyReply, 'raw'>): WorkspaceCtx {
  const gone = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort()
  })
  return { ...ctx, signal: gone.signal }
}
