import type { Tx } from '#platform/pg/database.ts'

/** Something that names a saved analysis. */
export type AnalysisUser = {
  analysisId: string
  kind: 'board' | 'alert'
  id: string
  name: string
  /** It shows the analysis itself, so the analysis cannot be deleted. */
  holds: boolean
}

/**
 * Extension point: whoever names saved analyses answers which, so that a list says where each is used and a deletion is
 * refused with the names of those that hold it.
 * Example: boards; alerts, which have a copy of the question and hold nothing.
 */
export type AnalysisUsers = {
  name: string
  usersOf(tx: Tx, analysisIds: readonly string[]): Promise<AnalysisUser[]>
}
