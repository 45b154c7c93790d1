import type { Tx } from '#platform/pg/database.ts'

/** An item that could be stored, as far as a judge may know it. */
export type JudgedEvent = {
  seq: number
  idx: number
  type: string
  name: string
  sourceId: string
  /** ms */
  receivedAt: number
  /** As JSON: only what is to be looked at is parsed. */
  propertiesText: string
}
export type EventFault = { property: string; reason: string }
export type Judgement = {
  /** Whether the item is not to be stored. */
  blocks: boolean
  faults: readonly EventFault[]
}

/** One range of the log before one judge. */
export type RangeJudge = {
  /** Undefined: nothing against it. Asked before it is known whether the item is a repeat; notes nothing. */
  judge(workspace: number, event: JudgedEvent): Judgement | undefined
  /** What was judged is blocked or stored, so it counts. */
  note(workspace: number, event: JudgedEvent, judgement: Judgement): void
  /** Keeps what was noted, in the transaction of the verdicts. */
  save(tx: Tx): Promise<void>
}

/**
 * Extension point: says of items whether they may be stored, inside the projector's transaction. The verdict is kept,
 * so a rebuild asks nobody. Example: the tracking plan.
 */
export type EventJudge = {
  /** Code of the reason of what it blocks. */
  reason: string
  /** Before a range of these rows is judged; undefined when none of the workspaces has anything to judge by. */
  begin(tx: Tx, rows: readonly { seq: number; workspace: number }[]): Promise<RangeJudge | undefined>
  /** What it has against items of a row of the log, by what was in force when the row was judged; for showing them. */
  explainer(tx: Tx, seq: number): Promise<(event: JudgedEvent) => readonly EventFault[]>
}
