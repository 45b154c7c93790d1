import { usersOf } from '#modules/segments/server/segment-store.ts'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'
import type { Tx } from '#platform/pg/database.ts'
import type { SegmentUser } from '#slots/segment-users.ts'

/** Whatever names this segment by itself: segments, and what other modules say. */
export async function findUsers(
  deps: Pick<SegmentsDeps, 'users'>,
  tx: Tx,
  id: string,
): Promise<SegmentUser[]> {
  const segments = (await usersOf(tx, id)).map((one) => ({
    ...one,
    kind: 'segment' as const,
    segmentId: id,
    holds: true,
  }))
  const others: SegmentUser[] = []
  for (const { usersOf: ask } of deps.users) others.push(...(await ask(tx, [id])))
  return [...segments, ...others]
}
