import type { AuditNote } from '#modules/access/index.ts'
import type { Profile } from '#modules/profiles/contract.ts'
import type { GuessBudget, Mask } from '#modules/profiles/index.ts'
import type { Rule } from '#modules/rules/contract.ts'
import type { ConsentRules, Person, PersonCircle } from '#modules/rules/index.ts'
import type { RuleBook } from '#modules/segments/server/rule-book.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import type { Clock } from '#platform/clock.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Log } from '#platform/log.ts'
import type { Database, Tx } from '#platform/pg/database.ts'
import type { SegmentListener } from '#slots/segment-listener.ts'
import type { SegmentUsers } from '#slots/segment-users.ts'

/** What segments need of people. */
export type PeopleReader = {
  /** In the given order; who is not there (any more) or not the caller's to see is left out. */
  presentPeople(ctx: WorkspaceCtx, persons: readonly number[]): Promise<Profile[]>
  /** Merged ids keep answering; throws `profile.missing`. */
  personNumber(ctx: WorkspaceCtx, publicId: string): Promise<number>
  /** The same for many, in the given order; `pathOf` says where in the body an id stands. */
  personNumbers(
    ctx: WorkspaceCtx,
    publicIds: readonly string[],
    pathOf: (index: number) => string,
  ): Promise<number[]>
  /** Numbers of identifiers in their stored spelling and of their people, by `kind:value`. */
  identifierUnits(
    tx: Tx,
    ids: readonly { kind: string; value: string }[],
  ): Promise<Map<string, { unit: number; person: number }>>
  /** Identifiers by which people are on a list, up to a number of them. */
  identifiersOfUnits(tx: Tx, units: readonly number[]): Promise<{ kind: string; value: string }[]>
  identifiersByHash(
    tx: Tx,
    hashes: readonly { kind: string; value: string }[],
  ): Promise<{ kind: string; value: string }[]>
  attributesOf(tx: Tx): Promise<{ name: string; type: string; label: string | null }[]>
  declareAttribute(
    ctx: WorkspaceCtx,
    given: { name: string; type: string; label: string | null },
  ): Promise<void>
  /** What the evaluator for one person reads. */
  evaluablePerson(ctx: WorkspaceCtx, person: number): Promise<Person>
  personIds: {
    encode(workspace: number, person: number): string
    decode(workspace: number, id: string): number | undefined
  }
  /** The stored spelling of a mail address or phone number; undefined when it is none. */
  normaliser(tx: Tx, workspace: number): Promise<(kind: string, value: string) => string | undefined>
  /** Attributes that are stored so. */
  attributeTypes(tx: Tx, workspace: number): Promise<(name: string) => 'email' | 'phone' | undefined>
  /** What the caller gets to see in place of personal data. */
  mask(ctx: WorkspaceCtx): Promise<Mask>
  /** What the caller gets to see in place of all that is personal of a person. */
  maskOfPerson(ctx: WorkspaceCtx, person: number): Promise<Mask>
  /** Throws `rule.asks_too_much` where the caller could guess with it what they see masked. */
  refuseGuessing(ctx: WorkspaceCtx, rule: Rule): Promise<void>
  /** What who sees personal data masked may still ask for. */
  guesses: GuessBudget
}

/** What segments need of companies and households. */
export type CircleReader = {
  /** These people and everybody who belongs to anything together with one of them. */
  mates(workspace: number, persons: readonly number[]): Promise<number[]>
  /** What a person belongs to, with those events of all its people. */
  ofPerson(ctx: WorkspaceCtx, person: number, events: readonly string[]): Promise<PersonCircle[]>
  /** SELECT of `person`: those of a company the caller may see; throws `company.missing`. */
  peopleSql(ctx: WorkspaceCtx, company: string): Promise<{ sql: string; params: Record<string, unknown> }>
}

/** What segments need of consents: the topics there are with what silence means, and one person's answers. */
export type ConsentReader = {
  rules(tx: Tx, workspace: number): Promise<ConsentRules>
  ofPerson(
    ctx: Pick<WorkspaceCtx, 'workspace'>,
    person: number,
  ): Promise<{ consents: readonly string[]; reach: readonly string[] }>
}

/** What segments need of tags: the names below each tag, itself not included. */
export type TagReader = {
  tagDescendants(tx: Tx, workspace: number): Promise<(tag: string) => readonly string[]>
  /** The name of the tag above each tag. */
  tagParents(tx: Tx): Promise<ReadonlyMap<string, string | null>>
  createTag(ctx: WorkspaceCtx, given: { name: string; parent: string | null }): Promise<void>
}

/** Files that were taken in to be looked at. */
export type UploadReader = {
  uploadName(ctx: WorkspaceCtx, upload: string, column: string): Promise<string>
  readColumn(ctx: WorkspaceCtx, upload: string, column: string): AsyncIterable<{ row: number; value: string }>
}

/** The log, for people who are made of what a list says. */
export type Intake = {
  take(
    ctx: Pick<WorkspaceCtx, 'workspace' | 'signal'>,
    batch: { source: string; receivedAt: number; items: readonly Record<string, unknown>[] },
  ): Promise<void>
  settled(ctx: WorkspaceCtx): Promise<void>
}

export type SegmentsOptions = {
  database: Database
  ch: ClickHouse
  clock: Clock
  log: Log
  profiles: PeopleReader
  tags: TagReader
  imports: UploadReader
  intake: Intake
  circles: CircleReader
  consents: ConsentReader
  audit: (tx: Tx, ctx: Pick<WorkspaceCtx, 'actor' | 'now' | 'workspace'>, note: AuditNote) => Promise<void>
  /** The projector's turn: memberships are written nowhere else. */
  exclusive: <T>(work: () => Promise<T>) => Promise<T>
  /** Everything received up to this moment is in the answers; 0 while that is not known. */
  visibleUpTo: (ctx: WorkspaceCtx) => Promise<number>
  listeners?: readonly SegmentListener[]
  /** What names segments besides segments. */
  users?: readonly SegmentUsers[]
}

export type SegmentsDeps = Omit<SegmentsOptions, 'listeners' | 'users' | 'visibleUpTo'> & {
  listeners: readonly SegmentListener[]
  users: readonly SegmentUsers[]
  rules: RuleBook
  /** The last moment at which live memberships are known to have been right; 0 when this process does not know. */
  currentUpTo(ctx: WorkspaceCtx): Promise<number>
}
