import { bucketsOf } from '#modules/consents/server/address.ts'
import type { ConsentDeps } from '#modules/consents/server/consent-deps.ts'
import { ownBuckets } from '#modules/consents/server/log/standing-store.ts'
import { noteHolders } from '#modules/consents/server/suppressions/suppress.ts'
import {
  takeExpired,
  workspacesWithExpired,
} from '#modules/consents/server/suppressions/suppression-store.ts'
import { systemCtx } from '#platform/context.ts'

/** What was put on the list for a time comes off it, and whoever has the address looks different. */
export async function expireSuppressions(deps: ConsentDeps): Promise<void> {
  const now = deps.clock.now()
  for (const workspace of await deps.database.system((tx) => workspacesWithExpired(tx, now)))
    await deps.database.write(systemCtx(workspace, now, 'consents'), async (tx) => {
      const ended = await takeExpired(tx, now)
      await ownBuckets(
        tx,
        bucketsOf(
          ended.map((row) => row.address),
          [],
        ),
      )
      await noteHolders(deps.hash, tx, ended)
    })
}
