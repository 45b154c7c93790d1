import { AnswerCache } from '#modules/access/server/answer-cache.ts'
import { resolveWriteKey, type WriteKeyTarget } from '#modules/access/server/keys/resolve-write-key.ts'
import type { Clock } from '#platform/clock.ts'
import type { Database } from '#platform/pg/database.ts'

// A process on another machine is not told of revocations: they hold there within a second, with room for the load.
const rememberedMs = 900

export type WriteKeys = {
  resolve(key: string): Promise<WriteKeyTarget | undefined>
  /** A key was made or revoked. */
  forget(): void
}

/** Resolves tracking write keys in a process that has nothing else of this module. */
export function openWriteKeys(deps: { database: Database; clock: Clock }): WriteKeys {
  const writeKeys = new AnswerCache<WriteKeyTarget>(deps.clock, rememberedMs)
  return {
    resolve: (key) => resolveWriteKey({ database: deps.database, writeKeys }, key),
    forget: () => writeKeys.clear(),
  }
}
