import { routes } from '#modules/views/contract.ts'
import {
  changeView,
  createView,
  getView,
  listSaved,
  removeView,
  setDefault,
} from '#modules/views/server/save-view.ts'
import type { ViewsDeps } from '#modules/views/server/views-deps.ts'
import { implement, type ServedRoute } from '#platform/http/implement.ts'

/** Shared views that name a segment, for what a segment is used by. */
export { segmentUsers as viewsOfSegments } from '#modules/views/server/segment-users.ts'

export type Views = { routes: ServedRoute[] }

/** The module, opened once by the composition root. */
export function openViews(deps: ViewsDeps): Views {
  return {
    routes: implement(routes, {
      list: ({ ctx, query }) => listSaved(deps, ctx, query.list),
      get: ({ ctx, params }) => getView(deps, ctx, params.id),
      create: ({ ctx, body }) => createView(deps, ctx, body),
      update: ({ ctx, params, body }) => changeView(deps, ctx, params.id, body),
      remove: ({ ctx, params }) => removeView(deps, ctx, params.id),
      setDefault: ({ ctx, body }) => setDefault(deps, ctx, body),
    }),
  }
}
