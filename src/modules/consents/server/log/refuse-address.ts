import { sql } from 'kysely'
import { bucketsOf } from '#modules/consents/server/address.ts'
import { ownBuckets } from '#modules/consents/server/log/standing-store.ts'
import type { Tx } from '#platform/pg/database.ts'
import type { ChannelKind } from '#slots/channel-kind.ts'

export type AddressRefusal = {
  address: Buffer
  channel: ChannelKind
  /** '' is all marketing. */
  topic: string
  /** Number of who was written to; nobody now. */
  person: number
  at: number
}

/** A refusal of somebody who is nobody any more: it holds for whoever has the address, now or later. */
export async function refuseAddress(
  tx: Tx,
  { address, channel, topic, person, at }: AddressRefusal,
): Promise<void> {
  await ownBuckets(tx, bucketsOf([address], [person]))
  await tx.run(sql`
    insert into consents.address_refusal (workspace_id, address, channel, topic, unit, at)
    values (${tx.workspace}, ${address}, ${channel}, ${topic}, ${person}, ${new Date(at)})
    on conflict (workspace_id, address, channel, topic, unit) do update set except_topics = '{}', at = excluded.at`)
}
