import type { ListChange } from '#modules/segments/contract.ts'
import type { ChangeRow } from '#modules/segments/server/lists/change-store.ts'
import { sayActor, type WorkspaceCtx } from '#platform/context.ts'

export function presentChange(row: ChangeRow, language: WorkspaceCtx['language']): ListChange {
  const { id, what, source, title, state, total, handled, changed, unmatched, created } = row
  return {
    ...{ id, what, source, title, state, total, handled, changed, unmatched, created },
    same: what === 'undo' ? 0 : Math.max(0, handled - changed - unmatched),
    together: row.together,
    fault: row.fault,
    undone: row.undone_by !== null,
    jobId: row.job_id,
    createdAt: row.created_at.toISOString(),
    createdBy: sayActor({ kind: row.created_by_kind, name: row.created_by }, language),
    finishedAt: row.finished_at?.toISOString() ?? null,
  }
}
