import { sql } from 'kysely'
import type { PrivacyDeps } from '#modules/privacy/server/privacy-deps.ts'
import { requestErasures } from '#modules/privacy/server/request-erasure.ts'
import { askForLostCleanings } from '#modules/privacy/server/retention.ts'
import { binMs, dropStaleMarks, dueForErasure } from '#modules/profiles/index.ts'
import { systemCtx, type WorkspaceRef } from '#platform/context.ts'
import { openLookLoop } from '#platform/jobs/look-loop.ts'

const peopleAtATime = 500
const lookAgainMs = 3_600_000

/** Asks for the erasure of everybody who has lain in the recycle bin for 90 days; answers how many. */
export async function emptyBin(deps: PrivacyDeps): Promise<number> {
  const now = deps.clock.now()
  let asked = 0
  for (const workspace of await workspacesOf(deps)) {
    const ctx = systemCtx(workspace, now, 'recycle bin')
    // Who is asked for stays in the bin until the job has erased them: each once per look.
    const due = await deps.database.read(ctx, (tx) => dueForErasure(tx, now - binMs, peopleAtATime))
    // Together, so that one job erases all of them.
    await requestErasures(
      deps,
      ctx,
      due.map((one) => one.person),
    )
    await deps.database.write(ctx, (tx) => dropStaleMarks(tx, now - binMs))
    asked += due.length
  }
  return asked
}

const workspacesOf = ({ database }: Pick<PrivacyDeps, 'database'>): Promise<WorkspaceRef[]> =>
  database.system((tx) =>
    tx.rows<WorkspaceRef>(sql`select num, id, timezone from platform.workspace order by num`),
  )

/** Looks every hour. */
export function startBinLoop(deps: PrivacyDeps): { stop(): Promise<void> } {
  const loop = { everyMs: lookAgainMs, failed: 'looking after the recycle bin and retention failed' }
  const looking = openLookLoop(deps.log, loop, () => emptyBin(deps).then(() => askForLostCleanings(deps)))
  looking.start()
  return looking
}
