import type { NoticeDeps } from '#modules/notices/server/notice-deps.ts'
import type { EventHandler } from '#platform/jobs/subscriptions.ts'
import type { Notifier } from '#slots/notifier.ts'

/** Tells those who look after members that an invitation was accepted. */
export function joinedHandler(deps: Pick<NoticeDeps, 'database'>, notifier: Notifier): EventHandler {
  return {
    event: 'invitation.accepted',
    name: 'tell-members',
    handle: async (ctx, payload) => {
      const { invitation, member, name, role } = payload as Record<string, string>
      await deps.database.write(ctx, (tx) =>
        notifier.tell(tx, tx.workspace, {
          type: 'invitation.accepted',
          to: { permission: 'member:write' },
          except: member,
          facts: { name: name ?? '', role: role ?? '' },
          href: '/settings/members',
          key: String(invitation),
        }),
      )
    },
  }
}
