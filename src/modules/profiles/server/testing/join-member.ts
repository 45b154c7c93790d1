import { sql } from 'kysely'
import type { TestApp, TestWorkspace } from '#test/start-test-app.ts'

export type Joined = {
  id: string
  call: TestWorkspace['call']
  /** For a request of one's own. */
  headers: Record<string, string>
}
export type Place = { scope: string; departmentId?: string; managerId?: string; permissions?: string[] }

const rights = [
  'people:read',
  'people:write',
  'people:assign',
  'identity:write',
  'segment:read',
  'member:read',
]

/** A member with a role of their own, logged in; `call` speaks as them. */
export async function joinMember(
  app: TestApp,
  ws: TestWorkspace,
  email: string,
  { scope, departmentId, managerId, permissions = rights }: Place,
): Promise<Joined> {
  const { body: role } = await ws.call<{ id: string }>('POST', '/api/roles', {
    name: `Role of ${email}`,
    permissions,
    scope,
  })
  const { body: sent } = await ws.call<{ link: string }>('POST', '/api/invitations', {
    email,
    roleId: role.id,
    departmentId: departmentId ?? null,
  })
  const reply = await app.server.inject({
    method: 'POST',
    url: `/api/invitation-links/${sent.link.split('/').at(-1)}/accept`,
    headers: { 'sec-fetch-site': 'same-origin' },
    payload: { name: email.split('@')[0], password: 'correct horse battery' },
  })
  const cookie = String(reply.headers['set-cookie']).split(';')[0] as string
  const { memberId: id } = reply.json<{ memberId: string }>()
  if (managerId) await ws.call('PATCH', `/api/members/${id}`, { managerId })
  return {
    id,
    call: (method, url, body) => callAs(app, cookie, { method, url, body }),
    headers: { cookie, 'sec-fetch-site': 'same-origin' },
  }
}

async function callAs<T>(
  app: TestApp,
  cookie: string,
  { method, url, body }: { method: Parameters<Joined['call']>[0]; url: string; body: unknown },
): Promise<{ status: number; body: T }> {
  const reply = await app.server.inject({
    method,
    url,
    headers: { cookie, 'sec-fetch-site': 'same-origin' },
    ...(body === undefined ? {} : { payload: body as Record<string, unknown> }),
  })
  const isJson = String(reply.headers['content-type']).includes('json')
  return { status: reply.statusCode, body: (isJson ? reply.json<T>() : reply.body) as T }
}

/** Waits until the people of members who moved have followed. */
export async function peopleFollowed(app: TestApp): Promise<void> {
  for (;;) {
    const left = await app.database.system((tx) =>
      tx.row<{ n: number }>(sql`select count(*)::int as n from platform.job
        where kind = 'on:member.moved:people-follow' and state in ('waiting', 'running')`),
    )
    if (left?.n === 0) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
