// Preloaded into the program under test: the web UI is not what is tested here, so its build is left out.
import { registerHooks } from 'node:module'

registerHooks({
  load: (url, context, next) =>
    url.endsWith('/src/app/build-web.ts')
      ? { format: 'module', source: 'export function buildWebIfStale() {}', shortCircuit: true }
      : next(url, context),
})
