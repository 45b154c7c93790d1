import { routes as collect } from '#modules/collect/contract.ts'
import { type Plan, type PlanContent, routes } from '#modules/plans/contract.ts'
import { useChange } from '#web/use-route.ts'

/** Puts a changed plan in force, unless somebody else was quicker. */
export function useSavePlan(plan: Plan): (change: Partial<PlanContent>) => Promise<Plan> {
  const save = useChange(routes.save, [
    routes.get,
    routes.violations,
    collect.titles,
    collect.catalogue,
    collect.catalogueEntry,
  ])
  const { mode, unplanned, events, version } = plan
  return (change) => save.mutateAsync({ body: { mode, unplanned, events, ...change, base: version } })
}
