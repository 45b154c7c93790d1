import type { AnyQuestion, Named } from '#modules/analytics/server/analysis.ts'
import type { AnalyticsDeps } from '#modules/analytics/server/analytics-deps.ts'
import { nameOf } from '#modules/analytics/server/sql/break-down.ts'
import { alternatives } from '#modules/analytics/server/sql/scan-events.ts'
import type { Rule } from '#modules/rules/contract.ts'
import { parseWhere } from '#modules/rules/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'

/**
 * What all kinds have in common: days in order, conditions that can be compiled, and nothing by which somebody could
 * read personal data they see masked.
 */
export async function checkQuestion(
  deps: AnalyticsDeps,
  ctx: WorkspaceCtx,
  question: AnyQuestion,
  named: Named,
): Promise<void> {
  if ('from' in question.range && question.range.from > question.range.to)
    throw badQuestion('/range', 'range_reversed', 'The range ends before it begins.')
  for (const { at, choice } of named.events) checkChoice(at, choice)
  await deps.profiles.refuseGuessing(ctx, asRule(named))
  await refusePersonal(deps, ctx, named)
}

function checkChoice(at: string, choice: Named['events'][number]['choice']): void {
  for (const [i, { where }] of alternatives(choice).entries()) {
    const place = i === 0 ? at : `${at}/or/${i - 1}`
    try {
      parseWhere(where ?? [])
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'rule.malformed') throw error
      const path = `${place}/where${String(error.details.path ?? '')}`
      throw new AppError(error.code, error.kind, `The condition at ${path} is not valid.`, {
        details: { ...error.details, path },
        cause: error,
      })
    }
  }
}

/** As a rule that asks for the same conditions, so that guessing is judged as it is there. */
function asRule({ events }: Named): Rule {
  return {
    all: events
      .flatMap(({ choice }) => alternatives(choice))
      .map(({ event, where }) => ({ event: event ?? 'any', where: where ?? [] })),
  }
}

async function refusePersonal(deps: AnalyticsDeps, ctx: WorkspaceCtx, { props, breakdown }: Named) {
  const mask = await deps.profiles.mask(ctx)
  if (mask.full) return
  const asked = [
    ...props,
    ...(breakdown ?? []).map((by, at) => ({ at: `/breakdown/${at}`, prop: nameOf(by) })),
  ]
  const fault = asked.find(({ prop }) => mask.isNamed(prop))
  if (fault)
    throw new AppError(
      'analytics.asks_too_much',
      'denied',
      'You see this personal data masked, so numbers by its values are not shown.',
      { details: { path: fault.at, permission: 'people:unmask' } },
    )
}

/** A question that is readable and makes no sense, with the place in the body. */
export function badQuestion(path: string, reason: string, message: string): AppError {
  return new AppError('analytics.bad_question', 'invalid', message, { details: { path, reason } })
}
