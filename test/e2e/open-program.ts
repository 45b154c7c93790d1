import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core'
import { chromiumPlaces } from '#platform/chromium/find-chromium.ts'
import { findChromium, quietArgs } from '#test/browser.ts'
import { startTestApp, type TestApp } from '#test/start-test-app.ts'

const built = fileURLToPath(new URL('../../dist/web/index.html', import.meta.url))
export const password = 'correct horse battery'
export type Display = { language?: 'zh' | 'en'; theme?: 'light' | 'dark' }
export type Visitor = {
  page: Page
  context: BrowserContext
  /** Console errors, uncaught faults and CSP violations so far. */
  faults: string[]
}
export type Program = {
  app: TestApp
  url: string
  /** A browser profile of its own; nobody is logged in. */
  visit(display?: Display): Promise<Visitor>
  /** The same, logged in, with the account's language and theme set. */
  enter(email: string, display?: Display): Promise<Visitor>
  close(): Promise<void>
}

/** The whole program with its built web UI on a real port, and a Chromium to look at it. */
export async function openProgram(env: Record<string, string> = {}): Promise<Program> {
  if (!existsSync(built))
    throw new Error('The web UI is not built, so it cannot be tested: run "npm run build" first.')
  const app = await startTestApp({ env })
  const url = await app.server.listen({ port: 0, host: '127.0.0.1' })
  const browser = await launch()
  const close = async () => {
    await browser.close()
    await app.close()
  }
  const visit = (display: Display = {}) => openContext(browser, url, display)
  const enter = async (email: string, display: Display = {}) => {
    const visitor = await visit(display)
    const { request } = visitor.context
    const headers = { origin: url }
    const login = await request.post('/api/session', { data: { email, password }, headers })
    if (!login.ok()) throw new Error(`login answered ${login.status()}: ${await login.text()}`)
    const data = { language: 'en', theme: 'light', ...display }
    await request.patch('/api/me', { data, headers })
    return visitor
  }
  return { app, url, visit, enter, close }
}

function launch(): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath)
    throw new Error(
      `No Chromium found (${chromiumPlaces.join(', ')}): install it, e.g. "apt-get install chromium", or set CHROMIUM_PATH.`,
    )
  return chromium.launch({ executablePath, args: quietArgs })
}

async function openContext(browser: Browser, baseURL: string, display: Display): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL,
    locale: display.language === 'zh' ? 'zh-CN' : 'en-GB',
    colorScheme: display.theme ?? 'light',
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(20_000) // two busy cores must not make a test fail
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`))
  page.on('console', (message) => {
    // Chromium logs every 401 and 404 answer; a page that asks in vain shows it, which the tests look at.
    if (message.type() !== 'error' || isRefusal(message.text())) return
    faults.push(`${page.url()}: ${message.text()}`)
  })
  return { page, context, faults }
}

const isRefusal = (text: string) => /^Failed to load resource: .* status of 4\d\d/.test(text)

/** Types into one of antd's searchable lists and takes the entry that reads so. */
export async function pick(box: Locator, typed: string, entry: RegExp): Promise<void> {
  const page = box.page()
  await box.click()
  await box.pressSequentially(typed)
  await page
    .locator('.ant-select-dropdown:visible .ant-select-item-option')
    .filter({ hasText: entry })
    .first()
    .click()
}

/** Chooses from a list that cannot be typed into. */
export async function choose(box: Locator, entry: string): Promise<void> {
  await box.click()
  await box.page().locator('.ant-select-dropdown:visible').getByTitle(entry, { exact: true }).click()
}
