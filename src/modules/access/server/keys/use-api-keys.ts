import type { Permission, ScopeKind } from '#modules/access/permissions.ts'
import { type AccessDeps, forgetAnswers } from '#modules/access/server/access-deps.ts'
import { audit } from '#modules/access/server/audit/audit.ts'
import { actingMember } from '#modules/access/server/keys/acting-member.ts'
import {
  type ApiKeyRow,
  insertApiKey,
  listApiKeyRows,
  readApiKey,
  revokeApiKeyRow,
} from '#modules/access/server/keys/api-key-store.ts'
import { isAddressRange, narrower } from '#modules/access/server/keys/key-limits.ts'
import { afterOf, pageByTime } from '#modules/access/server/keys/page-by-time.ts'
import { refuseMorePermissions } from '#modules/access/server/members/refuse-escalation.ts'
import { sayActor, type WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { PageQuery } from '#platform/http/define-routes.ts'
import type { Tx } from '#platform/pg/database.ts'

export async function listApiKeys(deps: AccessDeps, ctx: WorkspaceCtx, query: PageQuery) {
  const rows = await deps.database.read(ctx, (tx) => listApiKeyRows(tx, query.limit + 1, afterOf(query)))
  return pageByTime(rows, query.limit, (row) => presentApiKey(row, ctx.language))
}

export type NewApiKeyInput = {
  name: string
  permissions?: Permission[] | undefined
  expiresAt: string | null
  scope: ScopeKind | null
  perMinute: number
  allowedIps: string[] | null
}

/** Makes a key in the maker's name; without a list it may do what the maker may. */
export async function createApiKey(deps: AccessDeps, ctx: WorkspaceCtx, input: NewApiKeyInput) {
  const permissions = input.permissions ?? [...ctx.permissions]
  refuseMorePermissions(ctx, permissions)
  refuseBadAddresses(input.allowedIps)
  const expiresAt = input.expiresAt === null ? null : new Date(input.expiresAt)
  return deps.database.write(ctx, async (tx) => {
    const memberId = await actingMember(tx, ctx)
    const held = await heldBy(tx, ctx, input)
    const key = await insertApiKey(tx, tx.workspace, {
      name: input.name,
      permissions,
      memberId,
      madeByKey: ctx.actor.kind === 'api_key' ? ctx.actor.name : null,
      expiresAt,
      ...held,
      now: ctx.now,
    })
    await audit(deps, tx, ctx, {
      action: 'api_key.created',
      subject: key.id,
      details: { permissions, expiresAt, ...held },
    })
    const row = (await readApiKey(tx, key.id)) as ApiKeyRow
    return { ...presentApiKey(row, ctx.language), secret: key.secret }
  })
}

export async function revokeApiKey(deps: AccessDeps, ctx: WorkspaceCtx, id: string): Promise<void> {
  await deps.database.write(ctx, async (tx) => {
    if ((await revokeApiKeyRow(tx, id, ctx.now)) === 0)
      throw new AppError('access.key_missing', 'missing', 'There is no such key, or it is revoked.')
    await audit(deps, tx, ctx, { action: 'api_key.revoked', subject: id })
  })
  forgetAnswers(deps)
}

function refuseBadAddresses(ranges: readonly string[] | null): void {
  const at = ranges?.findIndex((range) => !isAddressRange(range)) ?? -1
  if (at < 0) return
  throw new AppError('access.bad_address', 'invalid', `${ranges?.[at]} is no address and no range (CIDR).`, {
    details: { path: `/body/allowedIps/${at}` },
  })
}

/** A key that makes a key hands on its own limits: nobody gets wider rows or more by a detour. */
async function heldBy(tx: Tx, ctx: WorkspaceCtx, { scope, perMinute, allowedIps }: NewApiKeyInput) {
  const parent = ctx.actor.kind === 'api_key' ? await readApiKey(tx, ctx.actor.keyId) : undefined
  if (!parent) return { scope, perMinute, allowedIps }
  return {
    scope: narrower(scope, parent.scope),
    perMinute: Math.min(perMinute, parent.per_minute),
    allowedIps: parent.allowed_ips ?? allowedIps,
  }
}

const makerOf = ({ made_by_key, member_name }: ApiKeyRow, language: WorkspaceCtx['language']) =>
  made_by_key === null ? member_name : sayActor({ kind: 'api_key', name: made_by_key }, language)

const presentApiKey = (row: ApiKeyRow, language: WorkspaceCtx['language']) => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  permissions: row.permissions,
  scope: row.scope,
  perMinute: row.per_minute,
  allowedIps: row.allowed_ips,
  createdBy: makerOf(row, language),
  createdAt: row.created_at.toISOString(),
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
  expiresAt: row.expires_at?.toISOString() ?? null,
  revokedAt: row.revoked_at?.toISOString() ?? null,
})
