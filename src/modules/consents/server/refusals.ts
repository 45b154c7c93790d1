import { sql } from 'kysely'
import type { Refusal } from '#modules/consents/contract/shapes.ts'
import { type AddressHasher, bucketsOf } from '#modules/consents/server/address.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'
import type { ChannelKind } from '#slots/channel-kind.ts'

export type Asked = {
  channel: ChannelKind
  /** Key of a topic. */
  topic: string
  /** `hash`, where the caller has it: it is the same that `addressHash` answers. */
  people: readonly { person: number; address: string; hash?: Buffer }[]
}

/**
 * Why each person may not be sent to on a channel and topic; a person without an entry may be. One round trip, inside the
 * transaction that claims the messages: from here to its end no consent of these people and addresses changes. What was
 * committed before is seen, what comes later waits.
 */
export async function refusals(
  hash: AddressHasher,
  tx: Tx,
  ctx: Pick<WorkspaceCtx, 'workspace' | 'now'>,
  { channel, topic, people }: Asked,
): Promise<Map<number, Refusal>> {
  if (people.length === 0) return new Map()
  const workspace = ctx.workspace.num
  const persons = people.map((one) => one.person)
  const addresses = people.map((one) => one.hash ?? hash(workspace, one.address))
  try {
    const rows = await tx.rows<{ person: number; reason: Refusal }>(sql`
      select person, reason from consents.refusals(${workspace}, ${channel}, ${topic}, ${new Date(ctx.now)},
        ${persons}::bigint[], ${addresses}::bytea[], ${bucketsOf(addresses, persons)}::int[])`)
    return new Map(rows.map((row) => [row.person, row.reason]))
  } catch (error) {
    if ((error as { code?: string }).code !== 'P0002') throw error
    throw new AppError('consent.topic_missing', 'invalid', `There is no topic "${topic}".`, { cause: error })
  }
}
