import { sql } from 'kysely'
import type { ScopeKind } from '#modules/access/permissions.ts'
import { permissionsOf } from '#modules/access/permissions.ts'
import type { AccessDeps } from '#modules/access/server/access-deps.ts'
import { loadScope } from '#modules/access/server/authenticate/load-scope.ts'
import { type KeyLimits, narrower } from '#modules/access/server/keys/key-limits.ts'
import { hashOfToken } from '#modules/access/server/login/secret-token.ts'
import { alive, touchSession } from '#modules/access/server/login/session-store.ts'
import { findUser, type UserRow } from '#modules/access/server/login/user-store.ts'
import type { DataScope, WorkspaceRef } from '#platform/context.ts'
import type { Tx } from '#platform/pg/database.ts'

/** One membership of a user, or the workspace of a key, with the role as it is now. */
export type Membership = {
  num: number
  workspace_id: string
  workspace_name: string
  timezone: string
  country: string
  currency: string
  workspace_created_at: Date
  member_id: string
  member_name: string
  department_id: string | null
  role_name: string
  role_builtin: string | null
  role_permissions: string[]
  role_scope: ScopeKind
}
/** Where somebody stands: the chosen workspace with its rights and rows. */
export type Standing = { membership: Membership; permissions: ReadonlySet<string>; scope: DataScope }
export type Identity = {
  user?: UserRow
  sessionId?: string
  key?: { id: string; name: string } & KeyLimits
  memberships: Membership[]
  standing?: Standing
}

// Enough for "last seen"; a write per request would cost more than it tells.
const touchMs = 60_000

/** Who holds this session token, standing in the wanted workspace (else in the session's). */
export async function loadSession(
  deps: AccessDeps,
  token: string,
  wanted: string,
): Promise<Identity | undefined> {
  const now = deps.clock.now()
  return deps.database.system(async (tx) => {
    const session = await tx.row<{
      id: string
      user_id: string
      workspace_id: number | null
      last_seen_at: Date
    }>(sql`
      select id, user_id, workspace_id, last_seen_at from access.session
      where token_hash = ${hashOfToken(token)} and ${alive(now)}`)
    if (!session) return undefined
    const user = await findUser(tx, session.user_id)
    if (user?.status !== 'active') return undefined
    if (now - session.last_seen_at.getTime() > touchMs) await touchSession(tx, session.id, now)
    const memberships = await listMemberships(tx, user.id)
    const here = memberships.find((at) =>
      wanted ? at.workspace_id === wanted : at.num === session.workspace_id,
    )
    const standing = here && (await standIn(tx, here))
    return { user, sessionId: session.id, memberships, ...(standing && { standing }) }
  })
}

type KeyRow = {
  id: string
  name: string
  workspace_id: number
  member_id: string
  permissions: string[]
  last_used_at: Date | null
  scope: ScopeKind | null
  per_minute: number
  allowed_ips: string[] | null
}

/** Who holds this API key: never more than its maker may now. */
export async function loadApiKey(deps: AccessDeps, secret: string): Promise<Identity | undefined> {
  const now = deps.clock.now()
  return deps.database.system(async (tx) => {
    const key = await tx.row<KeyRow>(sql`
      select id, name, workspace_id, member_id, permissions, last_used_at, scope, per_minute, allowed_ips
      from access.api_key
      where key_hash = ${hashOfToken(secret)} and revoked_at is null
        and (expires_at is null or expires_at > ${new Date(now)})`)
    if (!key) return undefined
    const maker = await tx.row<Membership>(
      sql`${memberships} and m.workspace_id = ${key.workspace_id} and m.id = ${key.member_id}`,
    )
    if (!maker) return undefined
    if (now - (key.last_used_at?.getTime() ?? 0) > touchMs)
      await tx.run(sql`update access.api_key set last_used_at = ${new Date(now)}
        where workspace_id = ${key.workspace_id} and id = ${key.id}`)
    const standing = await standIn(tx, { ...maker, role_scope: narrower(maker.role_scope, key.scope) })
    const rights = new Set(key.permissions.filter((name) => standing.permissions.has(name)))
    return {
      key: { id: key.id, name: key.name, perMinute: key.per_minute, allowedIps: key.allowed_ips },
      memberships: [maker],
      standing: { ...standing, permissions: rights },
    }
  })
}

const memberships = sql`
  select w.num, w.id as workspace_id, w.name as workspace_name, w.timezone, w.country, w.currency,
    w.created_at as workspace_created_at, m.id as member_id, m.name as member_name, m.department_id,
    r.name as role_name, r.builtin as role_builtin, r.permissions as role_permissions, r.scope as role_scope
  from access.member m
  join platform.workspace w on w.num = m.workspace_id
  join access.role r on r.workspace_id = m.workspace_id and r.id = m.role_id
  join access.app_user u on u.id = m.user_id
  where m.status = 'active' and u.status = 'active'`

/** Workspaces a user is an active member of, oldest first. */
export const listMemberships = (tx: Tx, userId: string) =>
  tx.rows<Membership>(sql`${memberships} and m.user_id = ${userId} order by w.num`)

/** A member with the rights and rows of now; undefined when they are disabled or gone. */
export type MemberStanding = Omit<Standing, 'membership'> & {
  name: string
  workspace: WorkspaceRef
  workspaceName: string
}

/** Somebody's standing without their asking: for what they left behind that acts with their rights. */
export async function loadStanding(
  deps: Pick<AccessDeps, 'database'>,
  workspace: number,
  memberId: string,
): Promise<MemberStanding | undefined> {
  return deps.database.system(async (tx) => {
    const row = await tx.row<Membership>(
      sql`${memberships} and m.workspace_id = ${workspace} and m.id = ${memberId}`,
    )
    if (!row) return undefined
    const { permissions, scope } = await standIn(tx, row)
    return {
      ...{ permissions, scope, name: row.member_name, workspaceName: row.workspace_name },
      workspace: { num: row.num, id: row.workspace_id, timezone: row.timezone },
    }
  })
}

async function standIn(tx: Tx, membership: Membership): Promise<Standing> {
  const role = { builtin: membership.role_builtin, permissions: membership.role_permissions }
  return { membership, permissions: new Set(permissionsOf(role)), scope: await loadScope(tx, membership) }
}
