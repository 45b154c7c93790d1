import { sql } from 'kysely'
import { allPermissions, builtInRoles } from '#modules/access/permissions.ts'
import { type AccessDeps, forgetAnswers } from '#modules/access/server/access-deps.ts'
import { audit } from '#modules/access/server/audit/audit.ts'
import { insertApiKey } from '#modules/access/server/keys/api-key-store.ts'
import { insertWriteKey } from '#modules/access/server/keys/write-key-store.ts'
import {
  anyUser,
  findUserByEmail,
  insertUser,
  type UserRow,
} from '#modules/access/server/login/user-store.ts'
import { insertMember } from '#modules/access/server/members/member-store.ts'
import { insertRole } from '#modules/access/server/members/role-store.ts'
import { insertWorkspace, type NewWorkspaceRow } from '#modules/access/server/workspaces/workspace-store.ts'
import { systemCtx, type WorkspaceRef } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

export type NewWorkspace = {
  name: string
  timezone: string
  country?: string
  currency?: string
  /** An account (made when its mail address has none), or the id of an existing one. */
  owner: { email: string; password: string; name?: string; language?: 'en' | 'zh' } | { userId: string }
  /** Refuses unless nobody has an account yet. */
  onlyWhenEmpty?: boolean
  /** Default true: a management API key with every permission, in the owner's name. */
  withApiKey?: boolean
}
export type CreatedWorkspace = {
  workspace: WorkspaceRef
  workspaceId: string
  memberId: string
  userId: string
  writeKey: string
  /** '' when none was asked for. */
  apiKey: string
  /** `existing`: the mail address had an account, which keeps its password. */
  account: 'created' | 'existing'
}

type Owner = Pick<UserRow, 'id' | 'name' | 'email' | 'language'>

/** Creates a workspace with its roles, owner, first write key and API key, and what other modules seed. */
export async function createWorkspace(deps: AccessDeps, given: NewWorkspace): Promise<CreatedWorkspace> {
  // Hashed before the transaction: the lock below is held by nobody who computes.
  const hash = 'userId' in given.owner ? '' : await deps.passwords.hash(given.owner.password)
  const now = deps.clock.now()
  const created = await deps.database.system(async (tx) => {
    // One at a time over the instance: two first visitors cannot both find it empty.
    await tx.run(sql`select pg_advisory_xact_lock(hashtext('access.create_workspace'))`)
    if (given.onlyWhenEmpty && (await anyUser(tx)))
      throw new AppError(
        'access.already_set_up',
        'conflict',
        'Headwater is already set up here; log in instead.',
      )
    const owner = await ownerOf(tx, given.owner, hash, now)
    const workspace = await insertWorkspace(tx, settingsOf(given, now))
    return {
      ...(await furnish(deps, tx, workspace, owner.user, given.withApiKey ?? true, now)),
      account: owner.account,
    }
  })
  forgetAnswers(deps)
  return created
}

// Names somebody may change; until then they speak the owner's language.
const firstNames = {
  en: { source: 'Default source', key: 'First key' },
  zh: { source: '默认数据源', key: '首个密钥' },
}

const settingsOf = (given: NewWorkspace, now: number): NewWorkspaceRow => ({
  name: given.name,
  timezone: given.timezone,
  country: given.country ?? 'CN',
  currency: given.currency ?? 'CNY',
  now,
})

async function ownerOf(
  tx: Tx,
  owner: NewWorkspace['owner'],
  passwordHash: string,
  now: number,
): Promise<{ user: Owner; account: 'created' | 'existing' }> {
  const known =
    'userId' in owner
      ? await tx.row<UserRow>(sql`select * from access.app_user where id = ${owner.userId}`)
      : await findUserByEmail(tx, owner.email)
  if (known) return { user: known, account: 'existing' }
  if ('userId' in owner) throw new AppError('access.user_missing', 'missing', 'There is no such account.')
  const name = owner.name ?? owner.email.split('@')[0] ?? owner.email
  const user = await insertUser(tx, {
    email: owner.email,
    name,
    passwordHash,
    language: owner.language ?? 'en',
    now,
  })
  return { user, account: 'created' }
}

async function furnish(
  deps: AccessDeps,
  tx: Tx,
  workspace: WorkspaceRef,
  user: Owner,
  withApiKey: boolean,
  now: number,
) {
  const ws = workspace.num
  let ownerRole = ''
  for (const [builtin, role] of Object.entries(builtInRoles)) {
    const id = await insertRole(tx, ws, {
      builtin,
      name: role.name.en,
      permissions: [],
      scope: role.scope,
      now,
    })
    if (builtin === 'owner') ownerRole = id
  }
  const memberId = await insertMember(tx, ws, {
    userId: user.id,
    name: user.name,
    email: user.email,
    roleId: ownerRole,
    departmentId: null,
    now,
  })
  const writeKey = await insertWriteKey(tx, ws, { name: firstNames[user.language].source, kind: 'web', now })
  const key = withApiKey
    ? await insertApiKey(tx, ws, {
        name: firstNames[user.language].key,
        permissions: allPermissions,
        memberId,
        expiresAt: null,
        now,
      })
    : undefined
  for (const seed of deps.seeds ?? []) await seed(tx, workspace)
  const ctx = {
    ...systemCtx(workspace, now, 'workspace set-up'),
    actor: { kind: 'user' as const, userId: user.id, name: user.name },
  }
  await audit(deps, tx, ctx, {
    action: 'workspace.created',
    subject: workspace.id,
    details: { owner: memberId },
  })
  return {
    workspace,
    workspaceId: workspace.id,
    memberId,
    userId: user.id,
    writeKey: writeKey.key,
    apiKey: key?.secret ?? '',
  }
}
