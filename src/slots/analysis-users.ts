import type { Tx } from '#platform/pg/database.ts'

/** Something that shows a saved analysis. */
export type AnalysisUser = { analysisId: string; kind: string; id: string; name: string }

/**
 * Extension point: whoever shows saved analyses answers which, so that a list says where each is used and a deletion is
 * refused with the names.
 * Example: boards.
 */
export type AnalysisUsers = {
  name: string
  usersOf(tx: Tx, analysisIds: readonly string[]): Promise<AnalysisUser[]>
}
