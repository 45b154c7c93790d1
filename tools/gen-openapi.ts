import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { routes as instance } from '#app/instance-routes.ts'
import type { RouteTable } from '#platform/http/define-routes.ts'
import { openApiOf } from '#platform/http/openapi.ts'
import { routes as jobs } from '#platform/jobs/job-contract.ts'

/** `node tools/gen-openapi.ts`: writes docs/openapi.json from the contracts, without starting anything. */
const root = fileURLToPath(new URL('..', import.meta.url))
const isContract = (name: string) => /^(.+-)?contract\.ts$/.test(name)
const tables: Record<string, RouteTable> = { instance, jobs }
for (const module of readdirSync(`${root}src/modules`).sort()) {
  // One contract as a rule; a module with two halves has another beside it.
  for (const file of readdirSync(`${root}src/modules/${module}`).filter(isContract).sort()) {
    const contract = (await import(`${root}src/modules/${module}/${file}`)) as Record<string, unknown>
    for (const [name, table] of Object.entries(contract))
      if (/^routes$|Routes$/.test(name)) tables[module] = { ...tables[module], ...(table as RouteTable) }
  }
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
