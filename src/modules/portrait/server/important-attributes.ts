import { sql } from 'kysely'
import type { PortraitDeps } from '#modules/portrait/server/portrait-deps.ts'
import { attributeNames } from '#modules/profiles/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Tx } from '#platform/pg/database.ts'

export type Important = { important: string[]; chosen: boolean }

/** Until a workspace chooses, whichever of these it has. */
const usual = ['name', 'phone', 'email', 'city', 'gender', 'birthday']

export async function readImportant(tx: Tx): Promise<Important> {
  const row = await tx.row<{ important: string[] }>(sql`
    select important from portrait.setting where workspace_id = ${tx.workspace}`)
  if (row) return { important: row.important, chosen: true }
  const known = new Set(await attributeNames(tx))
  return { important: usual.filter((name) => known.has(name)), chosen: false }
}

export const getImportant = (deps: PortraitDeps, ctx: WorkspaceCtx): Promise<Important> =>
  deps.database.read(ctx, readImportant)

/** An empty choice is one, too: then no attribute is asked for. */
export async function saveImportant(
  deps: PortraitDeps,
  ctx: WorkspaceCtx,
  names: readonly string[],
): Promise<Important> {
  const important = [...new Set(names)]
  await deps.database.write(ctx, async (tx) => {
    await tx.run(sql`
      insert into portrait.setting (workspace_id, important) values (${tx.workspace}, ${important}::text[])
      on conflict (workspace_id) do update set important = excluded.important`)
    await deps.audit(tx, ctx, { action: 'portrait.important_changed', details: { important } })
  })
  return { important, chosen: true }
}
