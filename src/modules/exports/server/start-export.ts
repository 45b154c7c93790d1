import type { StartExport } from '#modules/exports/contract.ts'
import { insertExport, noteJob } from '#modules/exports/server/export-store.ts'
import type { ExportsDeps } from '#modules/exports/server/exports-deps.ts'
import { exportKind } from '#modules/exports/server/write-export.ts'
import { type PeopleQuestion, type SightLevel, sightOf } from '#modules/profiles/index.ts'
import { nameMe, parseRule } from '#modules/rules/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { enqueue } from '#platform/jobs/enqueue.ts'

/** Takes an export on; it is written in the background, with what whoever asked may see now. */
export async function startExport(deps: ExportsDeps, ctx: WorkspaceCtx, given: StartExport) {
  const { segment, columns = null, format } = given
  const sight = sightOfFile(ctx, given.unmasked)
  const question = await questionOf(deps, ctx, given)
  const title = segment === undefined ? null : await deps.segmentName(ctx, segment)
  // A rule that cannot be read is refused here and not in the background.
  if (question !== null) await deps.profiles.forExport.check(ctx, question)
  const id = newId('exp')
  return deps.database.write(ctx, async (tx) => {
    await insertExport(
      tx,
      { id, title, format, columns, question, segment_id: segment ?? null, scope: ctx.scope, sight },
      ctx,
    )
    const { actor } = ctx
    const jobId = await enqueue(tx, {
      kind: exportKind,
      payload: { exportId: id },
      ...(title === null ? {} : { title }),
      ...(actor.kind === 'member' ? { memberId: actor.memberId } : {}),
    })
    await noteJob(tx, id, jobId)
    const of = segment ?? (question === null ? 'everybody' : 'list')
    await deps.audit(tx, ctx, {
      action: 'export.started',
      subject: id,
      details: { of, format, columns, unmasked: sight === 'full' },
    })
    return { id, jobId }
  })
}

/** How the file shows personal data: as whoever asked sees it, or in full where they may and want it so. */
function sightOfFile(ctx: WorkspaceCtx, unmasked: boolean | undefined): SightLevel {
  const sight = sightOf(ctx)
  if (unmasked === undefined) return sight
  if (!unmasked) return sight === 'full' ? 'reveal' : sight
  if (sight === 'blind') throw mayNotUnmask()
  return 'full'
}

export const mayNotUnmask = () =>
  new AppError('access.denied', 'denied', 'You may not see full phones and mails.', {
    details: { permission: 'people:unmask' },
  })

/** What narrows the list, or who was chosen; null when nothing does. */
async function questionOf(
  deps: ExportsDeps,
  ctx: WorkspaceCtx,
  { ids, rule, search, owner }: StartExport,
): Promise<PeopleQuestion | null> {
  if (ids) {
    const persons = await deps.profiles.personNumbers(ctx, ids, (index) => `/body/ids/${index}`)
    return { persons: [...new Set(persons)] }
  }
  const isNarrowed = rule !== undefined || owner !== undefined || (search ?? '').trim() !== ''
  const named = rule === undefined ? undefined : nameMe(parseRule(rule), ctx.actor)
  return isNarrowed ? { rule: named, search, owner } : null
}
