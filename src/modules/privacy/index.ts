import { routes } from '#modules/privacy/contract.ts'
import { eraseJob } from '#modules/privacy/server/carry-out-erasure.ts'
import { emptyBin, startBinLoop } from '#modules/privacy/server/empty-bin.ts'
import type { PrivacyDeps } from '#modules/privacy/server/privacy-deps.ts'
import { listErasures, requestErasure } from '#modules/privacy/server/request-erasure.ts'
import {
  previewRetention,
  retainJob,
  setRetention,
  showRetention,
} from '#modules/privacy/server/retention.ts'
import { sendPerson } from '#modules/privacy/server/send-person.ts'
import { implement, type ServedRoute } from '#platform/http/implement.ts'
import type { JobKind } from '#platform/jobs/worker.ts'

/** Where erasures are noted, and how a restored backup is made to forget again. */
export {
  type LedgerEntry,
  ledgerName,
  openLedger,
  readLedger,
} from '#modules/privacy/server/erasure-ledger.ts'
export { replayErasures } from '#modules/privacy/server/replay-erasures.ts'
export type { PrivacyDeps }

export type Privacy = {
  routes: ServedRoute[]
  jobKinds: JobKind[]
  /** Asks now for the erasure of whoever has lain in the recycle bin for too long; the loop does it every hour. */
  emptyBin(): Promise<number>
  start(): void
  stop(): Promise<void>
}

/** The module, opened once by the composition root. */
export function openPrivacy(deps: PrivacyDeps): Privacy {
  let loop: ReturnType<typeof startBinLoop> | undefined
  return {
    emptyBin: () => emptyBin(deps),
    start: () => {
      loop = startBinLoop(deps)
    },
    stop: async () => loop?.stop(),
    routes: implement(routes, {
      export: ({ ctx, params, reply }) => sendPerson(deps, ctx, params.id, reply),
      erase: ({ ctx, params }) => requestErasure(deps, ctx, params.id),
      list: ({ ctx, query }) => listErasures(deps, ctx, query),
      retention: ({ ctx }) => showRetention(deps, ctx),
      previewRetention: ({ ctx, body }) => previewRetention(deps, ctx, body.days),
      setRetention: ({ ctx, body }) => setRetention(deps, ctx, body.days),
    }),
    jobKinds: [eraseJob(deps), retainJob(deps)],
  }
}
