import { type AccessDeps, forgetAnswers } from '#modules/access/server/access-deps.ts'
import { audit } from '#modules/access/server/audit/audit.ts'
import { listMemberships } from '#modules/access/server/authenticate/load-identity.ts'
import { checkPassword } from '#modules/access/server/login/check-password.ts'
import { refuseWeakPassword } from '#modules/access/server/login/refuse-weak-password.ts'
import { deleteSession, insertSession } from '#modules/access/server/login/session-store.ts'
import { createWorkspace } from '#modules/access/server/workspaces/create-workspace.ts'

/** Where a log-in comes from, shown in the list of sessions. */
export type Visitor = { ip: string; userAgent: string }

/** Answers a fresh session token, standing in the oldest of the account's workspaces. */
export async function logIn(
  deps: AccessDeps,
  input: { email: string; password: string },
  visitor: Visitor,
): Promise<string> {
  const user = await checkPassword(deps, input.email, input.password, visitor.ip)
  return deps.database.system(async (tx) => {
    const now = deps.clock.now()
    const [first] = await listMemberships(tx, user.id)
    if (first) {
      const actor = { kind: 'member' as const, userId: user.id, memberId: first.member_id, name: user.name }
      const workspace = { num: first.num, id: first.workspace_id, timezone: first.timezone }
      await audit(
        deps,
        tx,
        { actor, now, workspace },
        { action: 'session.started', subject: first.member_id },
      )
    }
    return insertSession(tx, { ...visitor, userId: user.id, workspace: first?.num ?? null, now })
  })
}

export async function logOut(deps: AccessDeps, userId: string, sessionId: string): Promise<void> {
  await deps.database.system((tx) => deleteSession(tx, userId, sessionId))
  forgetAnswers(deps)
}

export type SetUpInput = {
  workspace: string
  email: string
  password: string
  name: string
  timezone: string
  language: 'en' | 'zh'
}

/** First visit of an empty instance: workspace, owner, session. Of two at once, one is refused. */
export async function setUp(deps: AccessDeps, input: SetUpInput, visitor: Visitor): Promise<string> {
  const { workspace: name, timezone, ...account } = input
  refuseWeakPassword(account.password, account.email)
  const created = await createWorkspace(deps, {
    name,
    timezone,
    owner: account,
    onlyWhenEmpty: true,
    withApiKey: false,
  })
  return deps.database.system((tx) =>
    insertSession(tx, {
      ...visitor,
      userId: created.userId,
      workspace: created.workspace.num,
      now: deps.clock.now(),
    }),
  )
}
