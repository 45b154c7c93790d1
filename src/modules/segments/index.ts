import type { Access } from '#modules/access/index.ts'
import type { Profiles } from '#modules/profiles/index.ts'
import type { CompileEnv } from '#modules/rules/index.ts'
import type { Tags } from '#modules/tags/index.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import type { AnalyticsSchema } from '#platform/ch/migrate.ts'
import type { Clock } from '#platform/clock.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { ServedRoute } from '#platform/http/implement.ts'
import type { JobKind } from '#platform/jobs/worker.ts'
import type { Log } from '#platform/log.ts'
import type { Database } from '#platform/pg/database.ts'
import type { PeopleReactor } from '#slots/people-change.ts'

export const analyticsSchema: AnalyticsSchema = { tables: [] }

export type SegmentsOptions = {
  database: Database
  ch: ClickHouse
  clock: Clock
  log: Log
  profiles: Profiles
  tags: Tags
  audit: Access['audit']
  /** Runs while nothing is being projected. */
  exclusive: <T>(work: () => Promise<T>) => Promise<T>
}
export type Segments = {
  routes: ServedRoute[]
  jobKinds: JobKind[]
  reactor: PeopleReactor
  ruleEnv: (ctx: WorkspaceCtx) => Promise<CompileEnv>
  start(): void
  stop(): Promise<void>
}

/** The module, opened once by the composition root. */
export function openSegments(_options: SegmentsOptions): Segments {
  return {
    routes: [],
    jobKinds: [],
    reactor: { name: 'segments', react: async () => undefined, reactToAll: async () => undefined },
    ruleEnv: async () => {
      throw new Error('not opened')
    },
    start: () => undefined,
    stop: async () => undefined,
  }
}
