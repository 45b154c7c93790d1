import { type AccessDeps, forgetAnswers } from '#modules/access/server/access-deps.ts'
import { workspaceMissing } from '#modules/access/server/authenticate/authenticate.ts'
import { type Identity, listMemberships } from '#modules/access/server/authenticate/load-identity.ts'
import {
  deleteSession,
  listSessionRows,
  moveSession,
  type SessionRow,
} from '#modules/access/server/login/session-store.ts'
import type { UserRow } from '#modules/access/server/login/user-store.ts'
import { AppError } from '#platform/errors.ts'

/** Somebody logged in by browser; API keys have no sessions, no language and no password. */
export type LoggedIn = Identity & { user: UserRow; sessionId: string }

export function mustBeLoggedIn(identity: Identity): LoggedIn {
  const { user, sessionId } = identity
  if (!user || !sessionId)
    throw new AppError('access.denied', 'denied', 'Only somebody who is logged in can do this.')
  return { ...identity, user, sessionId }
}

export async function listSessions(deps: AccessDeps, me: LoggedIn) {
  const rows = await deps.database.system((tx) => listSessionRows(tx, me.user.id, deps.clock.now()))
  return { items: rows.map((row) => presentSession(row, me.sessionId)) }
}

export async function endSession(deps: AccessDeps, me: LoggedIn, id: string): Promise<void> {
  const ended = await deps.database.system((tx) => deleteSession(tx, me.user.id, id))
  if (ended === 0)
    throw new AppError('access.session_missing', 'missing', 'There is no such session of yours.')
  forgetAnswers(deps)
}

/** Moves the session into another workspace of the account. */
export async function switchWorkspace(
  deps: AccessDeps,
  me: LoggedIn,
  workspaceId: string | undefined,
): Promise<void> {
  if (workspaceId === undefined) return
  await deps.database.system(async (tx) => {
    const there = (await listMemberships(tx, me.user.id)).find((at) => at.workspace_id === workspaceId)
    if (!there) throw workspaceMissing()
    await moveSession(tx, me.sessionId, there.num)
  })
  forgetAnswers(deps)
}

const presentSession = (row: SessionRow, current: string) => ({
  id: row.id,
  current: row.id === current,
  ip: row.ip,
  userAgent: row.user_agent,
  createdAt: row.created_at.toISOString(),
  lastSeenAt: row.last_seen_at.toISOString(),
})
