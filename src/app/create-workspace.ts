import { callServer, findServer, requireServer } from '#app/server-link.ts'
import { startHeadwater } from '#app/start.ts'
import type { Settings } from '#platform/config.ts'
import { AppError } from '#platform/errors.ts'
import { createLog } from '#platform/log.ts'

export type WorkspaceOptions = {
  workspace: string
  email: string
  password: string
  timezone: string
  country: string
  json?: boolean
}
type Keys = { workspaceId: string; writeKey: string; apiKey: string }

/** `hw init`: through the server when it is up, else with engines started for the moment. */
export async function createInstance(settings: Settings, options: WorkspaceOptions): Promise<void> {
  const link = await findServer(settings)
  const keys = link
    ? await callServer<Keys>(link, '/api/workspaces', requestOf(options, true))
    : await createOffline(settings, options)
  print(keys, options)
}

/** `hw workspace create`: one more, at any time, through the running server. */
export async function createWorkspaceByServer(settings: Settings, options: WorkspaceOptions): Promise<void> {
  const link = await requireServer(settings)
  print(await callServer<Keys>(link, '/api/workspaces', requestOf(options, false)), options)
}

function requestOf(options: WorkspaceOptions, onlyWhenEmpty: boolean) {
  const { workspace: name, email, password, timezone, country } = options
  return { name, email, password, timezone, country, onlyWhenEmpty }
}

async function createOffline(settings: Settings, options: WorkspaceOptions): Promise<Keys> {
  const running = await startHeadwater(settings, createLog('warn'), { listen: false })
  try {
    // Through the declared route, so that its checks (time zone, password) are the same as over the network.
    const reply = await running.app.server.inject({
      method: 'POST',
      url: '/api/workspaces',
      headers: { authorization: `Bearer ${running.engines.instanceToken}` },
      payload: requestOf(options, true),
    })
    if (reply.statusCode >= 300) throw refusal(reply.json())
    return reply.json()
  } finally {
    await running.stop()
  }
}

const refusal = (problem: { code: string; title: string }) =>
  new AppError(problem.code, 'conflict', problem.title)

function print({ workspaceId, writeKey, apiKey }: Keys, options: WorkspaceOptions): void {
  const keys = { workspaceId, writeKey, apiKey }
  if (!options.json) process.stdout.write('Keep the API key: it is shown only this once.\n')
  process.stdout.write(`${JSON.stringify(keys)}\n`)
}
