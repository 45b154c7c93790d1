import { findAlert } from '#modules/alerts/server/alert-store.ts'
import type { AlertsDeps } from '#modules/alerts/server/alerts-deps.ts'
import { writeLetter } from '#modules/alerts/server/tell/letter.ts'
import { noteSent, readLetter } from '#modules/alerts/server/tell/letter-store.ts'
import type { JobKind } from '#platform/jobs/worker.ts'

export const mailKind = 'alerts:mail'

/**
 * Sends one letter. One that is noted as sent is not sent again; whoever is killed between sending and noting sends the same
 * message with the same id.
 */
export function mailJob(deps: AlertsDeps): JobKind {
  return {
    kind: mailKind,
    run: async ({ ctx, payload, signal }) => {
      const place = {
        alert: String(payload.alertId),
        key: String(payload.key),
        member: String(payload.memberId),
      }
      const { letter, alert } = await deps.database.read(ctx, async (tx) => ({
        letter: await readLetter(tx, place),
        alert: await findAlert(tx, place.alert),
      }))
      // Paused or deleted since: nobody wants to hear of it.
      if (!letter || letter.sent_at !== null || !alert) return
      const [mailbox] = await deps.access.mailboxesOf(ctx.workspace.num, [place.member])
      const standing = await deps.access.standingOf(ctx.workspace.num, place.member)
      if (!mailbox || !standing) return
      const message = writeLetter({
        ...{ change: letter.change, alert, workspace: standing.workspaceName, zone: ctx.workspace.timezone },
        ...{ baseUrl: deps.baseUrl, language: mailbox.language },
      })
      const messageKey = `${place.key}.${place.member}`
      await deps.mailer.sendMail({ to: [mailbox.address], ...message, messageKey }, signal)
      await deps.database.write(ctx, (tx) => noteSent(tx, place, deps.clock.now()))
    },
  }
}
