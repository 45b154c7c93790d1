import type { AddressInfo } from 'node:net'
import { collectDefaultMetrics, Registry } from 'prom-client'
import type { FromCollector, Order, ToCollector } from '#app/collector/collector-protocol.ts'
import { type Collector, openCollector } from '#app/collector/open-collector.ts'
import { handThrough } from '#platform/http/hand-through.ts'
import { createLog } from '#platform/log.ts'

// The program of the collector process; its only master is the IPC channel.
let collector: Collector | undefined
const registry = new Registry()
collectDefaultMetrics({ register: registry, prefix: 'headwater_collector_' })

// The program is gone. What was answered is committed; holding the port would only keep the next start waiting.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
process.on('message', (message: ToCollector) => {
  if (message.kind === 'open') void open(message.order).catch(fail)
  if (message.kind === 'forget') collector?.forget()
  if (message.kind === 'stop') void stop()
  if (message.kind === 'metrics')
    void registry.metrics().then((text) => tell({ kind: 'metrics', id: message.id, text }))
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)

async function open({ settings, databaseUrl, socketPath, port }: Order): Promise<void> {
  const log = createLog(settings.HEADWATER_LOG_LEVEL)
  const onCommit = (items: number) => tell({ kind: 'committed', items })
  collector = openCollector({ settings, databaseUrl, log, onCommit })
  const { server } = collector
  handThrough(server, { socketPath, trustProxy: settings.HEADWATER_TRUST_PROXY, log })
  const url = await server.listen({ port, host: settings.HEADWATER_HOST })
  tell({ kind: 'ready', url, port: (server.server.address() as AddressInfo).port })
}

async function stop(): Promise<void> {
  await collector?.stop()
  process.exit(0)
}

function fail(error: unknown): void {
  const { code = 'failed', message } = error as { code?: string; message: string }
  tell({ kind: 'failed', code, message })
  setTimeout(() => process.exit(1), 50) // the supervisor reads the reason first
}

function tell(message: FromCollector): void {
  process.send?.(message)
}
