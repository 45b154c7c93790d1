import { afterAll } from 'vitest'

/** Ways to close what a test file started, wherever it did so: in a hook, in a test, in a helper. */
export const openApps = new Set<() => Promise<void>>()

// A set-up file runs before each test file, so this hook belongs to the file and not to whoever started an app.
afterAll(async () => {
  for (const close of openApps) await close()
  openApps.clear()
}, 120_000)
