import type { z } from 'zod'
import type { NewTopic, Topic, TopicChange } from '#modules/consents/contract/shapes.ts'
import type { ConsentDeps } from '#modules/consents/server/consent-deps.ts'
import {
  presentTopic,
  readTopics,
  saveTopic,
  type TopicRow,
} from '#modules/consents/server/topics/topic-store.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

type Deps = Pick<ConsentDeps, 'database' | 'audit'>
// A page with more switches is a page nobody reads.
const mostTopics = 50

export async function listTopics(deps: Deps, ctx: WorkspaceCtx): Promise<{ items: Topic[] }> {
  return { items: (await deps.database.read(ctx, readTopics)).map(presentTopic) }
}

export function createTopic(deps: Deps, ctx: WorkspaceCtx, given: z.output<typeof NewTopic>): Promise<Topic> {
  return deps.database.write(ctx, async (tx) => {
    const all = await readTopics(tx)
    if (all.some((row) => row.key === given.key))
      throw new AppError('consent.topic_taken', 'conflict', 'There is a topic of this key.')
    if (all.length >= mostTopics)
      throw new AppError(
        'consent.too_many_topics',
        'invalid',
        `A workspace has ${mostTopics} topics at most.`,
      )
    const row: TopicRow = {
      key: given.key,
      class: given.class,
      ...columnsOf(given),
      defaults: given.defaults,
      place: Math.max(-1, ...all.map((one) => one.place)) + 1,
      created_at: new Date(ctx.now),
      archived_at: null,
    }
    await saveTopic(tx, row)
    await noteChange(deps, tx, ctx, 'consent_topic.created', row)
    return presentTopic(row)
  })
}

export function changeTopic(
  deps: Deps,
  ctx: WorkspaceCtx,
  key: string,
  change: z.output<typeof TopicChange>,
): Promise<Topic> {
  return deps.database.write(ctx, async (tx) => {
    const all = await readTopics(tx)
    const known = all.find((row) => row.key === key)
    if (!known) throw new AppError('consent.topic_missing', 'missing', 'There is no such topic.')
    const archived = change.archived ?? known.archived_at !== null
    const row: TopicRow = {
      ...known,
      ...columnsOf({ name: change.name, description: change.description }),
      defaults: change.defaults ?? known.defaults,
      archived_at: archived ? (known.archived_at ?? new Date(ctx.now)) : null,
    }
    if (change.place === undefined) await saveTopic(tx, row)
    else {
      const others = all.filter((one) => one.key !== key)
      const ordered = others.toSpliced(change.place, 0, row)
      for (const [place, one] of ordered.entries()) await saveTopic(tx, { ...one, place })
    }
    await noteChange(deps, tx, ctx, 'consent_topic.changed', row)
    return presentTopic(row)
  })
}

/** Topics give rules their meaning: who is reachable may be others now. */
async function noteChange(
  deps: Deps,
  tx: Tx,
  ctx: WorkspaceCtx,
  action: string,
  row: TopicRow,
): Promise<void> {
  const details = {
    key: row.key,
    class: row.class,
    defaults: row.defaults,
    archived: row.archived_at !== null,
  }
  await deps.audit(tx, ctx, { action, subject: row.key, details })
  await tx.emit('consent.rules_changed', {})
}

type Words = {
  name?: Topic['name'] | undefined
  description?: Topic['description'] | undefined
}

function columnsOf<T extends Words>({ name, description }: T) {
  return {
    ...(name ? { name_zh: name.zh, name_en: name.en } : {}),
    ...(description ? { description_zh: description.zh, description_en: description.en } : {}),
  } as T extends { name: Topic['name']; description: Topic['description'] }
    ? Pick<TopicRow, 'name_zh' | 'name_en' | 'description_zh' | 'description_en'>
    : Partial<TopicRow>
}
