import { type AccessDeps, forgetAnswers } from '#modules/access/server/access-deps.ts'
import { audit } from '#modules/access/server/audit/audit.ts'
import {
  deleteDepartmentRow,
  insertDepartment,
  isDepartmentUsed,
  listDepartmentRows,
  moveDepartment,
  presentDepartment,
  readDepartment,
} from '#modules/access/server/members/department-store.ts'
import { lockStructure } from '#modules/access/server/members/lock-structure.ts'
import { refuseWiderPlace } from '#modules/access/server/members/refuse-escalation.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'

export async function listDepartments(deps: AccessDeps, ctx: WorkspaceCtx) {
  return { items: (await deps.database.read(ctx, listDepartmentRows)).map(presentDepartment) }
}

export async function createDepartment(
  deps: AccessDeps,
  ctx: WorkspaceCtx,
  input: { name: string; parentId: string | null },
) {
  return deps.database.write(ctx, async (tx) => {
    await lockStructure(tx, tx.workspace)
    const parent = input.parentId === null ? null : await readDepartment(tx, input.parentId)
    const id = await insertDepartment(tx, { name: input.name, parent, now: ctx.now })
    await audit(deps, tx, ctx, { action: 'department.created', subject: id, details: input })
    return presentDepartment(await readDepartment(tx, id))
  })
}

export type DepartmentChange = { name?: string | undefined; parentId?: string | null | undefined }

/** Renames or moves; whoever sees by department tree sees by the new tree at once. */
export async function changeDepartment(
  deps: AccessDeps,
  ctx: WorkspaceCtx,
  id: string,
  change: DepartmentChange,
) {
  const department = await deps.database.write(ctx, async (tx) => {
    await lockStructure(tx, tx.workspace)
    const before = await readDepartment(tx, id)
    const parentId = change.parentId === undefined ? before.parent_id : change.parentId
    const parent = parentId === null ? null : await readDepartment(tx, parentId)
    if (parent?.path.startsWith(before.path))
      throw new AppError('access.department_cycle', 'conflict', 'A department cannot lie below itself.')
    if (parentId !== before.parent_id) refuseWiderPlace(ctx, { departmentId: id }) // theirs already, so it only moves within
    await moveDepartment(tx, before, { name: change.name ?? before.name, parent })
    await audit(deps, tx, ctx, { action: 'department.changed', subject: id, details: { ...change } })
    return presentDepartment(await readDepartment(tx, id))
  })
  forgetAnswers(deps)
  return department
}

export async function deleteDepartment(deps: AccessDeps, ctx: WorkspaceCtx, id: string): Promise<void> {
  await deps.database.write(ctx, async (tx) => {
    await lockStructure(tx, tx.workspace)
    const before = await readDepartment(tx, id)
    if (await isDepartmentUsed(tx, id))
      throw new AppError(
        'access.department_in_use',
        'conflict',
        'Departments or members lie below it; move them first.',
      )
    await deleteDepartmentRow(tx, id)
    await audit(deps, tx, ctx, { action: 'department.deleted', subject: id, details: { name: before.name } })
  })
  forgetAnswers(deps)
}
