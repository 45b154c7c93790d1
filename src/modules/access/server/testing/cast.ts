import { instanceToken, password, type TestAccess } from '#modules/access/server/testing/start-test-access.ts'
import { Visitor } from '#modules/access/server/testing/visitor.ts'

export type Item = { id: string } & Record<string, unknown>
export const itemsOf = (body: Record<string, unknown>) => body.items as Item[]

/** First visit: the owner, logged in. */
export async function anOwner(app: TestAccess, email = 'owner@example.com'): Promise<Visitor> {
  const owner = new Visitor(app.server)
  const body = { workspace: 'Qinghe', email, password, name: 'Olga Owner', timezone: 'Asia/Shanghai' }
  const reply = await owner.post('/api/setup', body)
  if (reply.status !== 201) throw new Error(`set-up failed: ${JSON.stringify(reply.body)}`)
  return owner
}

/** A workspace by the command line, with an owner of its own, logged in. */
export async function aWorkspace(app: TestAccess, name: string, email: string) {
  const cli = new Visitor(app.server, { authorization: `Bearer ${instanceToken}` })
  const { body } = await cli.post('/api/workspaces', { name, timezone: 'Europe/Berlin', email, password })
  const owner = await loggedIn(app, email)
  return {
    owner,
    id: body.workspaceId as string,
    apiKey: body.apiKey as string,
    writeKey: body.writeKey as string,
  }
}

export async function loggedIn(app: TestAccess, email: string, given = password): Promise<Visitor> {
  const visitor = new Visitor(app.server)
  const reply = await visitor.post('/api/session', { email, password: given })
  if (reply.status !== 200) throw new Error(`log-in failed: ${JSON.stringify(reply.body)}`)
  return visitor
}

export async function roleId(owner: Visitor, builtin: string): Promise<string> {
  const { body } = await owner.get('/api/roles')
  const role = itemsOf(body).find((one) => one.builtin === builtin || one.name === builtin)
  if (!role) throw new Error(`no role ${builtin}`)
  return role.id
}

/** Invited by `owner`, joined with a new account. */
export async function aMember(
  app: TestAccess,
  owner: Visitor,
  role: string,
  email: string,
  departmentId: string | null = null,
) {
  const invitation = await owner.post('/api/invitations', {
    email,
    roleId: await roleId(owner, role),
    departmentId,
  })
  const token = String(invitation.body.link).split('/').at(-1)
  const visitor = new Visitor(app.server)
  const reply = await visitor.post(`/api/invitation-links/${token}/accept`, { name: email, password })
  if (reply.status !== 200) throw new Error(`joining failed: ${JSON.stringify(reply.body)}`)
  return { visitor, id: reply.body.memberId as string }
}
