import type { Plan, PlanContent } from '#modules/plans/contract.ts'
import type { PlanDeps } from '#modules/plans/server/plan-deps.ts'
import { addVersion, loadPlan } from '#modules/plans/server/plan-store.ts'
import { compileRegex } from '#modules/rules/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'

export const getPlan = (deps: PlanDeps, ctx: WorkspaceCtx): Promise<Plan> => deps.database.read(ctx, loadPlan)

/** Puts a plan in force as the next version. */
export async function savePlan(
  deps: PlanDeps,
  ctx: WorkspaceCtx,
  content: PlanContent,
  base: number | undefined,
): Promise<Plan> {
  refuseContradictions(content)
  return deps.database.write(ctx, async (tx) => {
    const { version } = await loadPlan(tx)
    const next = { version: version + 1, content, at: new Date(ctx.now), by: ctx.actor.name }
    const isFree = base === undefined || base === version
    if (!isFree || !(await addVersion(tx, next))) throw changedMeanwhile(version)
    const details = { version: next.version, mode: content.mode, events: content.events.length }
    await deps.audit(tx, ctx, { action: 'tracking_plan.saved', details })
    return loadPlan(tx)
  })
}

const changedMeanwhile = (version: number) =>
  new AppError(
    'plan.changed_meanwhile',
    'conflict',
    'Somebody else changed the plan meanwhile: load it again and repeat your change.',
    { details: { version } },
  )

/** What the shapes cannot say: names stand once, patterns are patterns, allowed values have the type. */
function refuseContradictions({ events }: PlanContent): void {
  refuseTwice(
    events.map((event) => event.name),
    (at) => `/body/events/${at}/name`,
  )
  for (const [at, event] of events.entries()) {
    const path = (index: number, field: string) => `/body/events/${at}/properties/${index}/${field}`
    refuseTwice(
      event.properties.map((property) => property.path),
      (index) => path(index, 'path'),
    )
    for (const [index, { pattern, allowed, type }] of event.properties.entries()) {
      const fault = pattern === null ? undefined : compileRegex(pattern)
      if (typeof fault === 'string') throw invalid(path(index, 'pattern'), `not a pattern (RE2): ${fault}`)
      if (allowed.some((value) => !mayBe(type, value)))
        throw invalid(path(index, 'allowed'), `a value that is not a ${type}`)
    }
  }
}

const typeNames = { text: 'string', number: 'number', boolean: 'boolean' } as const
const mayBe = (type: keyof typeof typeNames | 'any' | 'list', value: unknown) =>
  type === 'any' || type === 'list' || typeof value === typeNames[type]

function refuseTwice(names: readonly string[], pathOf: (at: number) => string): void {
  const at = names.findIndex((name, index) => names.indexOf(name) < index)
  if (at >= 0) throw invalid(pathOf(at), `${names[at]} stands twice`)
}

export const invalid = (path: string, message: string) =>
  new AppError('plan.invalid', 'invalid', `${path}: ${message}`, { details: { path } })
