import type { Segment } from '#modules/segments/contract.ts'
import type { SegmentRow } from '#modules/segments/server/segment-store.ts'

/** People who came and went in the last 24 hours. */
export type Moved = { entered: number; left: number }

export function presentSegment(row: SegmentRow, moved: Moved | undefined): Segment {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    rule: row.rule,
    size: row.size,
    state: row.state,
    entered24h: moved?.entered ?? 0,
    left24h: moved?.left ?? 0,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    countedAt: row.counted_at?.toISOString() ?? null,
    createdBy: row.created_by,
  }
}
