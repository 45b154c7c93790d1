import type { Segment } from '#modules/segments/contract.ts'
import { changeSegment } from '#modules/segments/server/save-segment.ts'
import { requireSegment } from '#modules/segments/server/segment-store.ts'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'
import { readVersion } from '#modules/segments/server/versions/version-store.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'

/** Saves an older rule again: nothing of the history is lost, and it is checked like any other. */
export async function restoreVersion(
  deps: SegmentsDeps,
  ctx: WorkspaceCtx,
  id: string,
  number: number,
): Promise<Segment> {
  const { segment, version } = await deps.database.read(ctx, async (tx) => ({
    segment: await requireSegment(tx, id),
    version: await readVersion(tx, id, number),
  }))
  if (!version)
    throw new AppError('segment.version_missing', 'missing', 'The segment has no version of this number.')
  const { name, description } = segment
  return changeSegment(deps, ctx, id, {
    name,
    description,
    rule: version.rule,
    note: `↩ ${number}`,
    basedOn: segment.version,
  })
}
