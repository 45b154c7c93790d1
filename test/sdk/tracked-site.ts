import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Browser, type BrowserContext, chromium } from 'playwright-core'
import { chromiumPlaces } from '#platform/chromium/find-chromium.ts'
import { findChromium, quietArgs } from '#test/browser.ts'

export type Site = {
  /** Serves this document under every address that begins with the path it answers. */
  put(body: string, head?: string): string
  /** The site's address under a name; all of `*.localhost` is this machine. */
  at(path: string, host?: string): string
  /** A browser profile of its own. */
  visitor(): Promise<BrowserContext>
  close(): Promise<void>
}

/** Somebody's site, with pages of a test's own, in a real Chromium. */
export async function openSite(): Promise<Site> {
  const executablePath = findChromium()
  if (!executablePath)
    throw new Error(
      `No Chromium found (${chromiumPlaces.join(', ')}): install it, e.g. "apt-get install chromium", or set CHROMIUM_PATH.`,
    )
  const documents: string[] = []
  const server = createServer((request, reply) => {
    const [, number] = /^\/p(\d+)/.exec(request.url ?? '') ?? []
    reply.writeHead(200, { 'content-type': 'text/html;charset=utf-8' }).end(documents[Number(number)] ?? '')
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const browser: Browser = await chromium.launch({ executablePath, args: quietArgs })
  return {
    put: (body, head = '') => {
      documents.push(
        `<!doctype html><title>Shop</title><link rel="icon" href="data:,">${head}<body>${body}</body>`,
      )
      return `/p${documents.length - 1}`
    },
    at: (path, host = 'shop.localhost') => `http://${host}:${port}${path}`,
    visitor: () => browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai' }),
    close: async () => {
      await browser.close()
      server.closeAllConnections()
      server.close()
    },
  }
}
