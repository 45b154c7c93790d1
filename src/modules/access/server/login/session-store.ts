import { sql } from 'kysely'
import { hashOfToken, newSecretToken } from '#modules/access/server/login/secret-token.ts'
import { newId } from '#platform/ids.ts'
import type { Tx } from '#platform/pg/database.ts'

const dayMs = 24 * 3600_000
export const idleMs = 7 * dayMs
export const absoluteMs = 30 * dayMs

export type SessionRow = {
  id: string
  ip: string | null
  user_agent: string | null
  created_at: Date
  last_seen_at: Date
}
export type NewSession = {
  userId: string
  workspace: number | null
  ip: string
  userAgent: string
  now: number
}

/** Opens a session and answers its token, which is stored only as a hash. Dead sessions of the user go. */
export async function insertSession(tx: Tx, given: NewSession): Promise<string> {
  const token = newSecretToken()
  const at = new Date(given.now)
  await tx.run(sql`delete from access.session where user_id = ${given.userId} and not ${alive(given.now)}`)
  await tx.run(sql`
    insert into access.session (id, token_hash, user_id, workspace_id, ip, user_agent, created_at, last_seen_at)
    values (${newId('ses')}, ${hashOfToken(token)}, ${given.userId}, ${given.workspace}, ${given.ip},
            ${given.userAgent.slice(0, 400)}, ${at}, ${at})`)
  return token
}

/** SQL: the session is neither idle for too long nor too old. */
export const alive = (now: number) =>
  sql<boolean>`(last_seen_at > ${new Date(now - idleMs)} and created_at > ${new Date(now - absoluteMs)})`

export const listSessionRows = (tx: Tx, userId: string, now: number) =>
  tx.rows<SessionRow>(sql`select id, ip, user_agent, created_at, last_seen_at from access.session
    where user_id = ${userId} and ${alive(now)} order by last_seen_at desc, id`)

export const deleteSession = (tx: Tx, userId: string, id: string) =>
  tx.run(sql`delete from access.session where user_id = ${userId} and id = ${id}`)

/** Ends every session of a user; `except` is the one that asks. */
export const deleteSessionsOf = (tx: Tx, userId: string, except = '') =>
  tx.run(sql`delete from access.session where user_id = ${userId} and id <> ${except}`)

export const touchSession = (tx: Tx, id: string, now: number) =>
  tx.run(sql`update access.session set last_seen_at = ${new Date(now)} where id = ${id}`)

export const moveSession = (tx: Tx, id: string, workspace: number) =>
  tx.run(sql`update access.session set workspace_id = ${workspace} where id = ${id}`)
