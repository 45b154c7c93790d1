import type { AddressHasher } from '#modules/consents/server/address.ts'
import type { LinkTokens } from '#modules/consents/server/links/link-token.ts'
import type { GuessBudget, Mask, PersonIds, Recogniser } from '#modules/profiles/index.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import type { Clock } from '#platform/clock.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Log } from '#platform/log.ts'
import type { Database, Tx } from '#platform/pg/database.ts'
import type { ConfirmationSender } from '#slots/confirmation-sender.ts'
import type { ConsentListener } from '#slots/consent-listener.ts'
import type { PeopleWriter } from '#slots/people-writer.ts'

/** What consents need of people. */
export type PeopleOfConsents = {
  personIds: PersonIds
  recogniser: Pick<Recogniser, 'decide'>
  guesses: Pick<GuessBudget, 'ask' | 'askInBulk'>
  personNumber(ctx: WorkspaceCtx, publicId: string): Promise<number>
  personNumbers(
    ctx: WorkspaceCtx,
    publicIds: readonly string[],
    pathOf: (index: number) => string,
  ): Promise<number[]>
  mask(ctx: WorkspaceCtx): Promise<Mask>
  maskOfPerson(ctx: WorkspaceCtx, person: number): Promise<Mask>
  normaliser(tx: Tx, workspace: number): Promise<(kind: string, value: string) => string | undefined>
}

export type ConsentDeps = {
  database: Database
  ch: ClickHouse
  clock: Clock
  log: Log
  writer: PeopleWriter
  profiles: PeopleOfConsents
  audit: (
    tx: Tx,
    ctx: Pick<WorkspaceCtx, 'actor' | 'now' | 'workspace'>,
    note: { action: string; subject?: string | null; details?: Record<string, unknown> },
  ) => Promise<void>
  hash: AddressHasher
  tokens: LinkTokens
  listeners: readonly ConsentListener[]
  /** Who can bring confirmations to addresses, the preferred first. */
  senders: () => readonly ConfirmationSender[]
  /** Where public pages are, without a slash at the end. */
  baseUrl: string
}
