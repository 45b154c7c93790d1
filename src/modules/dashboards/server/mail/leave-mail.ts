import type { FastifyRequest } from 'fastify'
import { type MemberStanding, mailOfMembers } from '#modules/access/index.ts'
import type { MailLeaving } from '#modules/dashboards/contract/mails.ts'
import { asksPerAddress } from '#modules/dashboards/server/links/link-rates.ts'
import { numbersCtx } from '#modules/dashboards/server/links/numbers-ctx.ts'
import type { MailDeps } from '#modules/dashboards/server/mail/mail-deps.ts'
import {
  findMailAnywhere,
  leftOf,
  type MailRow,
  putBack,
  type Receiver,
  takeOff,
} from '#modules/dashboards/server/mail/mail-store.ts'
import { maskMail } from '#modules/profiles/index.ts'
import type { Ctx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { OpenRate } from '#platform/http/open-rate.ts'
import type { Tx } from '#platform/pg/database.ts'

type Deps = MailDeps & { rate: OpenRate }
type Asker = { ctx: Ctx; request: FastifyRequest }

/** What the token of a receiver is made of: the same for every mailing, so that a link in an old mail works. */
export const receiverKey = ({ member_id, address }: Receiver): string =>
  member_id === '' ? `address ${address.toLowerCase()}` : `member ${member_id}`

export const receiversOf = ({ members, addresses }: Pick<MailRow, 'members' | 'addresses'>): Receiver[] => [
  ...members.map((member_id) => ({ member_id, address: '' })),
  ...addresses.map((address) => ({ member_id: '', address })),
]

/** Looking changes nothing: mail scanners open every link they see. */
export async function readLeaving(deps: Deps, asker: Asker, token: string): Promise<MailLeaving> {
  const { mail, maker, ctx } = await enter(deps, asker, token)
  return deps.database.read(ctx, async (tx) =>
    present(tx, mail, maker, await receiverOf(deps, tx, mail, token)),
  )
}

/** Done twice it is done once: mail programs send their form as often as they like. */
export async function leaveMail(
  deps: Deps,
  asker: Asker,
  token: string,
  again: boolean,
): Promise<MailLeaving> {
  const { mail, maker, ctx } = await enter(deps, asker, token)
  return deps.database.write({ workspace: ctx.workspace }, async (tx) => {
    const one = await receiverOf(deps, tx, mail, token)
    if (one.gets !== again) {
      if (again) await putBack(tx, mail.id, one)
      else await takeOff(tx, mail.id, one, deps.clock.now())
      const details = { mail: mail.id, name: mail.board_name }
      const action = again ? 'board_mail.receiver_back' : 'board_mail.receiver_left'
      await deps.audit(tx, ctx, { action, subject: mail.board_id, details })
    }
    return present(tx, mail, maker, { ...one, gets: again })
  })
}

type Standing = Receiver & { gets: boolean }

async function enter(deps: Deps, { ctx, request }: Asker, token: string) {
  deps.rate.count(`leaves ${request.ip}`, asksPerAddress)
  const said = deps.signer.readLeave(token)
  const mail = said && (await deps.database.system((tx) => findMailAnywhere(tx, said.mail)))
  // Without its maker it goes out to nobody.
  const maker = mail && (await deps.access.standingOf(mail.workspace_id, mail.member_id))
  if (!mail || !maker) throw noSuchMail()
  return { mail, maker, ctx: numbersCtx(ctx, `receiver of board mail ${mail.id}`, maker) }
}

/** Whose link it is, of those who get the mail and those who left it; anybody else's is no link. */
async function receiverOf(deps: Deps, tx: Tx, mail: MailRow, token: string): Promise<Standing> {
  const said = deps.signer.readLeave(token)
  const getting = receiversOf(mail).map((one) => ({ ...one, gets: true }))
  const left = (await leftOf(tx, [mail.id])).map((one) => ({ ...one, gets: false }))
  const found = [...getting, ...left].find((one) => said?.isOf(receiverKey(one)))
  if (!found) throw noSuchMail()
  return found
}

async function present(
  tx: Tx,
  mail: MailRow,
  maker: MemberStanding,
  { member_id, address, gets }: Standing,
): Promise<MailLeaving> {
  const [member] = member_id === '' ? [] : await mailOfMembers(tx, [member_id])
  return {
    ...{ board: mail.board_name, workspace: maker.workspaceName },
    receiver: maskMail(member?.email ?? address),
    gets,
  }
}

const noSuchMail = () =>
  new AppError(
    'board_mail.missing',
    'missing',
    'There is no such scheduled mail, or you are on its list no more.',
  )
