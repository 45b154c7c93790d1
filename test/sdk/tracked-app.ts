import type { Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'
import { buildTracker } from '../../packages/tracker/build.ts'
import { until } from './browser-page.ts'
import { type FlakyProxy, type Step, startFlakyProxy } from './flaky-proxy.ts'
import { listen, outcomes, type StoredEvent, storedEvents } from './received.ts'
import { openSite, type Site } from './tracked-site.ts'

type Json = Record<string, unknown>
export type Seen = Omit<StoredEvent, 'properties' | 'context'> & { properties: Json; context: Json }

/** The program behind a socket and a site that is tracked by it, for the tests of one file. */
export function trackedApp() {
  let app: TestApp
  let base = ''
  let site: Site
  const proxies: FlakyProxy[] = []
  beforeAll(async () => {
    await buildTracker()
    app = await startTestApp()
    base = await listen(app)
    site = await openSite()
  })
  afterAll(() => site?.close())
  afterAll(() => Promise.all(proxies.map((one) => one.close())))
  return {
    get base() {
      return base
    },
    get site() {
      return site
    },
    workspace: () => app.workspace(),
    /** The same program behind a line that fails as told. */
    async behind(...script: Step[]): Promise<FlakyProxy> {
      const proxy = await startFlakyProxy(base, script)
      proxies.push(proxy)
      return proxy
    },
    /** The snippet of the settings, with options as attributes. */
    snippet: (ws: TestWorkspace, options = '', host = base) =>
      `<script async src="${host}/tracker.js" data-write-key="${ws.writeKey}" ${options}></script>`,
    /** What came, by the time it happened. */
    async events(ws: TestWorkspace): Promise<Seen[]> {
      const rows = await storedEvents(app, ws)
      return rows
        .map((row) => ({ ...row, properties: JSON.parse(row.properties), context: JSON.parse(row.context) }))
        .sort((one, other) => one.time.localeCompare(other.time))
    },
  }
}

export const call = (page: Page, code: string) => page.evaluate(`(async () => { ${code} })()`)
export const posts = (proxy: FlakyProxy) => proxy.seen.filter((one) => one.method === 'POST')
export const ready = (page: Page) => page.waitForFunction('window.headwater?.flush')
export const stored = (ws: TestWorkspace, count: number) =>
  until(async () => (await outcomes(ws)).stored >= count, `${count} stored events`)
