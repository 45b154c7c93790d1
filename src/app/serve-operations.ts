import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { Registry } from 'prom-client'
import { renderApiPage } from '#app/api-page.ts'
import { version } from '#app/version.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import { type NamedRoute, openApiOf } from '#platform/http/openapi.ts'
import type { Database } from '#platform/pg/database.ts'

type Deps = {
  database: Database
  ch: ClickHouse
  metrics: () => Promise<string>
  namedRoutes: readonly NamedRoute[]
}

/** What operators and integrators read: health, metrics, the API's description. */
export function serveOperations(server: FastifyInstance, deps: Deps): void {
  const document = openApiOf(deps.namedRoutes, version)
  server.get('/healthz', async () => ({ status: 'ok', version }))
  server.get('/readyz', async (_request, reply) => {
    const checks = {
      postgres: await answers(() => deps.database.system((tx) => tx.run(sql`select 1`))),
      clickhouse: await answers(() => deps.ch.ping()),
    }
    const ready = Object.values(checks).every((check) => check === 'ok')
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ok' : 'unavailable', checks })
  })
  server.get('/metrics', async (_request, reply) =>
    reply.type(Registry.PROMETHEUS_CONTENT_TYPE).send(await deps.metrics()),
  )
  server.get('/openapi.json', async () => document)
  const page = renderApiPage(deps.namedRoutes, version)
  server.get('/docs/api', async (_request, reply) => reply.type('text/html; charset=utf-8').send(page))
}

async function answers(ask: () => Promise<unknown>): Promise<string> {
  try {
    return (await ask()) === false ? 'does not answer' : 'ok'
  } catch (error) {
    return error instanceof Error ? error.message : 'does not answer'
  }
}
