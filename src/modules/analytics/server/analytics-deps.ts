import type { z } from 'zod'
import type { Keeping } from '#modules/analytics/server/kept/keeping.ts'
import type { shareWork } from '#modules/analytics/server/kept/shared-work.ts'
import type { SavedDeps } from '#modules/analytics/server/saved/saved-deps.ts'
import type { routes as collect } from '#modules/collect/contract.ts'
import type { Profile } from '#modules/profiles/contract.ts'
import type { Mask } from '#modules/profiles/index.ts'
import type { Rule } from '#modules/rules/contract.ts'
import type { CompileEnv } from '#modules/rules/index.ts'
import type { ListMaker } from '#modules/segments/index.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Log } from '#platform/log.ts'
import type { Database } from '#platform/pg/database.ts'
import type { AnalysisUsers } from '#slots/analysis-users.ts'

type EventTitles = z.infer<typeof collect.titles.returns>
type EventProperties = z.infer<typeof collect.properties.returns>

/** What events and properties there are, and what they are called. */
export type EventReader = {
  names(ctx: WorkspaceCtx): Promise<{ items: { name: string; type: string }[] }>
  titles(ctx: WorkspaceCtx): Promise<EventTitles>
  properties(ctx: WorkspaceCtx, event: string): Promise<EventProperties>
}

/** What analyses need of people. */
export type PeopleReader = {
  presentPeople(ctx: WorkspaceCtx, persons: readonly number[]): Promise<Profile[]>
  /** SQL of the person of an event now, from SQL for its unit and its time: dictionaries, no join. */
  personOf: (unitSql: string, timeSql: string) => string
  personIds: {
    encode(workspace: number, person: number): string
    decode(workspace: number, id: string): number | undefined
  }
  mask(ctx: WorkspaceCtx): Promise<Mask>
  refuseGuessing(ctx: WorkspaceCtx, rule: Rule): Promise<void>
}

export type AnalyticsOptions = Pick<SavedDeps, 'audit'> & {
  database: Database
  log: Log
  ch: ClickHouse
  events: EventReader
  profiles: PeopleReader
  /** A rule from outside, checked, with what compiles it for this caller. */
  audience: (ctx: WorkspaceCtx, json: unknown) => Promise<{ rule: Rule; env: CompileEnv }>
  /** Lists that the people behind a number are put on. */
  lists: ListMaker
  /** What shows saved analyses. */
  users?: readonly AnalysisUsers[]
}
export type AnalyticsDeps = Omit<AnalyticsOptions, 'users'> & {
  users: readonly AnalysisUsers[]
  /** So that one workspace’s questions leave the engine to others. */
  inTurn: <T>(ctx: WorkspaceCtx, work: () => Promise<T>) => Promise<T>
  /** The same question at the same time is computed once. */
  shared: ReturnType<typeof shareWork>
  /** Answers on their way into the store. */
  keeping: Keeping
  /** An answer was kept: from time to time what is kept is brought within its bounds. */
  wasKept: () => Promise<void>
}
