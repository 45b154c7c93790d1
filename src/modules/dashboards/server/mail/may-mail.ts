import type { MemberStanding } from '#modules/access/index.ts'
import { AppError } from '#platform/errors.ts'

const needed = ['dashboard:read', 'dashboard:write', 'analytics:read'] as const

type Rights = Pick<MemberStanding, 'permissions'>

/** Whether a member may, now, mail boards to these: to others than members only who may share by link. */
export const mayMail = (maker: Rights, addresses: readonly string[]): boolean =>
  needed.every((one) => maker.permissions.has(one)) &&
  (addresses.length === 0 || maker.permissions.has('dashboard:share'))

export function refuseOutside(maker: Rights, addresses: readonly string[]): void {
  if (addresses.length > 0 && !maker.permissions.has('dashboard:share'))
    throw new AppError(
      'board_mail.outside_denied',
      'denied',
      'Mail to addresses outside of the workspace needs the right to share boards.',
      { details: { permission: 'dashboard:share' } },
    )
}
