import { routes } from '#modules/portrait/contract.ts'
import { getImportant, saveImportant } from '#modules/portrait/server/important-attributes.ts'
import type { PortraitDeps } from '#modules/portrait/server/portrait-deps.ts'
import { readOverview } from '#modules/portrait/server/read-overview.ts'
import { implement, type ServedRoute } from '#platform/http/implement.ts'

export type Portrait = { routes: ServedRoute[] }

/** The module, opened once by the composition root. */
export function openPortrait(deps: PortraitDeps): Portrait {
  return {
    routes: implement(routes, {
      overview: ({ ctx, params }) => readOverview(deps, ctx, params.id),
      settings: ({ ctx }) => getImportant(deps, ctx),
      saveSettings: ({ ctx, body }) => saveImportant(deps, ctx, body.important),
    }),
  }
}
