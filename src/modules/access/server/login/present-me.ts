import type { Me, User } from '#modules/access/contract.ts'
import type { Identity, Membership } from '#modules/access/server/authenticate/load-identity.ts'
import type { UserRow } from '#modules/access/server/login/user-store.ts'

export const presentUser = (row: UserRow): User => ({
  id: row.id,
  email: row.email,
  name: row.name,
  language: row.language,
  theme: row.theme,
  timezone: row.timezone,
})

export function presentMe(identity: Identity): Me {
  const { user, standing, memberships } = identity
  const at = standing?.membership
  return {
    user: user ? presentUser(user) : null,
    workspaces: memberships.map((one) => ({
      id: one.workspace_id,
      name: one.workspace_name,
      role: one.role_name,
    })),
    workspace: at ? presentPlace(at) : null,
    memberId: at?.member_id ?? null,
    role: at ? { name: at.role_name, builtin: at.role_builtin } : null,
    permissions: [...(standing?.permissions ?? [])],
    seesAll: standing?.scope.all ?? false,
  }
}

const presentPlace = (at: Membership): NonNullable<Me['workspace']> => ({
  id: at.workspace_id,
  name: at.workspace_name,
  timezone: at.timezone,
  country: at.country,
  currency: at.currency,
  createdAt: at.workspace_created_at.toISOString(),
})
