import type { PeopleQuestion } from '#modules/analytics/contract/kinds.ts'
import { analysisOf } from '#modules/analytics/server/analyses.ts'
import type { AnalyticsDeps } from '#modules/analytics/server/analytics-deps.ts'
import { checkQuestion } from '#modules/analytics/server/check-question.ts'
import { openInquiry } from '#modules/analytics/server/sql/inquiry.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'
import type { PageQuery } from '#platform/http/define-routes.ts'

/** A page of the people behind one number, by person number, and how many there are. */
export async function listPeople(
  deps: AnalyticsDeps,
  ctx: WorkspaceCtx,
  { cell, ...question }: PeopleQuestion,
  { limit, cursor }: PageQuery,
) {
  if (!ctx.permissions.has('people:read'))
    throw new AppError('access.denied', 'denied', 'Seeing the people behind a number needs the right to.', {
      details: { permission: 'people:read' },
    })
  const analysis = analysisOf(question.kind)
  await checkQuestion(deps, ctx, question, analysis.names(question))
  const inquiry = await openInquiry(deps, ctx, question)
  const persons = await analysis.people(inquiry, question, cell)
  const after = inquiry.bindings.bind('UInt64', readCursor(deps, ctx, cursor))
  const [row] = await inquiry.ask<{ total: number; page: number[] }>(
    `SELECT count() AS total, groupArraySortedIf(${limit + 1})(person, person > ${after}) AS page
     FROM (SELECT DISTINCT person FROM (\n${persons}\n))`,
  )
  const found = row?.page ?? []
  const shown = found.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: await deps.profiles.presentPeople(ctx, shown),
    total: row?.total ?? 0,
    // The public id, not the number: numbers count up and would tell how many people there are.
    next:
      found.length > limit && last !== undefined
        ? encodeCursor([deps.profiles.personIds.encode(ctx.workspace.num, last)])
        : null,
  }
}

function readCursor(deps: AnalyticsDeps, ctx: WorkspaceCtx, cursor: string | undefined): number {
  const key = decodeCursor(cursor, ['text'])
  if (!key) return 0
  const person = deps.profiles.personIds.decode(ctx.workspace.num, String(key[0]))
  if (person !== undefined) return person
  throw new AppError(
    'request.bad_cursor',
    'invalid',
    'This cursor is not one of ours; start again without it.',
  )
}
