import { defineConfig } from 'vitest/config'

// Forked processes, one file at a time per worker: chDB holds one data path per process.
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'packages/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    setupFiles: ['./test/close-apps.ts', './test/fixed-seed.ts'],
    globalSetup: ['./test/global-setup.ts'],
  },
})
