import type { z } from 'zod'
import type { PersonConsents } from '#modules/consents/contract/shapes.ts'
import type { routes } from '#modules/consents/contract.ts'
import type { ConsentDeps } from '#modules/consents/server/consent-deps.ts'
import { recordStatements } from '#modules/consents/server/log/record.ts'
import { writeCap } from '#modules/consents/server/policy/person-cap.ts'
import { consentsOf, projectedPerson } from '#modules/consents/server/reach/person-consents.ts'
import { shipWorkspace } from '#modules/consents/server/reach/ship-unshipped.ts'
import { requireTopic } from '#modules/consents/server/topics/topic-store.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

type Body = z.output<typeof routes.change.body>

/** Notes what somebody said. In force when it answers, and visible in lists and segments. */
export async function changeConsent(
  deps: ConsentDeps,
  ctx: WorkspaceCtx,
  publicId: string,
  { channel, topic, state, proof, source }: Body,
): Promise<PersonConsents> {
  const person = await deps.profiles.personNumber(ctx, publicId)
  const known = await deps.database.write(ctx, async (tx) => {
    if (topic !== null) await requireTopic(tx, topic)
    const [recorded] = await recordStatements(deps, tx, [
      {
        ...{ person, channel, topic: topic ?? '', state, proof, at: ctx.now },
        source: source ?? sourceOf(ctx),
        by: { kind: ctx.actor.kind, name: ctx.actor.name },
      },
    ])
    if (recorded?.noted)
      await deps.audit(tx, ctx, {
        action: 'consent.changed',
        subject: publicId,
        details: { channel, topic, state, applied: recorded.applied },
      })
    return consentsOf(deps, tx, ctx.now, person)
  })
  await shipWorkspace(deps, ctx.workspace, ctx.patienceMs)
  return known
}

/** The same for many people in one transaction; who is nobody, or not the caller's, refuses all of it. */
export async function changeConsents(
  deps: ConsentDeps,
  ctx: WorkspaceCtx,
  { items, source }: z.output<typeof routes.changeMany.body>,
): Promise<{ applied: number }> {
  const persons = await deps.profiles.personNumbers(
    ctx,
    items.map((one) => one.profileId),
    (index) => `/body/items/${index}/profileId`,
  )
  const applied = await deps.database.write(ctx, async (tx) => {
    for (const topic of new Set(items.flatMap((one) => one.topic ?? []))) await requireTopic(tx, topic)
    const recorded = await recordStatements(
      deps,
      tx,
      items.map(({ channel, topic, state, proof }, at) => ({
        ...{ person: persons[at] as number, channel, topic: topic ?? '', state, proof, at: ctx.now },
        source: source ?? sourceOf(ctx),
        by: { kind: ctx.actor.kind, name: ctx.actor.name },
      })),
    )
    const changed = recorded.filter((one) => one.applied).length
    await deps.audit(tx, ctx, {
      action: 'consent.changed_many',
      details: { items: items.length, applied: changed },
    })
    return changed
  })
  await shipWorkspace(deps, ctx.workspace, ctx.patienceMs)
  return { applied }
}

const sourceOf = (ctx: WorkspaceCtx) => (ctx.actor.kind === 'api_key' ? 'api' : 'hand')

/** "Less often": a cap of somebody's own, or none. */
export async function changeCap(
  deps: ConsentDeps,
  ctx: WorkspaceCtx,
  publicId: string,
  cap: PersonConsents['cap'],
): Promise<PersonConsents> {
  const person = await deps.profiles.personNumber(ctx, publicId)
  return deps.database.write(ctx, async (tx) => {
    const { home } = await projectedPerson(tx, person)
    await writeCap(tx, { root: person, home }, cap, ctx.now)
    await deps.audit(tx, ctx, { action: 'consent.cap_changed', subject: publicId, details: { cap } })
    return consentsOf(deps, tx, ctx.now, person)
  })
}
