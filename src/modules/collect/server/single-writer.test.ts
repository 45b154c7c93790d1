import { expect, test } from 'vitest'
import { createSingleWriter } from '#modules/collect/server/single-writer.ts'
import { startTestApp } from '#test/start-test-app.ts'

test('a second process waits, and takes over when the first ends', async () => {
  const app = await startTestApp()
  const ws = await app.workspace()
  await ws.send({ type: 'track', event: 'x', userId: 'u1' })
  await ws.settled() // the app's own projector holds the lock from here on
  const other = createSingleWriter(app.database)
  await expect(other.claim()).rejects.toMatchObject({ code: 'projector.elsewhere', kind: 'busy' })
  await app.collect.stop()
  expect(await other.claim()).toBe(true)
  expect(await other.claim()).toBe(false)
  await other.release()
})
