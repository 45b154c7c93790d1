import { mailOfMembers } from '#modules/access/index.ts'
import type { BoardMail, Mailing } from '#modules/dashboards/contract/mails.ts'
import type { MailDeps } from '#modules/dashboards/server/mail/mail-deps.ts'
import {
  type DeliveryRow,
  deliveriesOf,
  lastMailings,
  leftOf,
  type MailingRow,
  type MailRow,
} from '#modules/dashboards/server/mail/mail-store.ts'
import { maskMail } from '#modules/profiles/index.ts'
import { sayActor, type WorkspaceCtx } from '#platform/context.ts'
import type { Tx } from '#platform/pg/database.ts'

const two = (n: number) => String(n).padStart(2, '0')

export async function presentMails(
  deps: Pick<MailDeps, 'access'>,
  tx: Tx,
  ctx: WorkspaceCtx,
  rows: readonly MailRow[],
): Promise<BoardMail[]> {
  const caller = await memberOf(deps, tx, ctx)
  const last = new Map(
    (
      await lastMailings(
        tx,
        rows.map(({ id }) => id),
      )
    ).map((one) => [one.mail_id, one]),
  )
  const deliveries = Map.groupBy(
    await deliveriesOf(
      tx,
      [...last.values()].map(({ id }) => id),
    ),
    (one) => one.mailing_id,
  )
  const left = Map.groupBy(
    await leftOf(
      tx,
      rows.map(({ id }) => id),
    ),
    (one) => one.mail_id,
  )
  const gone = [...left.values()].flat().map((one) => one.member_id)
  const asked = rows.flatMap(({ members }) => members)
  const refused = [...deliveries.values()].flat().map((one) => one.member_id)
  const found = await mailOfMembers(tx, [...asked, ...refused, ...gone])
  const names = new Map(found.map(({ id, name }) => [id, name]))
  return rows.map((row) => {
    const mailing = last.get(row.id)
    const mine = row.member_id === caller
    // An address may be a customer's. Whoever typed it knows it; others see it as they see people's.
    const isPlain = ctx.permissions.has('people:unmask') || (mine && ctx.actor.kind === 'member')
    const said = (address: string) => (isPlain ? address : maskMail(address))
    return {
      id: row.id,
      board: { id: row.board_id, name: row.board_name },
      maker: sayActor({ kind: row.created_by_kind, name: row.created_by }, ctx.language),
      mine,
      members: row.members.flatMap((id) => (names.has(id) ? [{ id, name: names.get(id) as string }] : [])),
      ...{ addresses: row.addresses.map(said), every: row.every, day: row.day },
      time: `${two(Math.floor(row.minute / 60))}:${two(row.minute % 60)}`,
      ...{ formats: row.formats, language: row.language, filters: row.filters, paused: row.paused },
      left: (left.get(row.id) ?? []).map((one) => ({
        receiver: one.member_id === '' ? said(one.address) : (names.get(one.member_id) ?? one.member_id),
        at: one.left_at.toISOString(),
      })),
      nextAt: row.paused === null ? row.next_at.toISOString() : null,
      last: mailing ? presentMailing(mailing, deliveries.get(mailing.id) ?? [], names, said) : null,
    }
  })
}

function presentMailing(
  { id, trigger, state, code, said, started_at, finished_at }: MailingRow,
  deliveries: readonly DeliveryRow[],
  names: ReadonlyMap<string, string>,
  sayAddress: (address: string) => string,
): Mailing {
  return {
    ...{ id, trigger, state, code, said },
    receivers: deliveries.length,
    sent: deliveries.filter((one) => one.state === 'sent').length,
    maybeTwice: deliveries.filter((one) => one.maybe_twice && one.state === 'sent').length,
    refused: deliveries
      .filter((one) => one.state === 'refused')
      .map((one) => ({
        receiver: names.get(one.member_id) ?? sayAddress(one.address),
        // What a mail server says may repeat the address.
        said:
          one.address === ''
            ? (one.said ?? '')
            : (one.said ?? '').replaceAll(one.address, sayAddress(one.address)),
      })),
    startedAt: started_at.toISOString(),
    finishedAt: finished_at?.toISOString() ?? null,
  }
}

/** The member a request is by, of a key its maker; what nobody is behind owns nothing. */
async function memberOf({ access }: Pick<MailDeps, 'access'>, tx: Tx, ctx: WorkspaceCtx): Promise<string> {
  return ctx.actor.kind === 'member' ? ctx.actor.memberId : access.memberBehind(tx, ctx)
}
