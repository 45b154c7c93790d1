import { sql } from 'kysely'
import type { Clock } from '#platform/clock.ts'
import type { Log } from '#platform/log.ts'
import type { Database } from '#platform/pg/database.ts'

type Use = {
  minute: number
  /** Let through here in this minute, and how many of them the others know of. */
  here: number
  told: number
  elsewhere: number
  toldAt: number
  telling: boolean
}
export type RateAnswer = { allowed: boolean; limit: number; remaining: number; resetSeconds: number }
export type KeyRate = (key: { workspace: number; id: string; perMinute: number }) => RateAnswer

const minuteMs = 60_000
const tellEveryMs = 1000
const mostKeys = 10_000

/**
 * Requests a minute of each key. Counted in memory, because a statement for every request would cost more than most
 * requests; once a second a process tells what it let through and hears of the others. So with several processes a key
 * may exceed its limit by what they let through within a second.
 */
export function createKeyRate({
  database,
  clock,
  log,
}: {
  database: Database
  clock: Clock
  log: Log
}): KeyRate {
  const uses = new Map<string, Use>()

  async function tell(workspace: number, id: string, use: Use): Promise<void> {
    const more = use.here - use.told
    const { minute } = use
    const row = await database.system((tx) =>
      tx.row<{ requests: number }>(sql`
        insert into access.key_use as u (workspace_id, key_id, minute, requests)
        values (${workspace}, ${id}, ${new Date(minute)}, ${more})
        on conflict (workspace_id, key_id) do update set
          requests = case when u.minute = excluded.minute then u.requests else 0 end + excluded.requests,
          minute = excluded.minute
        returning requests`),
    )
    if (use.minute !== minute) return
    use.told += more
    use.elsewhere = (row?.requests ?? 0) - use.told
  }

  return ({ workspace, id, perMinute }) => {
    const now = clock.now()
    const minute = Math.floor(now / minuteMs) * minuteMs
    if (uses.size > mostKeys) uses.clear()
    let use = uses.get(id)
    if (use?.minute !== minute) {
      use = { minute, here: 0, told: 0, elsewhere: 0, toldAt: now, telling: use?.telling ?? false }
      uses.set(id, use)
    }
    const mine = use
    const left = perMinute - mine.here - mine.elsewhere
    const allowed = left > 0
    if (allowed) mine.here++
    if (!mine.telling && now - mine.toldAt >= tellEveryMs && mine.here > mine.told) {
      mine.telling = true
      mine.toldAt = now
      tell(workspace, id, mine)
        .catch((error: unknown) => log.warn({ err: error }, 'telling the use of an API key failed'))
        .finally(() => {
          mine.telling = false
        })
    }
    return {
      allowed,
      limit: perMinute,
      remaining: Math.max(0, left - (allowed ? 1 : 0)),
      resetSeconds: Math.ceil((minute + minuteMs - now) / 1000),
    }
  }
}
