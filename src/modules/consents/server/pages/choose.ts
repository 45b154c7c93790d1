import { z } from 'zod'
import type { ConsentSource, Proof } from '#modules/consents/contract/shapes.ts'
import type { ConsentDeps } from '#modules/consents/server/consent-deps.ts'
import { recordStatements, type Statement } from '#modules/consents/server/log/record.ts'
import { refuseAddress } from '#modules/consents/server/log/refuse-address.ts'
import type { OpenedLink } from '#modules/consents/server/pages/open-link.ts'
import type { PageLanguage } from '#modules/consents/server/pages/page-words.ts'
import { type Choices, caps, switchName, topicName } from '#modules/consents/server/pages/render-pages.ts'
import { writeCap } from '#modules/consents/server/policy/person-cap.ts'
import { consentsOf, projectedPerson } from '#modules/consents/server/reach/person-consents.ts'
import { loadClasses, readTopics, type TopicRow } from '#modules/consents/server/topics/topic-store.ts'
import type { Tx } from '#platform/pg/database.ts'
import { type ChannelKind, channelKinds } from '#slots/channel-kind.ts'

/** Where and how a choice was made; goes into its proof. */
export type Circumstance = { ip: string; userAgent: string; language: PageLanguage }

const many = z.preprocess(
  (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
  z.array(z.string().max(80)).max(700),
)
const Often = z.enum(['normal', 'weekly', 'monthly'])
export const ChoiceForm = z.object({
  action: z.enum(['save', 'all']).default('save'),
  lang: z.enum(['zh', 'en']).optional(),
  shown: many,
  was: many,
  on: many,
  often: Often.optional(),
  oftenWas: Often.optional(),
})
export type ChoiceForm = z.infer<typeof ChoiceForm>

/** What the page shows: topics in use, and channels on which there is an address, the link's own in any case. */
export async function readChoices(
  deps: Pick<ConsentDeps, 'hash'>,
  tx: Tx,
  { claims, ctx }: OpenedLink,
  person: number,
): Promise<Choices> {
  const topics = (await readTopics(tx)).filter((row) => row.archived_at === null)
  const known = await consentsOf(deps, tx, ctx.now, person)
  const channels = known.channels.filter((one) => one.addresses > 0 || one.channel === claims.channel)
  const often = (['weekly', 'monthly'] as const).find(
    (one) => known.cap?.messages === caps[one].messages && known.cap.days === caps[one].days,
  )
  return { topics, channels, often: often ?? 'normal' }
}

/** Takes in what was moved on the page, or ends all marketing by every channel there is. */
export function saveChoices(
  deps: Pick<ConsentDeps, 'database' | 'hash' | 'listeners'>,
  link: OpenedLink,
  person: number,
  form: ChoiceForm,
  at: Circumstance,
): Promise<void> {
  return deps.database.write(link.ctx, async (tx) => {
    const topics = await readTopics(tx)
    const statements =
      form.action === 'all'
        ? channelKinds.map((channel) => statement(link, person, at, { channel, topic: '', state: 'denied' }))
        : movedSwitches(form, topics).map((one) => statement(link, person, at, one, topics))
    await recordStatements(deps, tx, statements)
    const isMoved = form.often !== undefined && form.often !== form.oftenWas
    if (form.action === 'all' || form.often === undefined || !isMoved) return
    const { home } = await projectedPerson(tx, person)
    await writeCap(tx, { root: person, home }, caps[form.often], link.ctx.now)
  })
}

type Switch = { channel: ChannelKind; topic: string; state: 'granted' | 'denied' }

function movedSwitches(form: ChoiceForm, topics: readonly TopicRow[]): Switch[] {
  const [was, on] = [new Set(form.was), new Set(form.on)]
  const shown = new Set(form.shown)
  return topics
    .filter((row) => row.class === 'marketing' && row.archived_at === null)
    .flatMap(({ key }) =>
      channelKinds.flatMap((channel): Switch[] => {
        const name = switchName(channel, key)
        if (!shown.has(name) || was.has(name) === on.has(name)) return []
        return [{ channel, topic: key, state: on.has(name) ? 'granted' : 'denied' }]
      }),
    )
}

function statement(
  { claims, ctx }: OpenedLink,
  person: number,
  { ip, userAgent, language }: Circumstance,
  said: Omit<Switch, 'state'> & { state: Statement['state'] },
  topics: readonly TopicRow[] = [],
  source: ConsentSource = 'preference_page',
): Statement {
  const row = topics.find((one) => one.key === said.topic)
  const about = row && (language === 'zh' ? row.description_zh : row.description_en)
  const text: Proof = row ? { text: [topicName(row, language), about].filter(Boolean).join(' — ') } : {}
  return {
    ...said,
    ...{ person, source, at: ctx.now },
    // Only for the channel it was sent by does the link show that they have the address.
    ...(said.channel === claims.channel ? { from: claims.address.toString('hex') } : {}),
    proof: { page: source, ...text, ip, user_agent: userAgent.slice(0, 300), language },
    by: { kind: 'system', name: source },
  }
}

/** RFC 8058: what the link is about ends, whoever of several has the address. */
export function unsubscribe(
  deps: Pick<ConsentDeps, 'database' | 'hash' | 'listeners'>,
  link: OpenedLink,
  at: Circumstance,
): Promise<void> {
  const { claims, ctx, person } = link
  return deps.database.write(ctx, async (tx) => {
    const known = (await loadClasses(tx))(claims.topic)
    const topic = known === undefined ? '' : claims.topic
    if (person === undefined) {
      await refuseAddress(tx, { ...claims, topic, at: ctx.now })
      return
    }
    const topics = await readTopics(tx)
    const said = { channel: claims.channel, topic, state: 'denied' as const }
    await recordStatements(deps, tx, [statement(link, person, at, said, topics, 'one_click')])
  })
}

/** What waited for its confirmation is granted. */
export function confirm(
  deps: Pick<ConsentDeps, 'database' | 'hash' | 'listeners'>,
  link: OpenedLink,
  person: number,
  at: Circumstance,
): Promise<void> {
  const { claims, ctx } = link
  return deps.database.write(ctx, async (tx) => {
    const said = { channel: claims.channel, topic: claims.topic, state: 'granted' as const }
    const topics = await readTopics(tx)
    await recordStatements(deps, tx, [statement(link, person, at, said, topics, 'double_opt_in')])
  })
}
