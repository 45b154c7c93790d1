import { requireSegment } from '#modules/segments/server/segment-store.ts'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'
import { visibleMembers } from '#modules/segments/server/visible-members.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'
import type { PageQuery } from '#platform/http/define-routes.ts'

/** A page of the stored membership, by person number, of people the caller may see. */
export async function listMembers(deps: SegmentsDeps, ctx: WorkspaceCtx, id: string, query: PageQuery) {
  const segment = await deps.database.read(ctx, (tx) => requireSegment(tx, id))
  const after = readCursor(deps, ctx, query.cursor)
  const persons = await readMembers(deps, ctx, segment.num, after, query.limit + 1)
  const page = persons.slice(0, query.limit)
  const last = page.at(-1)
  return {
    items: await deps.profiles.presentPeople(ctx, page),
    // The public id, not the number: numbers count up and would tell how many people there are.
    next:
      persons.length > query.limit && last !== undefined
        ? encodeCursor([deps.profiles.personIds.encode(ctx.workspace.num, last)])
        : null,
  }
}

function readCursor(deps: SegmentsDeps, ctx: WorkspaceCtx, cursor: string | undefined): number {
  const key = decodeCursor(cursor, 1)
  if (!key) return 0
  const person = deps.profiles.personIds.decode(ctx.workspace.num, String(key[0]))
  if (person !== undefined) return person
  throw new AppError(
    'request.bad_cursor',
    'invalid',
    'This cursor is not one of ours; start again without it.',
  )
}

async function readMembers(
  deps: SegmentsDeps,
  ctx: WorkspaceCtx,
  segment: number,
  after: number,
  limit: number,
) {
  const { isVisible, params } = visibleMembers(ctx)
  const rows = await deps.ch.query<{ person: number }>(
    `SELECT person FROM segment_member
     WHERE ws = {ws:UInt32} AND segment = {segment:UInt32} AND person > {after:UInt64}${isVisible}
     GROUP BY person HAVING argMax(member, version) = 1 ORDER BY person LIMIT {limit:UInt32}
     SETTINGS optimize_aggregation_in_order = 1`,
    { ...params, ws: ctx.workspace.num, segment, after, limit },
  )
  return rows.map((row) => row.person)
}
