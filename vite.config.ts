import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const server = process.env.HEADWATER_SERVER ?? 'http://127.0.0.1:4600'

export default defineConfig({
  plugins: [react()],
  build: { outDir: 'dist/web', emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 700 },
  server: {
    port: 4610,
    proxy: Object.fromEntries(
      ['/api', '/v1', '/docs', '/openapi.json'].map((path) => [path, { target: server }]),
    ),
  },
})
