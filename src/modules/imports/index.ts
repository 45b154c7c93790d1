import { routes } from '#modules/imports/contract.ts'
import { importCompanion } from '#modules/imports/server/bring-tags.ts'
import { errorFile } from '#modules/imports/server/error-file.ts'
import { forgetInImports } from '#modules/imports/server/forget-person.ts'
import type { ImportDeps } from '#modules/imports/server/import-deps.ts'
import { firstUnderWay } from '#modules/imports/server/import-store.ts'
import { importTimeline } from '#modules/imports/server/import-timeline.ts'
import { cancelImport, getImport, listImports } from '#modules/imports/server/list-imports.ts'
import { keepDraft, previewUpload } from '#modules/imports/server/preview-file.ts'
import { type ColumnCell, readUploadColumn, uploadName } from '#modules/imports/server/read-upload-column.ts'
import { cancelHandler, importJob } from '#modules/imports/server/run-import.ts'
import { listMappings, removeMapping, saveMapping } from '#modules/imports/server/save-mappings.ts'
import {
  changeSource,
  createSource,
  getSource,
  listRuns,
  listSources,
  removeSource,
  runSourceNow,
} from '#modules/imports/server/sources/change-sources.ts'
import { folderOf, sweepFolder } from '#modules/imports/server/sources/folder.ts'
import { previewSource } from '#modules/imports/server/sources/preview-source.ts'
import { cancelledRun, sourceJob } from '#modules/imports/server/sources/run-source.ts'
import { openScheduleLoop } from '#modules/imports/server/sources/schedule-loop.ts'
import { sourcesReading } from '#modules/imports/server/sources/source-store.ts'
import { previewForm, startFromForm, startFromUpload } from '#modules/imports/server/start-import.ts'
import { undoImport, undoJob } from '#modules/imports/server/undo-import.ts'
import { sourceRoutes } from '#modules/imports/source-contract.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { type Handlers, implement, type ServedRoute } from '#platform/http/implement.ts'
import { isForm } from '#platform/http/server.ts'
import type { EventHandler } from '#platform/jobs/subscriptions.ts'
import type { JobKind } from '#platform/jobs/worker.ts'
import type { CallCompanion } from '#slots/call-companion.ts'
import type { ConnectionUse } from '#slots/connection-use.ts'
import type { PersonalDataKeeper } from '#slots/personal-data.ts'
import type { TimelineEventTeller } from '#slots/timeline-source.ts'

/** What imports keep of an erased person, removed from Postgres. */
export { forgetInImports } from '#modules/imports/server/forget-person.ts'
/** Names of the sources that imports are. */
export { importSources } from '#modules/imports/server/source-names.ts'
export type { ImportDeps }

export type Imports = {
  routes: ServedRoute[]
  jobKinds: JobKind[]
  /** Name of a file that was taken in; refuses one that is gone or lacks the column. */
  uploadName(ctx: WorkspaceCtx, upload: string, column: string): Promise<string>
  /** The cells of one of its columns, in any format an import reads. */
  readColumn(ctx: WorkspaceCtx, upload: string, column: string): AsyncIterable<ColumnCell>
  /** Sources are what connections are for. */
  connectionUse: ConnectionUse
  keeper: PersonalDataKeeper
  /** Sources run when they are due from here on. */
  start(): void
  stop(): Promise<void>
  /** An import, or a run of a source, whose job was cancelled is over. */
  handlers: EventHandler[]
  /** Says in timelines which calls came out of which file. */
  timeline: TimelineEventTeller
  /** Brings the tags of an import with its calls. */
  companion: CallCompanion
}

/** The module, opened once by the composition root. */
export function openImports(deps: ImportDeps): Imports {
  const loop = openScheduleLoop(deps)
  return {
    routes: [...implement(routes, handlersOf(deps)), ...implement(sourceRoutes, sourceHandlersOf(deps))],
    jobKinds: [importJob(deps), undoJob(deps), sourceJob(deps)],
    handlers: [cancelHandler(deps), cancelledRun(deps)],
    uploadName: (ctx, upload, column) => uploadName(deps, ctx, upload, column),
    readColumn: (ctx, upload, column) => readUploadColumn(deps, ctx, upload, column),
    timeline: importTimeline(deps),
    companion: importCompanion(deps),
    connectionUse: {
      name: 'sources of imports',
      usersOf: async (tx, connection) => (await sourcesReading(tx, connection)).map((one) => one.name),
    },
    keeper: {
      name: 'imports',
      underWaySince: (ctx) => deps.database.read(ctx, firstUnderWay),
      forget: async (ctx, person) => {
        await deps.database.write(ctx, (tx) => forgetInImports(tx, person))
        await sweepFolder(folderOf(deps.inbox, ctx.workspace.id), true)
      },
    },
    start: loop.start,
    stop: loop.stop,
  }
}

const sourceHandlersOf = (deps: ImportDeps): Handlers<typeof sourceRoutes> => ({
  listSources: ({ ctx }) => listSources(deps, ctx),
  previewSource: ({ ctx, body }) => previewSource(deps, ctx, body.place),
  createSource: ({ ctx, body }) => createSource(deps, ctx, body),
  getSource: ({ ctx, params }) => getSource(deps, ctx, params.id),
  changeSource: ({ ctx, params, body }) => changeSource(deps, ctx, params.id, body),
  removeSource: ({ ctx, params }) => removeSource(deps, ctx, params.id),
  runSource: ({ ctx, params }) => runSourceNow(deps, ctx, params.id),
  listRuns: ({ ctx, params, query }) => listRuns(deps, ctx, params.id, query),
})

const handlersOf = (deps: ImportDeps): Handlers<typeof routes> => ({
  list: ({ ctx, query }) => listImports(deps, ctx, query),
  preview: ({ ctx, query, request }) => previewForm(deps, ctx, request, query),
  start: ({ ctx, body, request }) =>
    isForm(request) ? startFromForm(deps, ctx, request) : startFromUpload(deps, ctx, body),
  getUpload: ({ ctx, params, query }) => previewUpload(deps, ctx, params.id, query.again),
  keepDraft: ({ ctx, params, body }) => keepDraft(deps, ctx, params.id, body.draft),
  listMappings: ({ ctx }) => listMappings(deps, ctx),
  saveMapping: ({ ctx, body }) => saveMapping(deps, ctx, body),
  replaceMapping: ({ ctx, params, body }) => saveMapping(deps, ctx, body, params.id),
  removeMapping: ({ ctx, params }) => removeMapping(deps, ctx, params.id),
  get: ({ ctx, params }) => getImport(deps, ctx, params.id),
  errors: ({ ctx, params }) => errorFile(deps, ctx, params.id),
  cancel: ({ ctx, params }) => cancelImport(deps, ctx, params.id),
  undo: async ({ ctx, params }) => {
    await undoImport(deps, ctx, params.id)
    return getImport(deps, ctx, params.id)
  },
})
