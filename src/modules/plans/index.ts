import { routes } from '#modules/plans/contract.ts'
import type { PlanDeps } from '#modules/plans/server/plan-deps.ts'
import { createPlanJudge } from '#modules/plans/server/plan-judge.ts'
import { planSchema, readSchema } from '#modules/plans/server/plan-schema.ts'
import { loadPlan } from '#modules/plans/server/plan-store.ts'
import { getPlan, savePlan } from '#modules/plans/server/save-plan.ts'
import { showViolations } from '#modules/plans/server/show-violations.ts'
import { implement, type ServedRoute } from '#platform/http/implement.ts'
import type { EventJudge } from '#slots/event-judge.ts'
import type { EventWords } from '#slots/event-words.ts'

export type Plans = { routes: ServedRoute[]; judge: EventJudge; words: EventWords }

/** The module, opened once by the composition root. */
export function openPlans(deps: PlanDeps): Plans {
  return {
    judge: createPlanJudge(),
    words: { words: async (tx) => (await loadPlan(tx)).events },
    routes: implement(routes, {
      get: ({ ctx }) => getPlan(deps, ctx),
      save: ({ ctx, body: { base, ...content } }) => savePlan(deps, ctx, content, base),
      schema: async ({ ctx }) => planSchema(await getPlan(deps, ctx)),
      importSchema: ({ ctx, body }) => savePlan(deps, ctx, readSchema(body.schema), body.base),
      violations: ({ ctx, query }) => showViolations(deps, ctx, query),
    }),
  }
}
