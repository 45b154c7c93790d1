import { type BrowserOptions, headwater } from './browser.ts'
import type { Call } from './facade.ts'

// What `<script async src=".../tracker.js" data-write-key="…">` loads: takes over the calls made before it was there,
// and starts by itself when the tag names a write key. The options are the tag's `data-` attributes.
declare global {
  interface Window {
    headwater?: unknown
  }
}

const before = window.headwater
// Where the page has this script twice, the first one goes on.
if (!(before as { flush?: unknown } | undefined)?.flush) {
  window.headwater = headwater
  if (Array.isArray(before)) headwater.push(...(before as Call[]))
  const { src, dataset } = (document.currentScript ?? {}) as Partial<HTMLScriptElement>
  if (dataset?.writeKey) headwater.init({ host: src?.replace(/\/[^/]*$/, ''), ...dataset } as BrowserOptions)
}
