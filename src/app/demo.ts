import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { withKey, withWriteKey } from '#app/demo-client.ts'
import {
  furnishBoards,
  furnishCompany,
  furnishConsents,
  furnishPeople,
  nameEvents,
  noteDays,
} from '#app/furnish-demo.ts'
import { furnishTemplates } from '#app/furnish-templates.ts'
import { progressBar } from '#app/progress-bar.ts'
import { serve } from '#app/serve.ts'
import type { Running } from '#app/start.ts'
import {
  type DemoSource,
  demoBatches,
  demoDefaults,
  demoMembers,
  demoOwner,
  demoSourceOf,
  demoTags,
  liveMessages,
  startLive,
} from '#modules/demo/index.ts'
import type { Settings } from '#platform/config.ts'
import type { Log } from '#platform/log.ts'

/** Kept in the data folder: which story was told, and how to go on with it. */
type DemoState = {
  seed: number
  people: number
  events: number
  end: string
  writeKey: string
  /** Write key of each source; a demo of an earlier version has the one above for all. */
  sources?: Record<DemoSource, string>
  apiKey: string
  seeded: boolean
}
type Message = Parameters<typeof demoSourceOf>[0]

/** `hw demo`: the server, a seeded workspace, and a gentle stream of new events through the real HTTP API. */
export async function runDemo(settings: Settings, size: { people?: number; events?: number }): Promise<void> {
  await serve(settings, async (running, log) => {
    const file = join(running.engines.dataDir.path, 'demo.json')
    const state = existsSync(file)
      ? (JSON.parse(readFileSync(file, 'utf8')) as DemoState)
      : await createDemo(running, size)
    const keep = () => writeFileSync(file, JSON.stringify(state), { mode: 0o600 })
    keep()
    if (!state.seeded) await seed(running, state, keep)
    printWelcome(running.url, state)
    await streamLive(running, state, log)
  })
}

async function createDemo(running: Running, size: { people?: number; events?: number }): Promise<DemoState> {
  const { writeKey, apiKey } = await running.app.access.createWorkspace({
    name: '青禾在线 Qinghe Online',
    timezone: 'Asia/Shanghai',
    owner: { ...demoOwner, language: 'zh' },
  })
  const end = new Date(Math.floor(Date.now() / 60_000) * 60_000).toISOString()
  const { seed, people, events } = { ...demoDefaults, ...size }
  return { seed, people, events, end, writeKey, apiKey, seeded: false }
}

/** Sends the past. Message ids are stable, so a seeding that was interrupted simply starts again: repeats do not count. */
async function seed(running: Running, state: DemoState, keep: () => void): Promise<void> {
  const { url } = running
  const options = { end: new Date(state.end), people: state.people, events: state.events, seed: state.seed }
  state.sources = await furnishCompany(url)
  keep()
  const bar = progressBar('Seeding the demo company', state.events)
  let sent = 0
  let projected = 0
  for (const { batch } of demoBatches(options)) {
    await send(url, state, batch)
    sent += batch.length
    if (sent % 10_000 < 1000) projected = (await status(url, state.apiKey)).projected
    bar.show(projected)
  }
  for (let done = { accepted: 1, projected: 0 }; done.projected < done.accepted; await sleep(300)) {
    done = await status(url, state.apiKey)
    bar.show(done.projected)
  }
  await furnishPeople(url, demoTags(options))
  await furnishConsents(url)
  await nameEvents(url)
  await furnishBoards(url)
  await furnishTemplates(url)
  await noteDays(url, options.end)
  bar.end()
  state.seeded = true
  keep()
}

async function streamLive(running: Running, state: DemoState, log: Log): Promise<void> {
  const { seed, people, events } = state
  const live = startLive({ seed, people, events, end: new Date(state.end) })
  const timer = setInterval(() => {
    const messages = liveMessages(live, new Date())
    if (messages.length > 0)
      send(running.url, state, messages).catch((error) => log.warn({ err: error }, 'live stream'))
  }, 1000)
  timer.unref()
}

/** Every message through the source it belongs to. */
async function send(url: string, state: DemoState, messages: readonly Message[]): Promise<void> {
  for (const [source, batch] of Map.groupBy(messages, demoSourceOf))
    await withWriteKey(url, state.sources?.[source] ?? state.writeKey)('POST', '/v1/batch', { batch })
}

const status = (url: string, apiKey: string) =>
  withKey(url, apiKey)<{ accepted: number; projected: number }>('GET', '/api/status')

function printWelcome(url: string, state: DemoState): void {
  const colleagues = state.sources ? demoMembers : []
  const logins = [{ ...demoOwner, role: 'owner' }, ...colleagues].map(
    ({ email, name, role }) => `    ${email.padEnd(28)}${name} (${role.replace('_', ' ')})\n`,
  )
  process.stdout.write(
    `\nHeadwater is ready: ${url}\n\n  Log in as\n${logins.join('')}  Password ${demoOwner.password}\n\n` +
      'New events keep coming in. Stop with Ctrl+C; the data stays in the data folder.\n',
  )
}
