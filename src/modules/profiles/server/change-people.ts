import type { ProfileDeps } from '#modules/profiles/server/profile-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'
import type { PeopleWork } from '#slots/people-writer.ts'

type Done<T> = Awaited<ReturnType<PeopleWork<T>>>

/** Two steps of one write: `plan` looks and may refuse, `carryOut` changes. Both see the same state of people. */
export type PeopleWrite<P, T> = {
  plan(tx: Tx): Promise<P>
  carryOut(tx: Tx, plan: P): Promise<Done<T>>
}

/**
 * Runs a write in the single writer's turn. A refusal must leave the turn as an answer: an error thrown in there means
 * that memory and ClickHouse are in doubt, and the writer would load everything anew.
 */
export async function changePeople<P, T>(
  deps: Pick<ProfileDeps, 'writer'>,
  ctx: WorkspaceCtx,
  write: PeopleWrite<P, T>,
): Promise<T> {
  const outcome = await deps.writer.write<{ value: T } | { refusal: AppError }>(ctx, async (tx) => {
    const planned = await attempt(() => write.plan(tx))
    if ('refusal' in planned) return { result: planned, change: nothing(tx.workspace), shipments: [] }
    const done = await write.carryOut(tx, planned.plan)
    return { ...done, result: { value: done.result } }
  })
  if ('refusal' in outcome) throw outcome.refusal
  return outcome.value
}

async function attempt<P>(plan: () => Promise<P>): Promise<{ plan: P } | { refusal: AppError }> {
  try {
    return { plan: await plan() }
  } catch (error) {
    if (error instanceof AppError && refusals.has(error.kind)) return { refusal: error }
    throw error
  }
}

const refusals: ReadonlySet<AppError['kind']> = new Set(['invalid', 'missing', 'conflict', 'denied'])

/** The change of a write that touched nobody. */
export const nothing = (workspace: number) => ({
  workspace,
  persons: new Set<number>(),
  events: new Set<string>(),
  state: new Set<number>(),
  moved: new Set<number>(),
})
