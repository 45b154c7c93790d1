import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { routes as instance } from '#app/instance-routes.ts'
import type { RouteTable } from '#platform/http/define-routes.ts'
import { openApiOf } from '#platform/http/openapi.ts'
import { routes as jobs } from '#platform/jobs/job-contract.ts'

/** `node tools/gen-openapi.ts`: writes docs/openapi.json from the contracts, without starting anything. */
const root = fileURLToPath(new URL('..', import.meta.url))
const tables: Record<string, RouteTable> = { instance, jobs }
for (const module of readdirSync(`${root}src/modules`).sort()) {
  const file = `${root}src/modules/${module}/contract.ts`
  if (!existsSync(file)) continue
  const contract = (await import(file)) as { routes?: RouteTable }
  if (contract.routes) tables[module] = contract.routes
}
const named = Object.entries(tables).flatMap(([module, table]) =>
  Object.entries(table).map(([name, route]) => ({ module, name, route })),
)
const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as {
  version: string
}
writeFileSync(`${root}docs/openapi.json`, `${JSON.stringify(openApiOf(named, version), null, 1)}\n`)
console.log(`docs/openapi.json: ${named.length} routes`)
await import('./gen-client.ts') // the client follows from the document
