import { findChromium as find, quietArgs as quiet } from '#platform/chromium/find-chromium.ts'

export const findChromium = (): string | undefined => find(process.env.CHROMIUM_PATH)

export const quietArgs = ['--no-sandbox', ...quiet]
