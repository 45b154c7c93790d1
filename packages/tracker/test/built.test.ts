import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { buildTracker } from '../build.ts'

test('the script that sites load has 5,000 bytes at most, packed, and stands alone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tracker-'))
  try {
    await buildTracker(folder)
    const script = readFileSync(join(folder, 'tracker.js'))
    expect(gzipSync(script, { level: 9 }).length).toBeLessThanOrEqual(5000)
    for (const name of ['tracker', 'browser', 'mini-program'])
      expect(readFileSync(join(folder, `${name}.js`), 'utf8')).not.toMatch(
        /^import |\brequire\(|node_modules/m,
      )
  } finally {
    rmSync(folder, { recursive: true })
  }
})
