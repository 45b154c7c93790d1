import { type AlertRow, findAlert, pauseAlert, setFault } from '#modules/alerts/server/alert-store.ts'
import type { AlertsDeps } from '#modules/alerts/server/alerts-deps.ts'
import { hrefOf } from '#modules/alerts/server/tell/change-of.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

type Deps = Pick<AlertsDeps, 'database' | 'notifier' | 'audit'>

/** Its maker is gone or may not ask it any more: it stops, and they and those who look after settings hear of it. */
export const lostRights = (deps: Deps, ctx: WorkspaceCtx, { id }: AlertRow): Promise<void> =>
  deps.database.write(ctx, async (tx) => {
    const row = await findAlert(tx, id, true)
    if (!row) return
    await pauseAlert(tx, id, 'rights', ctx.now)
    const notice = {
      type: 'alert.paused',
      facts: { name: row.name, by: row.created_by },
      href: hrefOf(id),
      key: `${id}.${row.version}:${ctx.now}`,
    }
    await deps.notifier.tell(tx, tx.workspace, { ...notice, to: { permission: 'setting:write' } })
    await deps.notifier.tell(tx, tx.workspace, { ...notice, to: { member: row.member_id } })
    await deps.audit(tx, ctx, {
      action: 'alert.paused',
      subject: id,
      details: { name: row.name, for: 'rights' },
    })
  })

/** Told once, until it works again: an alert that fails every hour is no alert. */
export const tellFault = (deps: Deps, ctx: WorkspaceCtx, { id }: AlertRow, code: string): Promise<void> =>
  deps.database.write(ctx, async (tx) => {
    const row = await findAlert(tx, id, true)
    if (!row) return
    await setFault(tx, id, code, ctx.now)
    if (row.fault !== null) return
    await deps.notifier.tell(tx, tx.workspace, {
      type: 'alert.failed',
      to: { member: row.member_id },
      facts: { name: row.name, code },
      href: hrefOf(id),
      key: `${id}:${ctx.now}`,
    })
  })
