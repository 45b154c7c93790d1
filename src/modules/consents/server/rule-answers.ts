import type { ConsentDeps } from '#modules/consents/server/consent-deps.ts'
import { readPolicy } from '#modules/consents/server/policy/policy-store.ts'
import { projectedPerson } from '#modules/consents/server/reach/person-consents.ts'
import { readReach } from '#modules/consents/server/reach/read-reach.ts'
import { readTopics } from '#modules/consents/server/topics/topic-store.ts'
import { type ConsentRules, packReach } from '#modules/rules/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { inWorkspace, type Tx } from '#platform/pg/database.ts'
import type { ChannelKind } from '#slots/channel-kind.ts'

/** What rules ask of consents: the topics there are and what silence means, and one person's answers. */
export type ConsentsForRules = {
  /** In any transaction. */
  rules(tx: Tx, workspace: number): Promise<ConsentRules>
  ofPerson(
    ctx: Pick<WorkspaceCtx, 'workspace'>,
    person: number,
  ): Promise<{ consents: string[]; reach: string[] }>
}

export function consentsForRules(deps: Pick<ConsentDeps, 'database' | 'hash' | 'clock'>): ConsentsForRules {
  return {
    rules: async (tx, workspace) => {
      const here = inWorkspace(tx, workspace)
      const topics = await readTopics(here)
      const { unknown_consent: silence } = await readPolicy(here)
      const byKey = new Map(topics.map((row) => [row.key, row]))
      return {
        classOf: (topic) => byKey.get(topic)?.class,
        allowsUnknown: (channel, topic) =>
          (byKey.get(topic)?.defaults[channel as ChannelKind] ?? silence) === 'allow',
        marketing: topics
          .filter((row) => row.class === 'marketing' && row.archived_at === null)
          .map((row) => row.key),
      }
    },
    ofPerson: (ctx, person) =>
      deps.database.read(ctx, async (tx) => {
        const projected = await projectedPerson(tx, person)
        const { reach, classes } = await readReach(tx, deps.hash, [projected], deps.clock.now())
        const { said = [], addresses = [] } = reach.get(person) ?? {}
        return packReach(said, addresses, classes)
      }),
  }
}
