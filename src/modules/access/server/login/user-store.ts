import { sql } from 'kysely'
import { newId } from '#platform/ids.ts'
import type { Tx } from '#platform/pg/database.ts'

export type UserRow = {
  id: string
  email: string
  name: string
  password_hash: string
  language: 'en' | 'zh'
  theme: 'light' | 'dark' | 'system'
  timezone: string | null
  status: 'active' | 'disabled'
}
export type NewUser = {
  email: string
  name: string
  passwordHash: string
  language: 'en' | 'zh'
  now: number
}

export const findUserByEmail = (tx: Tx, email: string) =>
  tx.row<UserRow>(sql`select * from access.app_user where email = ${email.toLowerCase()}`)

export const findUser = (tx: Tx, id: string) =>
  tx.row<UserRow>(sql`select * from access.app_user where id = ${id}`)

export async function anyUser(tx: Tx): Promise<boolean> {
  return (await tx.row(sql`select 1 from access.app_user limit 1`)) !== undefined
}

export async function insertUser(tx: Tx, user: NewUser): Promise<UserRow> {
  const row = await tx.row<UserRow>(sql`
    insert into access.app_user (id, email, name, password_hash, language, created_at)
    values (${newId('usr')}, ${user.email.toLowerCase()}, ${user.name}, ${user.passwordHash}, ${user.language}, ${new Date(user.now)})
    returning *`)
  return row as UserRow
}

export type UserChange = Partial<Pick<UserRow, 'name' | 'language' | 'theme' | 'password_hash'>> & {
  timezone?: string | null | undefined
}

/** Changes the account and the copies of its name in every workspace. */
export async function updateUser(tx: Tx, id: string, change: UserChange): Promise<UserRow> {
  const row = await tx.row<UserRow>(sql`
    update access.app_user set name = coalesce(${change.name ?? null}, name),
      language = coalesce(${change.language ?? null}, language), theme = coalesce(${change.theme ?? null}, theme),
      password_hash = coalesce(${change.password_hash ?? null}, password_hash),
      timezone = case when ${change.timezone !== undefined} then ${change.timezone ?? null} else timezone end
    where id = ${id} returning *`)
  if (change.name !== undefined)
    await tx.run(sql`update access.member set name = ${change.name} where user_id = ${id}`)
  return row as UserRow
}
