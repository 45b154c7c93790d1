import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { type Browser, type BrowserContext, chromium, errors, type Page, type Route } from 'playwright-core'
import { findChromium, quietArgs } from '#platform/chromium/find-chromium.ts'
import { AppError } from '#platform/errors.ts'
import type { Log } from '#platform/log.ts'

export type DrawingOrder = {
  /** Of the program itself, with its query. */
  path: string
  language: 'zh' | 'en'
  /** CSS selector of what must stand on the page before it is drawn; a state, never a time. */
  ready: string
  formats: { pdf: boolean; png: boolean }
  /** Said at the foot of every sheet, left of its number. */
  foot: string
}
export type Drawing = {
  pdf: Buffer | undefined
  png: Buffer | undefined
  /** The page is higher than a picture can be: the rest is not in it. */
  isCut: boolean
}
/** Draws pages of the program as PDF (A4, landscape) and PNG, with the Chromium of the machine. */
export type Drawer = {
  /** Whether there is a Chromium; looked for anew every time, so that installing it needs no restart. */
  isThere(): boolean
  /** One at a time; `drawing.no_chromium`, `drawing.timed_out`, `drawing.failed`. */
  draw(order: DrawingOrder, signal: AbortSignal): Promise<Drawing>
}
export type DrawerDeps = {
  log: Log
  /** HEADWATER_CHROMIUM. */
  chosen: string
  /** The program's own server, asked in process. */
  ask: (request: InjectOptions) => Promise<LightMyRequestResponse>
  /** For one drawing, from its turn on. */
  wholeMs?: number
}

/** Sheets are A4 landscape: 297 × 210 mm with 9 mm left and right, at the scale that makes them this wide in CSS pixels. */
const width = 1440
const scale = ((297 - 18) / 25.4) * (96 / width)
/** What Chromium draws in one piece; what is higher comes out empty below. */
const highestPicture = 16_000
const origin = 'http://localhost'

/**
 * Chromium has no network of its own here: every request of the page is answered by asking the program in process, and
 * whatever leads elsewhere is refused. So no port must be open, nothing leaves the machine, and a page cannot reach
 * neighbours. A Chromium lives for one drawing; it ends with it, on cancel, and by itself when the program dies (its pipe
 * closes).
 */
export function openDrawer(deps: DrawerDeps): Drawer {
  let turn: Promise<unknown> = Promise.resolve()
  return {
    isThere: () => findChromium(deps.chosen) !== undefined,
    draw: (order, signal) => {
      const mine = turn.then(() => drawOnce(deps, order, signal))
      turn = mine.catch(() => undefined)
      return mine
    },
  }
}

async function drawOnce(deps: DrawerDeps, order: DrawingOrder, asked: AbortSignal): Promise<Drawing> {
  asked.throwIfAborted()
  const executablePath = findChromium(deps.chosen)
  if (!executablePath)
    throw new AppError(
      'drawing.no_chromium',
      'invalid',
      'No Chromium to draw with: install it on the server (apt-get install chromium), or set HEADWATER_CHROMIUM.',
    )
  const tooLong = AbortSignal.timeout(deps.wholeMs ?? 120_000)
  const signal = AbortSignal.any([asked, tooLong])
  let browser: Browser | undefined
  const end = () => void browser?.close().catch(() => undefined)
  try {
    browser = await chromium.launch({
      executablePath,
      // The pages are ours and have no network; Chromium's own sandbox does not start in containers.
      args: ['--no-sandbox', ...quietArgs],
      // The program ends it: signals are handled there.
      ...{ handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false },
    })
    signal.addEventListener('abort', end, { once: true })
    signal.throwIfAborted()
    const context = await browser.newContext({
      viewport: { width, height: 1000 },
      locale: order.language === 'zh' ? 'zh-CN' : 'en-GB',
      ...{ colorScheme: 'light', reducedMotion: 'reduce', serviceWorkers: 'block' },
    })
    // The whole drawing has a limit; no step of it has one of its own.
    context.setDefaultTimeout(0)
    await answerFromWithin(deps, context)
    return await drawIn(await context.newPage(), order)
  } catch (error) {
    asked.throwIfAborted()
    if (tooLong.aborted || error instanceof errors.TimeoutError)
      throw new AppError('drawing.timed_out', 'busy', 'The board took too long to be drawn.', {
        cause: error,
      })
    if (error instanceof AppError) throw error
    throw new AppError('drawing.failed', 'busy', 'The board could not be drawn.', { cause: error })
  } finally {
    signal.removeEventListener('abort', end)
    await browser?.close().catch((error: unknown) => {
      // It is gone already, or killed with its pipe; the drawing is decided.
      deps.log.warn({ err: error }, 'closing Chromium failed')
    })
  }
}

async function drawIn(page: Page, { path, ready, formats, foot }: DrawingOrder): Promise<Drawing> {
  await page.goto(`${origin}${path}`)
  await seeAll(page, ready)
  await page.waitForSelector(ready, { state: 'attached' })
  await page.evaluate('document.fonts.ready.then(() => window.scrollTo(0, 0))')
  const high = Number(await page.evaluate('document.documentElement.scrollHeight'))
  const isCut = high > highestPicture
  const png = formats.png
    ? await page.screenshot({
        ...{ type: 'png', fullPage: true, animations: 'disabled' },
        ...(isCut ? { clip: { x: 0, y: 0, width, height: highestPicture } } : {}),
      })
    : undefined
  const pdf = formats.pdf
    ? await page.pdf({
        ...{ format: 'A4', landscape: true, printBackground: true, scale },
        margin: { top: '9mm', bottom: '12mm', left: '9mm', right: '9mm' },
        ...{ displayHeaderFooter: true, headerTemplate: '<span></span>', footerTemplate: footerOf(foot) },
      })
    : undefined
  return { pdf, png, isCut }
}

/** Charts ask for their numbers once they come near the screen, so the page is gone through. */
async function seeAll(page: Page, ready: string): Promise<void> {
  await page.waitForSelector(ready.replace(/\[[^\]]*\]$/, ''), { state: 'attached' })
  await page.evaluate(goThrough)
}

// Said as text: this side of the program knows no document.
const goThrough = `(async () => {
  for (let at = 0; at < document.documentElement.scrollHeight; at += 800) {
    window.scrollTo(0, at)
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  }
})()`

async function answerFromWithin({ ask, log }: DrawerDeps, context: BrowserContext): Promise<void> {
  await context.route('**/*', async (route: Route) => {
    const request = route.request()
    const url = new URL(request.url())
    if (url.origin !== origin) return route.abort('blockedbyclient')
    const body = request.postDataBuffer()
    try {
      const reply = await ask({
        method: request.method() as 'GET',
        url: `${url.pathname}${url.search}`,
        headers: {
          ...{ host: 'localhost', 'sec-fetch-site': 'same-origin' },
          ...pick(request.headers(), ['accept', 'accept-language', 'content-type']),
        },
        ...(body ? { payload: body } : {}),
      })
      const { 'content-length': _length, 'content-encoding': _coding, ...headers } = reply.headers
      const said = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
      await route.fulfill({ status: reply.statusCode, headers: said, body: reply.rawPayload })
    } catch (error) {
      // The page is closed already, on cancel: nobody waits for this answer.
      log.debug({ err: error }, 'a request of a drawn page was not answered')
    }
  })
}

const pick = (headers: Record<string, string>, names: readonly string[]) =>
  Object.fromEntries(
    names.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name] as string]])),
  )

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const footerOf = (foot: string) => `
  <div style="font: 8px system-ui, sans-serif; color: #888; width: 100%; padding: 0 9mm; display: flex; justify-content: space-between">
    <span>${foot.replace(/[&<>"]/g, (sign) => escapes[sign] as string)}</span>
    <span><span class="pageNumber"></span> / <span class="totalPages"></span></span>
  </div>`
