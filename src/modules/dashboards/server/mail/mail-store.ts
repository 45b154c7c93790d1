import { sql } from 'kysely'
import type { Filters } from '#modules/dashboards/contract/board.ts'
import type { BoardMail, Mailing } from '#modules/dashboards/contract/mails.ts'
import type { ActorName } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

export type MailRow = {
  id: string
  board_id: string
  board_name: string
  member_id: string
  created_by: string
  created_by_kind: ActorName['kind']
  members: string[]
  addresses: string[]
  every: BoardMail['every']
  day: number
  minute: number
  formats: BoardMail['formats']
  language: BoardMail['language']
  filters: Filters
  paused: BoardMail['paused']
  next_at: Date
}
export type NewMail = Omit<MailRow, 'board_name'>
export type MailContent = Pick<
  MailRow,
  'members' | 'addresses' | 'every' | 'day' | 'minute' | 'formats' | 'language' | 'filters' | 'next_at'
>

const mails = sql`
  select m.id, m.workspace_id, m.board_id, b.name as board_name, m.member_id, m.created_by, m.created_by_kind, m.members, m.addresses,
    m.every, m.day, m.minute, m.formats, m.language, m.filters, m.paused, m.next_at
  from dashboards.mail m
  join dashboards.board b on b.workspace_id = m.workspace_id and b.id = m.board_id`

export const mailsOfBoard = (tx: Tx, board: string): Promise<MailRow[]> =>
  tx.rows<MailRow>(sql`${mails} where m.workspace_id = ${tx.workspace} and m.board_id = ${board}
    order by m.created_at, m.id`)

/** Those that go out, for another time zone of the workspace. */
export const mailsGoingOut = (tx: Tx): Promise<MailRow[]> =>
  tx.rows<MailRow>(sql`${mails} where m.workspace_id = ${tx.workspace} and m.paused is null`)

/** Held until the transaction ends: changed, due and sent by hand do not overtake each other. */
export const findMail = (tx: Tx, id: string): Promise<MailRow | undefined> =>
  tx.row<MailRow>(sql`${mails} where m.workspace_id = ${tx.workspace} and m.id = ${id} for update of m`)

export const readMail = (tx: Tx, id: string): Promise<MailRow | undefined> =>
  tx.row<MailRow>(sql`${mails} where m.workspace_id = ${tx.workspace} and m.id = ${id}`)

export async function requireMail(tx: Tx, id: string): Promise<MailRow> {
  const row = await findMail(tx, id)
  if (!row) throw new AppError('board_mail.missing', 'missing', 'There is no such scheduled mail.')
  return row
}

export const insertMail = (tx: Tx, row: NewMail, now: number): Promise<number> =>
  tx.run(sql`
    insert into dashboards.mail (id, workspace_id, board_id, member_id, created_by, created_by_kind, members, addresses, every,
      day, minute, formats, language, filters, paused, next_at, created_at, updated_at)
    values (${row.id}, ${tx.workspace}, ${row.board_id}, ${row.member_id}, ${row.created_by}, ${row.created_by_kind},
      ${row.members}, ${row.addresses}, ${row.every}, ${row.day}, ${row.minute}, ${row.formats}, ${row.language},
      ${JSON.stringify(row.filters)}::jsonb, ${row.paused}, ${row.next_at}, ${new Date(now)}, ${new Date(now)})`)

export const updateMail = (tx: Tx, id: string, row: MailContent, now: number): Promise<number> =>
  tx.run(sql`
    update dashboards.mail set members = ${row.members}, addresses = ${row.addresses}, every = ${row.every}, day = ${row.day},
      minute = ${row.minute}, formats = ${row.formats}, language = ${row.language},
      filters = ${JSON.stringify(row.filters)}::jsonb, next_at = ${row.next_at}, updated_at = ${new Date(now)}
    where workspace_id = ${tx.workspace} and id = ${id}`)

export const setPaused = (tx: Tx, id: string, paused: MailRow['paused'], next: Date): Promise<number> =>
  tx.run(sql`update dashboards.mail set paused = ${paused}, next_at = ${next}
    where workspace_id = ${tx.workspace} and id = ${id}`)

export const setNext = (tx: Tx, id: string, next: Date): Promise<number> =>
  tx.run(
    sql`update dashboards.mail set next_at = ${next} where workspace_id = ${tx.workspace} and id = ${id}`,
  )

export const deleteMail = (tx: Tx, id: string): Promise<number> =>
  tx.run(sql`delete from dashboards.mail where workspace_id = ${tx.workspace} and id = ${id}`)

export type LeftRow = { mail_id: string; member_id: string; address: string; left_at: Date }

export const leftOf = (tx: Tx, mails: readonly string[]): Promise<LeftRow[]> =>
  tx.rows<LeftRow>(sql`
    select mail_id, member_id, address, left_at from dashboards.mail_left
    where workspace_id = ${tx.workspace} and mail_id = any(${mails}::text[])
    order by left_at desc, member_id, address`)

export type Receiver = Pick<LeftRow, 'member_id' | 'address'>

/** Off the list, also of a mailing that has not come to them yet; what then has no receiver is paused. */
export async function takeOff(
  tx: Tx,
  mail: string,
  { member_id, address }: Receiver,
  now: number,
): Promise<void> {
  await tx.run(sql`
    insert into dashboards.mail_left (workspace_id, mail_id, member_id, address, left_at)
    values (${tx.workspace}, ${mail}, ${member_id}, ${address}, ${new Date(now)}) on conflict do nothing`)
  await tx.run(sql`
    update dashboards.mail set members = array_remove(members, ${member_id}), addresses = array_remove(addresses, ${address})
    where workspace_id = ${tx.workspace} and id = ${mail}`)
  await tx.run(sql`
    update dashboards.mail set paused = 'by_hand'
    where workspace_id = ${tx.workspace} and id = ${mail} and paused is null
      and cardinality(members) + cardinality(addresses) = 0`)
  await tx.run(sql`
    update dashboards.mail_delivery d set state = 'refused', said = 'receiver_left'
    from dashboards.mailing m
    where d.workspace_id = ${tx.workspace} and m.workspace_id = d.workspace_id and m.id = d.mailing_id
      and m.mail_id = ${mail} and d.member_id = ${member_id} and d.address = ${address} and d.state = 'waiting'`)
}

/** Back onto the list, at its end. */
export async function putBack(tx: Tx, mail: string, { member_id, address }: Receiver): Promise<void> {
  const gone = await tx.run(sql`
    delete from dashboards.mail_left where workspace_id = ${tx.workspace} and mail_id = ${mail}
      and member_id = ${member_id} and address = ${address}`)
  if (gone === 0) return
  await tx.run(sql`
    update dashboards.mail set members = members || array_remove(array[${member_id}], ''),
      addresses = addresses || array_remove(array[${address}], '')
    where workspace_id = ${tx.workspace} and id = ${mail}`)
}

/** By its id alone: whoever opens a link of it has no workspace. Only for system work. */
export const findMailAnywhere = (
  tx: Tx,
  id: string,
): Promise<(MailRow & { workspace_id: number }) | undefined> =>
  tx.row<MailRow & { workspace_id: number }>(sql`${mails} where m.id = ${id} and b.deleted_at is null`)

/** Takes an address out of everything; what then has no receiver left is paused. */
export async function forgetAddresses(tx: Tx, addresses: readonly string[]): Promise<void> {
  const lower = addresses.map((one) => one.toLowerCase())
  await tx.run(sql`
    update dashboards.mail set addresses = kept.list,
      paused = case when paused is null and cardinality(kept.list) + cardinality(members) = 0 then 'by_hand' else paused end
    from (select m.id, coalesce(array_agg(a.one) filter (where not lower(a.one) = any(${lower}::text[])), '{}') as list
          from dashboards.mail m, unnest(m.addresses) a(one)
          where m.workspace_id = ${tx.workspace} group by m.id) kept
    where mail.workspace_id = ${tx.workspace} and mail.id = kept.id and cardinality(kept.list) < cardinality(addresses)`)
  await tx.run(sql`
    delete from dashboards.mail_left where workspace_id = ${tx.workspace} and lower(address) = any(${lower}::text[])`)
  await tx.run(sql`
    update dashboards.mail_delivery set address = '', said = null,
      state = case when state in ('waiting', 'sending') then 'refused' else state end
    where workspace_id = ${tx.workspace} and lower(address) = any(${lower}::text[])`)
}

export type MailingRow = {
  id: string
  mail_id: string
  trigger: Mailing['trigger']
  state: Mailing['state']
  code: string | null
  said: string | null
  started_at: Date
  finished_at: Date | null
}
const mailingColumns = sql`id, mail_id, trigger, state, code, said, started_at, finished_at`

/** The newest of each of these mails. */
export const lastMailings = (tx: Tx, ids: readonly string[]): Promise<MailingRow[]> =>
  tx.rows<MailingRow>(sql`
    select distinct on (mail_id) ${mailingColumns} from dashboards.mailing
    where workspace_id = ${tx.workspace} and mail_id = any(${ids}::text[])
    order by mail_id, started_at desc, id desc`)

export const readMailing = (tx: Tx, id: string): Promise<MailingRow | undefined> =>
  tx.row<MailingRow>(sql`select ${mailingColumns} from dashboards.mailing
    where workspace_id = ${tx.workspace} and id = ${id}`)

export const isRunning = async (tx: Tx, mail: string): Promise<boolean> =>
  (await tx.row(sql`select 1 from dashboards.mailing
    where workspace_id = ${tx.workspace} and mail_id = ${mail} and state = 'running'`)) !== undefined

export async function insertMailing(
  tx: Tx,
  row: Pick<MailingRow, 'id' | 'mail_id' | 'trigger'>,
  now: number,
): Promise<void> {
  await tx.run(sql`insert into dashboards.mailing (id, workspace_id, mail_id, trigger, state, started_at)
    values (${row.id}, ${tx.workspace}, ${row.mail_id}, ${row.trigger}, 'running', ${new Date(now)})`)
  // What went out is told for a year; who got it is not kept for longer than that.
  await tx.run(sql`delete from dashboards.mailing where workspace_id = ${tx.workspace} and mail_id = ${row.mail_id}
    and started_at < ${new Date(now - 366 * 86_400_000)}`)
}

type Ending = { state: Mailing['state']; code?: string | null; said?: string | null }
/** Once: what has ended stays as it ended. */
export const endMailing = (tx: Tx, id: string, { state, code, said }: Ending, now: number): Promise<number> =>
  tx.run(sql`
    update dashboards.mailing set state = ${state}, code = ${code ?? null}, said = ${said ?? null},
      finished_at = ${new Date(now)}
    where workspace_id = ${tx.workspace} and id = ${id} and state = 'running'`)

export type DeliveryRow = {
  mailing_id: string
  place: number
  member_id: string
  address: string
  state: 'waiting' | 'sending' | 'sent' | 'refused'
  maybe_twice: boolean
  said: string | null
}

export const deliveriesOf = (tx: Tx, mailings: readonly string[]): Promise<DeliveryRow[]> =>
  tx.rows<DeliveryRow>(sql`
    select mailing_id, place, member_id, address, state, maybe_twice, said from dashboards.mail_delivery
    where workspace_id = ${tx.workspace} and mailing_id = any(${mailings}::text[]) order by mailing_id, place`)

/** Receivers are those of the moment it begins; a second try finds them written. */
export const insertDeliveries = (tx: Tx, mailing: string, { members, addresses }: MailRow): Promise<number> =>
  tx.run(sql`
    insert into dashboards.mail_delivery (workspace_id, mailing_id, place, member_id, address, state)
    select ${tx.workspace}, ${mailing}, n, m, a, 'waiting'
    from unnest(${[...members, ...addresses.map(() => '')]}::text[], ${[...members.map(() => ''), ...addresses]}::text[])
      with ordinality r(m, a, n)
    on conflict do nothing`)

type Noted = Pick<DeliveryRow, 'state'> & { said?: string | null; maybeTwice?: boolean }
/** `maybe_twice` stays once it is set. */
export const noteDelivery = (tx: Tx, { mailing_id, place }: DeliveryRow, noted: Noted): Promise<number> =>
  tx.run(sql`
    update dashboards.mail_delivery set state = ${noted.state}, said = ${noted.said ?? null},
      maybe_twice = maybe_twice or ${noted.maybeTwice ?? false}
    where workspace_id = ${tx.workspace} and mailing_id = ${mailing_id} and place = ${place}`)
