import type { WorkspaceCtx } from '#platform/context.ts'

/** One person, for those who tell what they know of them. */
export type PersonToTell = {
  /** Number of the person. */
  person: number
  /** Condition on a ClickHouse table with `ws`, `unit` and `time`: rows that are theirs; needs {ws:UInt32}. */
  theirs: string
}

/** Who was erased: one person, or several at once. */
export type ErasedPerson = {
  /** Numbers of their identifiers; every number they ever had as a person is among them. */
  units: readonly number[]
  identifiers: readonly { kind: string; value: string }[]
  /** Texts that say who they were: identifiers, public ids, the name. */
  marks: readonly string[]
}

/**
 * Extension point: a module that keeps something about people besides events, identity, attributes and tags.
 * `tell` answers sections of a person's export by name. `forget` removes what is kept, after the person is nobody any
 * more; it runs in the writer's turn, may run again after a crash, and must be done when it resolves.
 * Example: segments keep who was in them when.
 */
export type PersonalDataKeeper = {
  name: string
  /**
   * When what is being made right now and may still write about people began, ms; undefined: nothing is. An erasure waits
   * for what began before it. Who can withdraw what is half made, or looks again before it is ready, need not say it.
   */
  underWaySince?(ctx: WorkspaceCtx): Promise<number | undefined>
  tell?(ctx: WorkspaceCtx, person: PersonToTell): Promise<Record<string, unknown>>
  forget?(ctx: WorkspaceCtx, person: ErasedPerson): Promise<void>
}
