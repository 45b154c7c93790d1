import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { chromiumPlaces } from '#platform/chromium/find-chromium.ts'
import { findChromium, quietArgs } from '#test/browser.ts'

export type Shop = {
  /** A page of the shop in a browser profile of its own; the official packages are loaded, nothing is started. */
  visit(): Promise<Page>
  /** Another page of the shop, which loads the packages too. */
  url: string
  close(): Promise<void>
}

/** A web shop on an origin of its own, so that all that its pages send us is cross-origin, in a real Chromium. */
export async function openShop(): Promise<Shop> {
  const executablePath = findChromium()
  if (!executablePath)
    throw new Error(
      `No Chromium found (${chromiumPlaces.join(', ')}): install it, e.g. "apt-get install chromium", or set CHROMIUM_PATH.`,
    )
  const script = await bundle()
  const server = createServer((request, reply) => {
    if (request.url === '/sdks.js')
      return reply.writeHead(200, { 'content-type': 'text/javascript' }).end(script)
    return reply.writeHead(200, { 'content-type': 'text/html;charset=utf-8' }).end(html)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const url = `http://localhost:${(server.address() as AddressInfo).port}/`
  const browser = await chromium.launch({ executablePath, args: quietArgs })
  return {
    url,
    visit: async () => {
      const page = await (await browser.newContext()).newPage()
      await page.goto(url)
      return page
    },
    close: async () => {
      await browser.close()
      server.closeAllConnections()
      server.close()
    },
  }
}

const html =
  '<!doctype html><title>Shop</title><link rel="icon" href="data:,"><h1>Shop</h1><script src="/sdks.js"></script>'

async function bundle(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: {
        entry: fileURLToPath(new URL('./browser-sdks.ts', import.meta.url)),
        formats: ['iife'],
        name: 'sdks',
      },
    },
    define: { 'process.env.NODE_ENV': '"production"' },
  })
  const [built] = [result].flat() as { output: { code?: string }[] }[]
  return built?.output[0]?.code ?? ''
}

/** Waits until a condition on our side holds: browsers send when they like. */
export async function until(holds: () => Promise<boolean>, what: string, ms = 20_000): Promise<void> {
  const end = Date.now() + ms
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
