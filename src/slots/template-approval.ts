import type { WorkspaceCtx } from '#platform/context.ts'
import type { Tx } from '#platform/pg/database.ts'

/**
 * Extension point: somebody else must agree before a template is published. Asked in the transaction that publishes;
 * `pending` leaves the draft as it is, and whoever fills the slot publishes it when it was agreed to. Nobody fills it
 * yet: publishing is direct then. Example: approvals by a second pair of eyes.
 */
export type TemplateApproval = {
  name: string
  ask(
    tx: Tx,
    ctx: WorkspaceCtx,
    asked: { template: string; name: string; note: string },
  ): Promise<'agreed' | 'pending'>
}
