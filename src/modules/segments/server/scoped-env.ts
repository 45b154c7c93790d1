import { scopeInClickHouse } from '#modules/access/index.ts'
import type { CompileEnv } from '#modules/rules/index.ts'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

/** How a rule is compiled for this caller: their workspace, their moment, and only people they may see. */
export async function scopedEnv(deps: Pick<SegmentsDeps, 'rules'>, ctx: WorkspaceCtx): Promise<CompileEnv> {
  const rules = await deps.rules.of(ctx.workspace.num)
  const env = rules.env(ctx.now)
  return ctx.scope.all ? env : { ...env, scope: scopeInClickHouse(ctx.scope) }
}
