import type { Tx } from '#platform/pg/database.ts'

/** Something that names a segment. */
export type SegmentUser = {
  kind: 'segment' | 'webhook' | 'journey' | 'export' | 'view' | 'analysis' | 'board' | 'alert'
  id: string
  name: string
  segmentId: string
  /** It would stop working without the segment, so the segment cannot be deleted. */
  holds: boolean
}

/**
 * Extension point: whoever names segments answers which, so that a segment's page can show what it is used by and a
 * deletion is refused with the list.
 * Example: webhooks that are told of some segments only.
 */
export type SegmentUsers = {
  name: string
  usersOf(tx: Tx, segmentIds: readonly string[]): Promise<SegmentUser[]>
}
