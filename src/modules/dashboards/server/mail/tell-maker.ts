import type { MailDeps } from '#modules/dashboards/server/mail/mail-deps.ts'
import type { MailRow } from '#modules/dashboards/server/mail/mail-store.ts'
import type { Tx } from '#platform/pg/database.ts'

const page = ({ board_id }: MailRow) => `/dashboards/${encodeURIComponent(board_id)}?mail=true`

/** A mailing did not reach everybody; once for each. */
export const tellFailed = (
  deps: Pick<MailDeps, 'notifier'>,
  tx: Tx,
  mail: MailRow,
  mailing: string,
  code: string,
): Promise<void> =>
  deps.notifier.tell(tx, tx.workspace, {
    type: 'board_mail.failed',
    to: { member: mail.member_id },
    facts: { name: mail.board_name, code },
    href: page(mail),
    key: mailing,
  })

/** It goes out no more, because its maker lost a right it needs. */
export const tellPaused = (deps: Pick<MailDeps, 'notifier'>, tx: Tx, mail: MailRow): Promise<void> =>
  deps.notifier.tell(tx, tx.workspace, {
    type: 'board_mail.paused',
    to: { member: mail.member_id },
    facts: { name: mail.board_name },
    href: page(mail),
  })
