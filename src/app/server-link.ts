import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { tokenOf } from '#app/engines.ts'
import type { ProgressLine } from '#app/instance-routes.ts'
import type { Settings } from '#platform/config.ts'
import { AppError } from '#platform/errors.ts'

export type ServerLink = { url: string; token: string }

/** The running server of this data folder, if it answers. */
export async function findServer(settings: Settings): Promise<ServerLink | undefined> {
  const file = join(settings.HEADWATER_DATA_DIR, 'run', 'server.json')
  const secrets = join(settings.HEADWATER_DATA_DIR, 'secrets.json')
  if (!existsSync(file) || !existsSync(secrets)) return undefined
  const { url } = JSON.parse(readFileSync(file, 'utf8')) as { url: string }
  const key =
    settings.HEADWATER_SECRET_KEY ||
    (JSON.parse(readFileSync(secrets, 'utf8')) as { instanceKey: string }).instanceKey
  const answers = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(5000) }).then(
    (reply) => reply.ok,
    () => false,
  )
  return answers ? { url, token: tokenOf(Buffer.from(key, 'base64')) } : undefined
}

/** Posts to the running server in the name of the instance; prints its answer's progress, fails with its problem. */
export async function callServer<T>(link: ServerLink, path: string, body: unknown): Promise<T> {
  const reply = await fetch(`${link.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${link.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const answer = (await reply.json()) as T & { code?: string; title?: string }
  if (!reply.ok)
    throw new AppError(
      answer.code ?? 'server.refused',
      'conflict',
      answer.title ?? `The server answered ${reply.status}.`,
    )
  return answer
}

/** Runs an instance command (`rebuild`) on the server; shows how far it is and prints its answer. */
export async function askServer(settings: Settings, command: string, body: unknown): Promise<void> {
  const link = await requireServer(settings)
  const reply = await fetch(`${link.url}/api/instance/${command}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${link.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!reply.ok || !reply.body)
    throw new AppError('server.refused', 'conflict', `The server answered ${reply.status}.`)
  for await (const line of createInterface({ input: Readable.fromWeb(reply.body as ReadableStream) })) {
    const step = JSON.parse(line) as ProgressLine
    if ('share' in step) showShare(step.share)
    else if ('problem' in step) throw new AppError(step.problem.code, 'conflict', step.problem.title)
    else process.stdout.write(`${JSON.stringify(step.result)}\n`)
  }
}

/** A number that counts up on a terminal; a line every tenth elsewhere. */
function showShare(share: number): void {
  const percent = Math.floor(share * 100)
  if (process.stderr.isTTY) process.stderr.write(`\r${percent} %${percent === 100 ? '\n' : ''}`)
  else if (percent % 10 === 0) process.stderr.write(`${percent} %\n`)
}

export async function requireServer(settings: Settings): Promise<ServerLink> {
  const link = await findServer(settings)
  if (link) return link
  throw new AppError(
    'server.not_running',
    'conflict',
    `No server runs on ${settings.HEADWATER_DATA_DIR}; start it with "npm start", then repeat the command.`,
  )
}
