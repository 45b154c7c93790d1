import { orderSummary } from '#modules/orders/index.ts'
import type { Overview } from '#modules/portrait/contract.ts'
import { readImportant } from '#modules/portrait/server/important-attributes.ts'
import { informationLevel } from '#modules/portrait/server/information-level.ts'
import type { PortraitDeps } from '#modules/portrait/server/portrait-deps.ts'
import { readActivity, readDevices, readOrigin } from '#modules/portrait/server/read-activity.ts'
import type { Profile } from '#modules/profiles/contract.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'

const firstPage = { limit: 50, include: 'events', groups: 'all', direction: 'older' } as const

/** The first screen of a person in one answer; its parts are read side by side. */
export async function readOverview(deps: PortraitDeps, ctx: WorkspaceCtx, id: string): Promise<Overview> {
  const person = await deps.profiles.personNumber(ctx, id)
  const theirs = await deps.profiles.person.theirs(ctx, person)
  const mayOrders = ctx.permissions.has('order:read')
  const [people, segments, activity, origin, orders, devices, identity, groups, timeline, setting, mask] =
    await Promise.all([
      deps.profiles.presentPeople(ctx, [person]),
      deps.segments.ofProfile(ctx, id),
      readActivity(deps, ctx, theirs),
      readOrigin(deps, ctx, theirs),
      mayOrders ? orderSummary(deps.ch, ctx, theirs) : null,
      readDevices(deps, ctx, theirs),
      deps.profiles.person.identity(ctx, id),
      deps.profiles.person.groups(ctx, id),
      deps.profiles.person.timeline(ctx, id, firstPage),
      deps.database.read(ctx, readImportant),
      deps.profiles.maskOfPerson(ctx, person),
    ])
  const [profile] = people
  if (!profile) throw new AppError('profile.missing', 'missing', 'There is no such person.')
  const known = informationLevel(
    {
      hasLogin: hasKind(profile, ['user_id']),
      hasContact: hasKind(profile, ['phone', 'email']),
      tags: profile.tags.length,
      segments: segments.items.length,
      attributes: knownAttributes(profile),
      ...activity,
      orders: orders?.reduce((sum, one) => sum + one.orders, 0),
      hasOrigin: origin.first !== null,
    },
    setting.important,
  )
  return {
    profile,
    ...known,
    segments: segments.items,
    origin: mask.json(origin),
    orders,
    devices: mask.json(devices),
    identity,
    groups,
    timeline,
  }
}

const hasKind = (profile: Profile, kinds: readonly string[]) =>
  profile.identifiers.some(({ kind }) => kinds.includes(kind))

/** Attributes with a value; a phone or mail that is an identifier is known, too. */
function knownAttributes({ attributes, identifiers }: Profile): Set<string> {
  const isSaid = (value: unknown) =>
    value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)
  const said = Object.entries(attributes).flatMap(([name, value]) => (isSaid(value) ? [name] : []))
  return new Set([...said, ...identifiers.map(({ kind }) => kind)])
}
