import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
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

/** A compressed twin of each text beside it, which the program serves to whoever takes it. */
const compressed: Plugin = {
  name: 'compressed',
  apply: 'build',
  writeBundle: ({ dir = '' }) => {
    for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
      if (!/\.(js|css|html|svg)$/.test(name)) continue
      const file = join(dir, name)
      const text = readFileSync(file)
      if (text.length < 1024) continue
      // 9 of 11: two percent larger, ten times as quick.
      writeFileSync(
        `${file}.br`,
        brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
      )
      writeFileSync(`${file}.gz`, gzipSync(text, { level: 9 }))
    }
  },
}

export default defineConfig({
  plugins: [react(), tracker, compressed],
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
