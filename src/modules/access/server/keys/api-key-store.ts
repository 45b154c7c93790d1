import { sql } from 'kysely'
import type { ScopeKind } from '#modules/access/permissions.ts'
import { hashOfToken } from '#modules/access/server/login/secret-token.ts'
import { newId, randomText } from '#platform/ids.ts'
import type { Tx } from '#platform/pg/database.ts'

export type ApiKeyRow = {
  id: string
  name: string
  prefix: string
  permissions: string[]
  scope: ScopeKind | null
  per_minute: number
  allowed_ips: string[] | null
  member_name: string
  made_by_key: string | null
  created_at: Date
  last_used_at: Date | null
  expires_at: Date | null
  revoked_at: Date | null
}
export type NewApiKey = {
  name: string
  permissions: readonly string[]
  memberId: string
  madeByKey?: string | null
  expiresAt: Date | null
  scope?: ScopeKind | null
  perMinute?: number
  allowedIps?: readonly string[] | null
  now: number
}

/** Far above what a program needs, and far below what would slow down others: 500 a second. */
export const defaultPerMinute = 30_000

// `hw_sk_` can be searched for in code and logs; 260 random bits follow.
const keyPrefix = 'hw_sk_'

export async function insertApiKey(
  tx: Tx,
  ws: number,
  given: NewApiKey,
): Promise<{ id: string; secret: string }> {
  const secret = `${keyPrefix}${randomText(52)}`
  const id = newId('key')
  await tx.run(sql`
    insert into access.api_key (workspace_id, id, name, key_hash, prefix, permissions, member_id, made_by_key,
      created_at, expires_at, scope, per_minute, allowed_ips)
    values (${ws}, ${id}, ${given.name}, ${hashOfToken(secret)}, ${secret.slice(0, 12)}, ${given.permissions}::text[],
            ${given.memberId}, ${given.madeByKey ?? null}, ${new Date(given.now)}, ${given.expiresAt},
            ${given.scope ?? null}, ${given.perMinute ?? defaultPerMinute}, ${given.allowedIps ?? null}::text[])`)
  return { id, secret }
}

const columns = sql`k.id, k.name, k.prefix, k.permissions, k.scope, k.per_minute, k.allowed_ips, m.name as member_name, k.made_by_key, k.created_at, k.last_used_at,
  k.expires_at, k.revoked_at`
const source = sql`access.api_key k join access.member m on m.workspace_id = k.workspace_id and m.id = k.member_id`

export async function readApiKey(tx: Tx, id: string): Promise<ApiKeyRow | undefined> {
  return tx.row<ApiKeyRow>(
    sql`select ${columns} from ${source} where k.workspace_id = ${tx.workspace} and k.id = ${id}`,
  )
}

export const listApiKeyRows = (tx: Tx, limit: number, after: { at: string; id: string } | undefined) =>
  tx.rows<ApiKeyRow>(sql`select ${columns} from ${source} where k.workspace_id = ${tx.workspace}
    and (${after?.at ?? null}::timestamptz is null
         or (k.created_at, k.id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::text))
    order by k.created_at desc, k.id desc limit ${limit}`)

export const revokeApiKeyRow = (tx: Tx, id: string, now: number) =>
  tx.run(sql`update access.api_key set revoked_at = ${new Date(now)}
    where workspace_id = ${tx.workspace} and id = ${id} and revoked_at is null`)

/** Every key a member made; they stay dead when the member comes back. */
export const revokeApiKeysOf = (tx: Tx, ws: number, memberId: string, now: number) =>
  tx.run(sql`update access.api_key set revoked_at = ${new Date(now)}
    where workspace_id = ${ws} and member_id = ${memberId} and revoked_at is null`)

/** The member a key acts for. */
export async function makerOfKey(tx: Tx, keyId: string): Promise<string | undefined> {
  const row = await tx.row<{ member_id: string }>(
    sql`select member_id from access.api_key where workspace_id = ${tx.workspace} and id = ${keyId}`,
  )
  return row?.member_id
}
