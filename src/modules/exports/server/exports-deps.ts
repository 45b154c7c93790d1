import type { Audit, Profiles } from '#modules/profiles/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Log } from '#platform/log.ts'
import type { Database } from '#platform/pg/database.ts'

export type ExportsDeps = {
  database: Database
  log: Log
  audit: Audit
  profiles: Pick<Profiles, 'forExport' | 'personNumbers'>
  /** Throws `segment.missing`. */
  segmentName: (ctx: WorkspaceCtx, id: string) => Promise<string>
  /** Where files are kept. */
  folder: string
}
