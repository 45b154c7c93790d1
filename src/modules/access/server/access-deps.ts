import { AnswerCache } from '#modules/access/server/answer-cache.ts'
import type { Identity } from '#modules/access/server/authenticate/load-identity.ts'
import { createKeyRate, type KeyRate } from '#modules/access/server/keys/key-rate.ts'
import type { WriteKeyTarget } from '#modules/access/server/keys/resolve-write-key.ts'
import { createPasswordGate, type PasswordGate } from '#modules/access/server/login/password-gate.ts'
import type { Clock } from '#platform/clock.ts'
import type { WorkspaceRef } from '#platform/context.ts'
import type { Log } from '#platform/log.ts'
import type { Database, Tx } from '#platform/pg/database.ts'

/** What the composition root gives. */
export type AccessOptions = {
  database: Database
  clock: Clock
  log: Log
  /** 32 secret bytes of the instance; the audit chain's key is derived from them. */
  instanceKey: Buffer
  /** Token of the command line, at least 32 characters; empty: nobody has it. */
  instanceToken: string
  /** Public address without a slash at its end, for invitation links; empty: links are paths. */
  baseUrl: string
  /** Who may do what has changed: other processes of this instance should forget what they remember. */
  onForget?: () => void
  /** What other modules put into every new workspace, in its own transaction (which is a system one). */
  seeds?: readonly ((tx: Tx, workspace: WorkspaceRef) => Promise<void>)[]
}

/** Options and the state of this process: two short-lived caches, the gate before the password hash, what keys used. */
export type AccessDeps = AccessOptions & {
  identities: AnswerCache<Identity>
  writeKeys: AnswerCache<WriteKeyTarget>
  passwords: PasswordGate
  keyRate: KeyRate
}

// "Disabled means dead within a second" must also hold for other processes: below one second with room for the load.
const identityMs = 900
const writeKeyMs = 5000

export function prepareAccess(options: AccessOptions): AccessDeps {
  return {
    ...options,
    identities: new AnswerCache(options.clock, identityMs),
    writeKeys: new AnswerCache(options.clock, writeKeyMs),
    passwords: createPasswordGate(),
    keyRate: createKeyRate(options),
  }
}

/** After a commit that changes who may do what: this process forgets at once, others within their cache's time. */
export function forgetAnswers(deps: AccessDeps): void {
  deps.identities.clear()
  deps.writeKeys.clear()
  deps.onForget?.()
}
