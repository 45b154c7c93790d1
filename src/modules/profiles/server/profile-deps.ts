import type { SourceNames } from '#modules/access/index.ts'
import type { GuessBudget } from '#modules/profiles/server/masking/guess-budget.ts'
import type { PersonIds } from '#modules/profiles/server/person-id.ts'
import type { Recogniser } from '#modules/profiles/server/recogniser.ts'
import type { CompileEnv } from '#modules/rules/index.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Database, Tx } from '#platform/pg/database.ts'
import type { AttributeMentions } from '#slots/attribute-mentions.ts'
import type { Notifier } from '#slots/notifier.ts'
import type { PeopleWriter } from '#slots/people-writer.ts'
import type { TimelineEventTeller, TimelineSource } from '#slots/timeline-source.ts'

type AuditNote = { action: string; subject?: string | null; details?: Record<string, unknown> }

/** Appends to the audit chain in the caller's transaction. */
export type Audit = (
  tx: Tx,
  ctx: Pick<WorkspaceCtx, 'actor' | 'now' | 'workspace'>,
  note: AuditNote,
) => Promise<void>

export type ProfileDeps = {
  database: Database
  ch: ClickHouse
  recogniser: Recogniser
  writer: PeopleWriter
  personIds: PersonIds
  audit: Audit
  /** What readers who see personal data masked may still ask for. */
  guesses: GuessBudget
  /** Attributes of companies that are marked personal, lower case; companies stand above. */
  circleMarks: (tx: Tx) => Promise<ReadonlySet<string>>
  notifier: Notifier
  /** SQL of the person of an event, from SQL for its unit and its time. */
  personOf: (unit: string, time: string) => string
  /** Whose rules name attributes. */
  mentions: readonly AttributeMentions[]
  /** What sources are called. */
  sourceNames: SourceNames
  /** What rules mention besides people (other segments, tags); provided from above. */
  ruleEnv: (ctx: WorkspaceCtx) => Promise<CompileEnv>
  /** What other modules tell in timelines; provided from above, too. */
  timeline: TimelineSlots
}

/** Who contributes to timelines. */
export type TimelineSlots = {
  sources: readonly TimelineSource[]
  tellers: readonly TimelineEventTeller[]
}

/** What reading people needs. */
export type ReadDeps = Pick<ProfileDeps, 'database' | 'ch' | 'personIds' | 'personOf'>
