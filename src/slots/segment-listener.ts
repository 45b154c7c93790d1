/** Who came into one segment and who left it, by person number. */
export type SegmentChange = {
  workspace: number
  segmentId: string
  entered: readonly number[]
  left: readonly number[]
  /** ms */
  at: number
}

/**
 * Extension point: hears of people who entered or left a segment, after ClickHouse has it.
 * At least once per change, so it must be idempotent by (segment, person, at). Runs inside the projector's turn:
 * note it down and return. What is counted from scratch (a new, edited or restored segment, a rebuild) is silent:
 * nobody did anything.
 * Example: a journey starts for those who entered.
 */
export type SegmentListener = {
  name: string
  changed(change: SegmentChange): Promise<void>
}
