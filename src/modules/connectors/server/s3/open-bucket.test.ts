import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openBucket } from '#modules/connectors/server/s3/open-bucket.ts'
import { createOutbound } from '#platform/outbound/create-outbound.ts'

test('a storage that sends for ever fills no disk: no more is taken than was listed', async () => {
  const chunk = Buffer.alloc(64 * 1024, 'x')
  const server = createServer((_request, response) => {
    response.writeHead(200, { etag: '"e"' })
    const pump = () => {
      while (!response.destroyed && response.write(chunk));
      if (!response.destroyed) response.once('drain', pump)
    }
    pump()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const folder = mkdtempSync(join(tmpdir(), 'hw-bucket-'))
  const path = join(folder, 'object')
  const outbound = createOutbound({ allow: [`127.0.0.1:${port}`] })
  const bucket = openBucket(
    outbound,
    { kind: 's3', endpoint: `http://127.0.0.1:${port}`, region: 'r', bucket: 'b', path_style: true },
    { key: 'k', secret: 's' },
  )
  const object = { key: 'a.csv', etag: '"e"', size: 1_000_000, modified: '' }
  await expect(bucket.fetch(object, path)).rejects.toMatchObject({ code: 'connection.object_changed' })
  expect(statSync(path).size).toBeLessThanOrEqual(1_000_000)
  await outbound.close()
  server.closeAllConnections()
  await new Promise<void>((resolve) => void server.close(() => resolve()))
  rmSync(folder, { recursive: true })
})
