import { routes } from '#modules/exports/contract.ts'
import { readKept } from '#modules/exports/server/export-store.ts'
import type { ExportsDeps } from '#modules/exports/server/exports-deps.ts'
import { cancelExport, getExport, listExports } from '#modules/exports/server/list-exports.ts'
import { sendFile } from '#modules/exports/server/send-file.ts'
import { startExport } from '#modules/exports/server/start-export.ts'
import { expiryJob, removeExport, writeJob } from '#modules/exports/server/write-export.ts'
import { implement, type ServedRoute } from '#platform/http/implement.ts'
import type { JobKind } from '#platform/jobs/worker.ts'
import type { PersonalDataKeeper } from '#slots/personal-data.ts'

/** Kept files of a segment, for what a segment is used by. */
export { segmentUsers as exportsOfSegments } from '#modules/exports/server/segment-users.ts'
export type { ExportsDeps }

export type Exports = {
  routes: ServedRoute[]
  jobKinds: JobKind[]
  /** Forgetting somebody removes every file of the workspace: they may be in any. */
  keeper: PersonalDataKeeper
}

/** The module, opened once by the composition root. */
export function openExports(deps: ExportsDeps): Exports {
  return {
    routes: implement(routes, {
      list: ({ ctx, query }) => listExports(deps, ctx, query),
      create: ({ ctx, body }) => startExport(deps, ctx, body),
      get: ({ ctx, params }) => getExport(deps, ctx, params.id),
      file: ({ ctx, params, reply }) => sendFile(deps, ctx, params.id, reply),
      cancel: ({ ctx, params }) => cancelExport(deps, ctx, params.id),
    }),
    jobKinds: [writeJob(deps), expiryJob(deps)],
    keeper: {
      name: 'exports',
      forget: async (ctx) => {
        for (const row of await deps.database.read(ctx, readKept)) await removeExport(deps, ctx, row)
      },
    },
  }
}
