import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { progressBar } from '#app/progress-bar.ts'
import { serve } from '#app/serve.ts'
import type { Running } from '#app/start.ts'
import { demoBatches, demoDefaults, demoSegments, liveMessages, startLive } from '#modules/demo/index.ts'
import type { Settings } from '#platform/config.ts'
import type { Log } from '#platform/log.ts'

/** Kept in the data folder: which story was told, and how to go on with it. */
type DemoState = {
  seed: number
  people: number
  events: number
  end: string
  writeKey: string
  apiKey: string
  seeded: boolean
}

const owner = { email: 'owner@qinghe.example', password: 'headwater-demo', name: '林清' }

/** `hw demo`: the server, a seeded workspace, and a gentle stream of new events through the real HTTP API. */
export async function runDemo(settings: Settings, size: { people?: number; events?: number }): Promise<void> {
  await serve(settings, async (running, log) => {
    const file = join(running.engines.dataDir.path, 'demo.json')
    const state = existsSync(file)
      ? (JSON.parse(readFileSync(file, 'utf8')) as DemoState)
      : await createDemo(running, file, size)
    if (!state.seeded) await seed(running, file, state)
    printWelcome(running.url)
    await streamLive(running, state, log)
  })
}

async function createDemo(
  running: Running,
  file: string,
  size: { people?: number; events?: number },
): Promise<DemoState> {
  const { writeKey, apiKey } = await running.app.access.createWorkspace({
    name: '青禾在线 Qinghe Online',
    timezone: 'Asia/Shanghai',
    owner: { ...owner, language: 'zh' },
  })
  const end = new Date(Math.floor(Date.now() / 60_000) * 60_000).toISOString()
  const { seed, people, events } = { ...demoDefaults, ...size }
  const state = { seed, people, events, end, writeKey, apiKey, seeded: false }
  writeFileSync(file, JSON.stringify(state), { mode: 0o600 })
  return state
}

/** Sends the past. Message ids are stable, so a seeding that was interrupted simply starts again: repeats do not count. */
async function seed(running: Running, file: string, state: DemoState): Promise<void> {
  const bar = progressBar('Seeding the demo company', state.events)
  let sent = 0
  let projected = 0
  const options = { end: new Date(state.end), people: state.people, events: state.events, seed: state.seed }
  for (const { batch } of demoBatches(options)) {
    await send(running.url, state.writeKey, batch)
    sent += batch.length
    if (sent % 10_000 < 1000) projected = (await status(running.url, state.apiKey)).projected
    bar.show(projected)
  }
  for (let done = { accepted: 1, projected: 0 }; done.projected < done.accepted; await sleep(300)) {
    done = await status(running.url, state.apiKey)
    bar.show(done.projected)
  }
  for (const segment of demoSegments)
    await post(running.url, '/api/segments', `Bearer ${state.apiKey}`, segment)
  bar.end()
  state.seeded = true
  writeFileSync(file, JSON.stringify(state), { mode: 0o600 })
}

async function streamLive(running: Running, state: DemoState, log: Log): Promise<void> {
  const live = startLive({ seed: state.seed, people: state.people, end: new Date(state.end) })
  const timer = setInterval(() => {
    const messages = liveMessages(live, new Date())
    if (messages.length > 0)
      send(running.url, state.writeKey, messages).catch((error) => log.warn({ err: error }, 'live stream'))
  }, 1000)
  timer.unref()
}

const send = (url: string, writeKey: string, batch: readonly unknown[]) =>
  post(url, '/v1/batch', `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`, { batch })

/** Asks again when told to wait, as every SDK does. */
async function post(url: string, path: string, authorization: string, body: unknown): Promise<void> {
  for (;;) {
    const reply = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    await reply.arrayBuffer()
    if (reply.ok || reply.status === 409) return
    if (reply.status !== 429 && reply.status !== 503) throw new Error(`${path} answered ${reply.status}`)
    await sleep(1000 * Number(reply.headers.get('retry-after') ?? 1))
  }
}

async function status(url: string, apiKey: string): Promise<{ accepted: number; projected: number }> {
  const reply = await fetch(`${url}/api/status`, { headers: { authorization: `Bearer ${apiKey}` } })
  return (await reply.json()) as { accepted: number; projected: number }
}

function printWelcome(url: string): void {
  process.stdout.write(
    `\nHeadwater is ready: ${url}\n\n  Log in as  ${owner.email}\n  Password   ${owner.password}\n\n` +
      'New events keep coming in. Stop with Ctrl+C; the data stays in the data folder.\n',
  )
}
