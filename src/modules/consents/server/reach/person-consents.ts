import type { ChannelReach, PersonConsents } from '#modules/consents/contract/shapes.ts'
import type { ConsentDeps } from '#modules/consents/server/consent-deps.ts'
import { identifiersOf } from '#modules/consents/server/log/standing-store.ts'
import { readCap } from '#modules/consents/server/policy/person-cap.ts'
import { readPolicy } from '#modules/consents/server/policy/policy-store.ts'
import { type PersonReach, readReach } from '#modules/consents/server/reach/read-reach.ts'
import { readTopics, type TopicRow } from '#modules/consents/server/topics/topic-store.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Tx } from '#platform/pg/database.ts'
import { type ChannelKind, channelKinds } from '#slots/channel-kind.ts'
import type { ProjectedPerson } from '#slots/person-projection.ts'

type Deps = Pick<ConsentDeps, 'database' | 'profiles' | 'hash'>

/** What a person said, where they can be reached, and why not: from Postgres, as it is now. */
export async function personConsents(
  deps: Deps,
  ctx: WorkspaceCtx,
  publicId: string,
): Promise<PersonConsents> {
  const person = await deps.profiles.personNumber(ctx, publicId)
  return deps.database.read(ctx, (tx) => consentsOf(deps, tx, ctx.now, person))
}

/** The same inside a transaction. */
export async function consentsOf(
  deps: Pick<Deps, 'hash'>,
  tx: Tx,
  now: number,
  person: number,
): Promise<PersonConsents> {
  const projected = await projectedPerson(tx, person)
  const { reach } = await readReach(tx, deps.hash, [projected], now)
  const known: PersonReach = reach.get(person) ?? { said: [], addresses: [] }
  const topics = (await readTopics(tx)).filter((row) => row.archived_at === null)
  const policy = await readPolicy(tx)
  return {
    standing: known.said.map(({ channel, topic, state, at }) => ({
      channel: channel as ChannelKind,
      topic: topic === '' ? null : topic,
      state,
      at: new Date(at).toISOString(),
    })),
    channels: channelKinds.flatMap(
      (channel) => channelReach(channel, known, topics, policy.unknown_consent) ?? [],
    ),
    cap: await readCap(tx, projected.home),
  }
}

export async function projectedPerson(tx: Tx, person: number): Promise<ProjectedPerson> {
  const rows = await identifiersOf(tx, [person])
  const home = rows.filter((row) => row.home).map((row) => row.unit)
  return { person, home, identifiers: rows.filter((row) => row.seen) }
}

/** Undefined: there is neither an address nor a word about the channel. */
function channelReach(
  channel: ChannelKind,
  { said, addresses }: PersonReach,
  topics: readonly TopicRow[],
  silence: 'allow' | 'refuse',
): ChannelReach | undefined {
  const own = addresses.filter((one) => one.channel === channel)
  const words = said.filter((one) => one.channel === channel)
  // Everybody has an id by which a page or a webhook knows them; that alone says nothing worth a line.
  const isContact = channel !== 'onsite' && channel !== 'webhook'
  if (words.length === 0 && (own.length === 0 || !isContact)) return undefined
  const alive = own.filter((one) => !one.dead)
  const judged = topics.map((row) => {
    const named = words.find((one) => one.topic === row.key)
    const general = row.class === 'marketing' ? words.find((one) => one.topic === '') : undefined
    const state = named?.state ?? general?.state ?? ('unknown' as const)
    const isOpen = alive.some(
      (one) =>
        !one.refuses.includes(row.key) &&
        (row.class !== 'marketing' || !one.refuses.includes('') || one.except.includes(row.key)),
    )
    const why = whyNot({
      hasAddress: own.length > 0,
      isAlive: alive.length > 0,
      isOpen,
      state,
      row,
      channel,
      silence,
    })
    return { topic: row.key, state, reachable: why === null, why, marketing: row.class === 'marketing' }
  })
  const marketing = judged.filter((one) => one.marketing)
  const reachable = marketing.some((one) => one.reachable)
  return {
    channel,
    reachable,
    why: reachable ? null : (marketing[0]?.why ?? (own.length === 0 ? 'no_address' : 'no_consent')),
    addresses: own.length,
    suppressed: own.length - alive.length,
    topics: judged.map(({ marketing: _, ...one }) => one),
  }
}

type Judging = {
  hasAddress: boolean
  isAlive: boolean
  isOpen: boolean
  state: 'granted' | 'denied' | 'pending' | 'unknown'
  row: TopicRow
  channel: ChannelKind
  silence: 'allow' | 'refuse'
}

function whyNot({ hasAddress, isAlive, isOpen, state, row, channel, silence }: Judging) {
  if (!hasAddress) return 'no_address' as const
  if (!isAlive) return 'suppressed' as const
  if (state === 'denied' || !isOpen) return 'denied' as const
  if (state === 'granted' || row.class === 'transactional') return null
  if (state === 'pending') return 'pending' as const
  return (row.defaults[channel] ?? silence) === 'refuse' ? ('no_consent' as const) : null
}
