import { type Found, findNamed, type Named } from '#modules/segments/server/lists/find-people.ts'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

/**
 * Makes people of identifiers that nobody has: an identify each, through the log like anybody's, under ids that make a
 * repetition count once. Outside of the projector's turn, because it waits for the projector.
 */
export async function introduce(
  deps: SegmentsDeps,
  ctx: WorkspaceCtx,
  changeId: string,
  rows: readonly Named[],
  first: Found,
): Promise<{ found: Found; created: number }> {
  const unknown = new Set(first.unmatched.filter((one) => one.reason === 'unknown').map((one) => one.row))
  const fresh = rows.filter((named) => unknown.has(named.row))
  if (fresh.length === 0) return { found: first, created: 0 }
  const known = await deps.database.read(ctx, async (tx) => {
    const normalise = await deps.profiles.normaliser(tx, ctx.workspace.num)
    const ids = fresh.map(({ kind, value }) => ({ kind, value: normalise(kind, value) ?? value }))
    return { ids, units: await deps.profiles.identifierUnits(tx, ids) }
  })
  // Somebody out of the caller's sight has the identifier: not theirs to be told anything.
  const items = fresh.flatMap((named, i) => {
    const id = known.ids[i] as { kind: string; value: string }
    return known.units.has(`${id.kind}:${id.value}`)
      ? []
      : [identifyOf(changeId, named, id, deps.clock.now())]
  })
  if (items.length === 0) return { found: first, created: 0 }
  await deps.intake.take(ctx, { source: `list:${changeId}`, receivedAt: deps.clock.now(), items })
  await deps.intake.settled(ctx)
  const found = await findNamed(deps, ctx, rows)
  return { found, created: Math.max(0, first.unmatched.length - found.unmatched.length) }
}

function identifyOf(changeId: string, { row }: Named, id: { kind: string; value: string }, now: number) {
  const { kind, value } = id
  const named =
    kind === 'user_id'
      ? { userId: value }
      : kind === 'anonymous_id'
        ? { anonymousId: value }
        : { context: { externalIds: [{ type: kind, id: value }] } }
  const traits = kind === 'email' || kind === 'phone' ? { [kind]: value } : {}
  return {
    type: 'identify',
    messageId: `list:${changeId}:${String(row).padStart(9, '0')}`,
    timestamp: new Date(now).toISOString(),
    ...named,
    traits,
  }
}
