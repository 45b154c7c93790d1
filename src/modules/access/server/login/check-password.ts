import type { AccessDeps } from '#modules/access/server/access-deps.ts'
import { admitTry, forgive } from '#modules/access/server/login/limit-logins.ts'
import { findUserByEmail, type UserRow } from '#modules/access/server/login/user-store.ts'
import { AppError } from '#platform/errors.ts'

/**
 * The account behind mail and password. Unknown mail, wrong password and disabled account look the same, take the same
 * time and count the same.
 */
export async function checkPassword(
  deps: AccessDeps,
  email: string,
  password: string,
  ip: string,
): Promise<UserRow> {
  await admitTry(deps, email, ip)
  const user = await deps.database.system((tx) => findUserByEmail(tx, email))
  const right = await deps.passwords.verify(user?.password_hash, password)
  if (!user || !right || user.status !== 'active') {
    deps.log.info({ ip, user: user?.id ?? null }, 'log-in refused') // never the address: it may be a mistyped password
    throw new AppError('access.wrong_login', 'unauthenticated', 'Mail address or password is wrong.')
  }
  await forgive(deps, email, ip)
  return user
}
