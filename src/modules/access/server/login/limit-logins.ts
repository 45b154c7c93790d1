import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { AccessDeps } from '#modules/access/server/access-deps.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

const windowMs = 15 * 60_000
const slightStep = 60_000
const freePerAccount = 5
// An office shares one address; from here on each wrong try doubles the wait.
const freePerAddress = 20

type Attempts = { failures: number; since: Date; previous: Date | null }

/**
 * Counts a try before the password is looked at, so that parallel guesses cannot slip through together;
 * refuses when the account or the address has used up its tries. Call `forgive` when the password was right.
 */
export async function admitTry(deps: AccessDeps, email: string, ip: string): Promise<void> {
  const now = deps.clock.now()
  await dropOldTries(deps, now)
  await deps.database.system(async (tx) => {
    // The account last: a refused address does not use up somebody's tries.
    const address = await countTry(tx, addressSubject(ip), now)
    refuseUntil(now, address.failures > freePerAddress ? backOffEnd(address) : 0)
    const account = await countTry(tx, accountSubject(email), now)
    refuseUntil(now, account.failures > freePerAccount ? account.since.getTime() + windowMs : 0)
  })
}

/** The password was right: the account starts anew, the address gets this one try back. */
export async function forgive(deps: AccessDeps, email: string, ip: string): Promise<void> {
  await deps.database.system(async (tx) => {
    await tx.run(
      sql`update access.login_attempt set failures = failures - 1 where subject = ${addressSubject(ip)}`,
    )
    await tx.run(sql`delete from access.login_attempt where subject = ${accountSubject(email)}`)
  })
}

/** Refused tries roll back with their transaction: knocking on a closed door does not keep it closed. */
async function countTry(tx: Tx, subject: string, now: number): Promise<Attempts> {
  const at = new Date(now)
  // What lies ahead was counted by a clock that has been set back: it would lock people out for as long.
  const expired = sql`(a.since < ${new Date(now - windowMs)} or a.since > ${new Date(now + slightStep)})`
  const row = await tx.row<Attempts>(sql`
    insert into access.login_attempt as a (subject, failures, since, last_at) values (${subject}, 1, ${at}, ${at})
    on conflict (subject) do update set last_at = excluded.last_at,
      failures = case when ${expired} then 1 else a.failures + 1 end,
      since = case when ${expired} then excluded.since else a.since end
    returning new.failures, new.since, least(old.last_at, ${at}) as previous`)
  return row as Attempts
}

/** In a transaction of its own, past locked rows: two log-ins must never wait for each other's old rows. */
async function dropOldTries(deps: AccessDeps, now: number): Promise<void> {
  await deps.database.system((tx) =>
    tx.run(sql`delete from access.login_attempt where subject in (
      select subject from access.login_attempt where last_at < ${new Date(now - windowMs)} limit 100 for update skip locked)`),
  )
}

const backOffEnd = ({ failures, previous }: Attempts) =>
  (previous?.getTime() ?? 0) + Math.min(2 ** (failures - freePerAddress) * 1000, windowMs)

function refuseUntil(now: number, end: number): void {
  if (end <= now) return
  throw new AppError('access.too_many_attempts', 'limited', 'Too many wrong log-ins; try again later.', {
    retryAfter: (end - now) / 1000,
  })
}

const accountSubject = (email: string) => `account:${createHash('sha256').update(email).digest('base64url')}`

/** IPv6 callers own a whole /64. */
function addressSubject(ip: string): string {
  const network = ip.includes(':') && !ip.includes('.') ? ip.split(':').slice(0, 4).join(':') : ip
  return `address:${createHash('sha256').update(network).digest('base64url')}`
}
