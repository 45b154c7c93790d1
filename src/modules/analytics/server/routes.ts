import type { FastifyReply } from 'fastify'
import { routes } from '#modules/analytics/contract.ts'
import type { AnalyticsDeps } from '#modules/analytics/server/analytics-deps.ts'
import {
  annotate,
  changeAnnotation,
  listAnnotations,
  removeAnnotation,
} from '#modules/analytics/server/annotations/annotate.ts'
import { answerQuestion } from '#modules/analytics/server/answer-question.ts'
import { listEvents } from '#modules/analytics/server/list-events.ts'
import { listPeople } from '#modules/analytics/server/list-people.ts'
import { makeSegments, undoSegments } from '#modules/analytics/server/making/make-segments.ts'
import {
  changeSaved,
  getSaved,
  listSaved,
  removeSaved,
  saveAnalysis,
} from '#modules/analytics/server/saved/save-analysis.ts'
import { sheetFile } from '#modules/analytics/server/sheet-file.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { implement, type ServedRoute } from '#platform/http/implement.ts'

/** Every route of the module, each bound to its use-case. */
export function serveAnalytics(deps: AnalyticsDeps): ServedRoute[] {
  return implement(routes, {
    query: ({ ctx, body, query, reply }) =>
      answerQuestion(deps, whileThere(ctx, reply), body, query.refresh ?? false),
    makeSegments: ({ ctx, body }) => makeSegments(deps, ctx, body),
    undoSegments: ({ ctx, params }) => undoSegments(deps, ctx, params.id),
    listSaved: ({ ctx, query }) => listSaved(deps, ctx, query),
    getSaved: ({ ctx, params }) => getSaved(deps, ctx, params.id),
    save: ({ ctx, body }) => saveAnalysis(deps, ctx, body),
    changeSaved: ({ ctx, params, body }) => changeSaved(deps, ctx, params.id, body),
    removeSaved: ({ ctx, params }) => removeSaved(deps, ctx, params.id),
    events: ({ ctx }) => listEvents(deps, ctx),
    properties: ({ ctx, query }) => deps.events.properties(ctx, query.event),
    listAnnotations: ({ ctx, query }) => listAnnotations(deps, ctx, query),
    annotate: ({ ctx, body }) => annotate(deps, ctx, body),
    changeAnnotation: ({ ctx, params, body }) => changeAnnotation(deps, ctx, params.id, body),
    removeAnnotation: ({ ctx, params }) => removeAnnotation(deps, ctx, params.id),
    sheet: async ({ body, reply }) => {
      reply.header('cache-control', 'no-store')
      return sheetFile(body)
    },
    people: ({ ctx, body, query, reply }) => listPeople(deps, whileThere(ctx, reply), body, query),
  })
}

/** A context whose signal fires when the client hangs up before the answer: questions are changed while they run. */
function whileThere(ctx: WorkspaceCtx, reply: Pick<FastifyReply, 'raw'>): WorkspaceCtx {
  const gone = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort()
  })
  return { ...ctx, signal: gone.signal }
}
