import { type AccessDeps, forgetAnswers } from '#modules/access/server/access-deps.ts'
import { admitTry, forgive } from '#modules/access/server/login/limit-logins.ts'
import { presentUser } from '#modules/access/server/login/present-me.ts'
import { refuseWeakPassword } from '#modules/access/server/login/refuse-weak-password.ts'
import { deleteSessionsOf } from '#modules/access/server/login/session-store.ts'
import type { LoggedIn } from '#modules/access/server/login/use-sessions.ts'
import { type UserChange, updateUser } from '#modules/access/server/login/user-store.ts'
import { AppError } from '#platform/errors.ts'

export type MeInput = {
  [K in 'name' | 'language' | 'theme' | 'timezone']?: UserChange[K]
} & { password?: { current: string; new: string } | undefined }

/** Changes one's own account. A new password ends every other session. */
export async function changeMe(deps: AccessDeps, me: LoggedIn, input: MeInput, ip: string) {
  const { password, ...change } = input
  const hash = password && (await newHash(deps, me, password, ip))
  const row = await deps.database.system(async (tx) => {
    if (hash) await deleteSessionsOf(tx, me.user.id, me.sessionId)
    return updateUser(tx, me.user.id, { ...change, ...(hash && { password_hash: hash }) })
  })
  forgetAnswers(deps)
  return presentUser(row)
}

/** Whoever finds an open browser must not be able to guess here what the log-in page limits. */
async function newHash(
  deps: AccessDeps,
  me: LoggedIn,
  password: { current: string; new: string },
  ip: string,
): Promise<string> {
  await admitTry(deps, me.user.email, ip)
  if (!(await deps.passwords.verify(me.user.password_hash, password.current)))
    throw new AppError('access.wrong_password', 'invalid', 'The current password is wrong.', {
      details: { path: '/body/password/current' },
    })
  await forgive(deps, me.user.email, ip)
  refuseWeakPassword(password.new, me.user.email)
  return deps.passwords.hash(password.new)
}
