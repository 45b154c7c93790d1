import type { AddressInfo } from 'node:net'
import { createConnection, createServer, type Socket } from 'node:net'

/** Stands between the program and PostgreSQL's socket; while stalled it takes connections and bytes and says nothing. */
export type StallingProxy = {
  port: number
  stall(): void
  /** Goes on as if nothing had been: what was held back is delivered. */
  resume(): void
  close(): Promise<void>
}

export async function startStallingProxy(socketPath: string): Promise<StallingProxy> {
  const open = new Set<Socket>()
  let isStalled = false
  const server = createServer({ pauseOnConnect: true }, (inward) => {
    const outward = createConnection(socketPath)
    for (const [one, other] of [
      [inward, outward],
      [outward, inward],
    ] as const) {
      open.add(one)
      one.on('data', (bytes) => other.write(bytes))
      one.on('error', () => other.destroy())
      one.on('close', () => {
        open.delete(one)
        other.destroy()
      })
      if (isStalled) one.pause()
      else one.resume()
    }
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    stall: () => {
      isStalled = true
      for (const one of open) one.pause()
    },
    resume: () => {
      isStalled = false
      for (const one of open) one.resume()
    },
    close: () =>
      new Promise((resolve) => {
        for (const one of open) one.destroy()
        server.close(() => resolve())
      }),
  }
}
