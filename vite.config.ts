import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { buildTracker } from './packages/tracker/build.ts'

const server = process.env.HEADWATER_SERVER ?? 'http://127.0.0.1:4600'

/** The tracker is served by the program, so whoever builds the web UI has it built as well. */
const tracker: Plugin = {
  name: 'tracker',
  apply: 'build',
  closeBundle: () => buildTracker(),
}

export default defineConfig({
  plugins: [react(), tracker],
  build: { outDir: 'dist/web', emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 700 },
  server: {
    port: 4610,
    proxy: Object.fromEntries(
      ['/api', '/v1', '/docs', '/openapi.json', '/tracker.js', '/tracker-mini-program.js'].map((path) => [
        path,
        { target: server },
      ]),
    ),
  },
})
