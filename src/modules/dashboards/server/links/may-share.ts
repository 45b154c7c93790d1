import type { MemberStanding } from '#modules/access/index.ts'

const needed = ['dashboard:read', 'dashboard:share', 'analytics:read'] as const

/** Whether a member may, now, show boards to whoever has a link. */
export const mayShare = (maker: MemberStanding | undefined): maker is MemberStanding =>
  maker !== undefined && needed.every((permission) => maker.permissions.has(permission))
