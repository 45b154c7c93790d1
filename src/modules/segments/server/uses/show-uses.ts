import { listReferences } from '#modules/rules/index.ts'
import type { routes } from '#modules/segments/contract.ts'
import { dependentsOf, type KnownSegment } from '#modules/segments/server/rule-book.ts'
import { liveNames, requireSegment } from '#modules/segments/server/segment-store.ts'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'
import { findUsers } from '#modules/segments/server/uses/find-users.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Output } from '#platform/http/define-routes.ts'

/** Both ways of a segment: what stands on it, directly or through others, and what it is made of. */
export async function showUses(
  deps: SegmentsDeps,
  ctx: WorkspaceCtx,
  id: string,
): Promise<Output<typeof routes.uses>> {
  const { segments } = await deps.rules.of(ctx.workspace.num)
  const { rule, users, names } = await deps.database.read(ctx, async (tx) => ({
    rule: (await requireSegment(tx, id)).rule,
    users: await findUsers(deps, tx, id),
    names: new Map((await liveNames(tx)).map((one) => [one.id, one.name])),
  }))
  const named = new Set(users.filter((user) => user.kind === 'segment').map((user) => user.id))
  const through = [...dependentsOf(segments, id)].filter((other) => !named.has(other))
  const { segments: direct, tags, attributes, events, circles } = listReferences(rule)
  return {
    usedBy: [
      ...users.map(({ kind, id: user, name, holds }) => ({ kind, id: user, name, holds, direct: true })),
      ...through.map((other) => ({
        kind: 'segment' as const,
        id: other,
        name: names.get(other) ?? other,
        holds: false,
        direct: false,
      })),
    ],
    segments: reached(segments, id).map((other) => ({
      id: other,
      name: names.get(other) ?? other,
      direct: direct.has(other),
    })),
    tags: [...tags],
    attributes: [...attributes],
    // What people of a company or household did is a behaviour the rule stands on, too.
    events: [...new Set([...events.keys(), ...circles.events])],
  }
}

/** Segments a rule stands on, nearest first. */
function reached(segments: ReadonlyMap<string, Pick<KnownSegment, 'uses'>>, id: string): string[] {
  const found = new Set<string>()
  for (let next = [...(segments.get(id)?.uses ?? [])]; next.length > 0; ) {
    const fresh = next.filter((one) => !found.has(one))
    for (const one of fresh) found.add(one)
    next = fresh.flatMap((one) => [...(segments.get(one)?.uses ?? [])])
  }
  return [...found]
}
