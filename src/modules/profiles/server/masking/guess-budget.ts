import { type Counted, countedOf, type Guess, personalAmong } from '#modules/profiles/server/masking/guess.ts'
import {
  addLooks,
  addToHour,
  type GuessHour,
  holdHour,
  notedFirst,
  noteRefused,
} from '#modules/profiles/server/masking/guess-store.ts'
import { personalMask } from '#modules/profiles/server/masking/load-mask.ts'
import { sightOf } from '#modules/profiles/server/masking/sight.ts'
import type { Audit } from '#modules/profiles/server/profile-deps.ts'
import { actorKey, type WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Database, Tx } from '#platform/pg/database.ts'

// As many as somebody may look at who may see them: nobody gets further by guessing.
const mostPerHour = 200
const uploadsPerHour = 20
const hourMs = 3_600_000

/**
 * `each`: so few values that which of them somebody has may be told. `together`: a list of values, of which nothing may
 * be told value by value.
 */
export type Told = 'each' | 'together'

/** What readers who see personal data masked may ask for in an hour. Everybody else asks what they like. */
export type GuessBudget = {
  /** Counts whole values that are asked for one by one; throws `profile.asked_too_often`. */
  ask(ctx: WorkspaceCtx, guesses: readonly Guess[]): Promise<void>
  /**
   * Counts a list of values. Numbers that look alike when they are masked are limited however they are asked. `whole`:
   * what the answer may show besides (a list shows who is on it), so that mails that look alike are limited as well;
   * `lists`: whether an answer about the list as a whole is one of the few there are in an hour. `job`: a refusal is
   * final, nobody waits for another try.
   */
  askInBulk(
    ctx: WorkspaceCtx,
    guesses: readonly Guess[],
    options: { whole: boolean; lists: boolean; job?: boolean },
  ): Promise<Told>
}

/** A limit that was passed: the transaction is turned back, and what is said afterwards. */
class Passed extends Error {
  readonly limit: number
  readonly what: 'values' | 'alike' | 'lists'
  constructor(what: Passed['what'], limit: number) {
    super(`more than ${limit} ${what}`)
    this.what = what
    this.limit = limit
  }
}

export function createGuessBudget(deps: {
  database: Database
  audit: Audit
  instanceKey: Buffer
}): GuessBudget {
  const counting = async (
    ctx: WorkspaceCtx,
    guesses: readonly Guess[],
    count: (tx: Tx, at: GuessHour, counted: Counted[]) => Promise<Told>,
    kind: 'limited' | 'invalid' = 'limited',
  ): Promise<Told> => {
    if (guesses.length === 0 || sightOf(ctx) !== 'blind') return 'each'
    const mask = await deps.database.read(ctx, personalMask)
    const counted = countedOf(deps.instanceKey, ctx.workspace.num, personalAmong(mask, guesses))
    if (counted.length === 0) return 'each'
    // Work of its own: a request that is repeated under the same key may begin anew after it.
    const own = { workspace: ctx.workspace }
    const at = { actor: actorKey(ctx.actor), hour: new Date(Math.floor(ctx.now / hourMs) * hourMs) }
    try {
      return await deps.database.write(own, (tx) => count(tx, at, counted))
    } catch (error) {
      if (!(error instanceof Passed)) throw error
      await deps.database.write(own, async (tx) => {
        const { what, limit } = error
        if (await noteRefused(tx, at))
          await deps.audit(tx, ctx, { action: 'people.asked_too_often', details: { what, limit } })
      })
      throw tooOften(error, kind, Math.ceil((at.hour.getTime() + hourMs - ctx.now) / 1000))
    }
  }
  return {
    ask: async (ctx, guesses) => {
      await counting(ctx, guesses, async (tx, at, counted) => {
        const { guesses: before } = await holdHour(tx, at)
        await spend(tx, at, before, counted)
        return 'each'
      })
    },
    askInBulk: (ctx, guesses, { whole, lists, job }) =>
      counting(
        ctx,
        guesses,
        async (tx, at, counted) => {
          const { guesses: before, uploads } = await holdHour(tx, at)
          if (before + counted.length <= mostPerHour) {
            await spend(tx, at, before, counted)
            return 'each'
          }
          if (lists && uploads >= uploadsPerHour) throw new Passed('lists', uploadsPerHour)
          // Each list anew: who halves a list again and again asks for the same values.
          const closed = counted.filter((one) => whole || one.most < mostPerHour)
          const passed = await addLooks(tx, at, closed)
          if (passed !== undefined) throw new Passed('alike', passed)
          if (lists) await addToHour(tx, at, { guesses: 0, uploads: 1 })
          return 'together'
        },
        job ? 'invalid' : 'limited',
      ),
  }
}

async function spend(tx: Tx, at: GuessHour, before: number, counted: readonly Counted[]): Promise<void> {
  const fresh = await notedFirst(tx, at, counted)
  if (fresh.length === 0) return
  if (before + fresh.length > mostPerHour) throw new Passed('values', mostPerHour)
  const passed = await addLooks(tx, at, fresh)
  if (passed !== undefined) throw new Passed('alike', passed)
  await addToHour(tx, at, { guesses: fresh.length, uploads: 0 })
}

const sentences = {
  values: (limit: number) => `More than ${limit} different phones, mails or other personal values in an hour`,
  alike: (limit: number) =>
    `More than ${limit} personal values in an hour that look the same when they are masked`,
  lists: (limit: number) => `More than ${limit} lists of personal values in an hour`,
}

const tooOften = ({ what, limit }: Passed, kind: 'limited' | 'invalid', retryAfter: number) =>
  new AppError(
    'profile.asked_too_often',
    kind,
    `${sentences[what](limit)}, which you see masked; go on later, or ask somebody who may see them in full (people:unmask).`,
    { retryAfter, details: { what, limit, permission: 'people:unmask' } },
  )
