import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '#platform/errors.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
/** One request in somebody's name; throws `demo.refused` for anything but 2xx, with the problem's code. */
export type DemoClient = <T>(method: Method, path: string, body?: unknown) => Promise<T>

export const withKey = (url: string, apiKey: string): DemoClient =>
  client(url, { authorization: `Bearer ${apiKey}` })

export const withWriteKey = (url: string, writeKey: string): DemoClient =>
  client(url, { authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}` })

export const withoutName = (url: string): DemoClient => client(url, {})

/** As a member at their browser: what they make carries their name. */
export async function loggedIn(url: string, email: string, password: string): Promise<DemoClient> {
  const reply = await send(url, { origin: url }, 'POST', '/api/session', { email, password })
  const cookie = reply.headers.getSetCookie().map((one) => one.split(';', 1)[0])
  return client(url, { origin: url, cookie: cookie.join('; ') })
}

const client =
  (url: string, headers: Record<string, string>): DemoClient =>
  async <T>(method: Method, path: string, body?: unknown) => {
    const text = await (await send(url, headers, method, path, body)).text()
    return (text === '' ? undefined : JSON.parse(text)) as T
  }

/** Asks again when told to wait, as every SDK does. */
async function send(
  url: string,
  headers: Record<string, string>,
  method: Method,
  path: string,
  body?: unknown,
): Promise<Response> {
  for (;;) {
    const json = body === undefined ? {} : { 'content-type': 'application/json' }
    const reply = await fetch(`${url}${path}`, {
      method,
      headers: { ...headers, ...json },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (reply.ok) return reply
    const problem = await reply.text()
    if (reply.status !== 429 && reply.status !== 503)
      throw new AppError('demo.refused', 'bug', `${method} ${path} answered ${reply.status}: ${problem}`, {
        details: { status: reply.status },
      })
    await sleep(1000 * Number(reply.headers.get('retry-after') ?? 1))
  }
}

/** For what an interrupted seeding has already made: a conflict is as good as done. */
export async function unlessThere(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!(error instanceof AppError) || error.details?.status !== 409) throw error
  })
}
