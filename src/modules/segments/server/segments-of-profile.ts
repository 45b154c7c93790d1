import { liveNames } from '#modules/segments/server/segment-store.ts'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'

/** Segments a person is in. `since` is null for those a rebuild found in it. */
export async function segmentsOfProfile(deps: SegmentsDeps, ctx: WorkspaceCtx, profileId: string) {
  const person = await deps.profiles.personNumber(ctx, profileId)
  const [seen] = await deps.profiles.presentPeople(ctx, [person])
  if (!seen) throw new AppError('profile.missing', 'missing', 'There is no such person.')
  const segments = await deps.database.read(ctx, liveNames)
  if (segments.length === 0) return { items: [] }
  const rows = await deps.ch.query<{ segment: number; since: number }>(
    `SELECT segment, toUnixTimestamp64Milli(argMax(since, version)) AS since FROM segment_member
     WHERE ws = {ws:UInt32} AND segment IN (${segments.map((one) => one.num).join(', ')}) AND person = {person:UInt64}
     GROUP BY segment HAVING argMax(member, version) = 1`,
    { ws: ctx.workspace.num, person },
  )
  const since = new Map(rows.map((row) => [row.segment, row.since]))
  const items = segments
    .filter((one) => since.has(one.num))
    .map(({ id, name, num }) => ({ id, name, since: presentSince(since.get(num)) }))
  return { items }
}

const presentSince = (ms: number | undefined): string | null => (ms ? new Date(ms).toISOString() : null)
