import { existsSync } from 'node:fs'

/** Where systems put a Chromium, most wanted first. */
export const chromiumPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The Chromium to draw with: the chosen one, or where systems put it; undefined when there is none. */
export function findChromium(chosen: string | undefined): string | undefined {
  if (chosen) return existsSync(chosen) ? chosen : undefined
  return chromiumPlaces.find((path) => existsSync(path))
}

/** Without these, Chromium calls home at every start. */
export const quietArgs = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
