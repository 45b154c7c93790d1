import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { Session } from 'chdb'
import { createEnginePool, type EnginePool } from '#platform/ch/embedded/engine-pool.ts'
import type { FromChild, ToChild } from '#platform/ch/embedded/engine-protocol.ts'
import { createEngineServer } from '#platform/ch/embedded/engine-server.ts'
import { defaultDatabase } from '#platform/ch/embedded/engine-settings.ts'

// The program of the ClickHouse child process; its only master is the IPC channel.
const drainWithinMs = 8_000
let engine: { server: Server; pool: EnginePool } | undefined

// Our parent is gone, so is every client. What was answered is in files already; holding the folder any longer
// would only keep the next start waiting.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
process.on('message', (message: ToChild) => {
  if (message.kind === 'open') void open(message).catch(fail)
  if (message.kind === 'stop') void stop()
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined)

async function open(order: Extract<ToChild, { kind: 'open' }>): Promise<void> {
  createDatabase(order.dir, order.args)
  const pool = createEnginePool(order.dir, order.args, { read: order.readers, write: order.writers })
  const server = createEngineServer(pool, order.password)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(order.port, '127.0.0.1', resolve)
  })
  engine = { server, pool }
  tell({ kind: 'ready', port: (server.address() as AddressInfo).port })
}

function createDatabase(dir: string, args: string[]): void {
  const session = new Session(dir, { connectionArgs: args })
  try {
    session.query(`CREATE DATABASE IF NOT EXISTS ${defaultDatabase} ENGINE = Atomic`)
  } finally {
    session.close()
  }
}

/** Ends reads, lets writes finish, closes the engine only when nothing runs in it (it aborts otherwise). */
async function stop(): Promise<void> {
  if (!engine) return process.exit(0)
  const { server, pool } = engine
  server.close()
  pool.cancelReads()
  const deadline = Date.now() + drainWithinMs
  while (pool.busy() > 0 && Date.now() < deadline) await sleep(10)
  // Answers may still lie in socket buffers.
  server.closeIdleConnections()
  await sleep(20)
  if (pool.busy() > 0) process.kill(process.pid, 'SIGKILL')
  pool.close()
  process.exit(0)
}

function fail(error: unknown): void {
  tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })
  // Leave time for the message to go out; the supervisor reads the reason from it.
  setTimeout(() => process.exit(1), 50)
}

function tell(message: FromChild): void {
  process.send?.(message)
}
