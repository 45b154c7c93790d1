import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { analyticsSchema as collectSchema } from '#modules/collect/index.ts'
import { analyticsSchema as companiesSchema } from '#modules/companies/index.ts'
import { analyticsSchema as consentsSchema } from '#modules/consents/index.ts'
import { analyticsSchema as ordersSchema } from '#modules/orders/index.ts'
import { analyticsSchema as profilesSchema } from '#modules/profiles/index.ts'
import { analyticsSchema as segmentsSchema } from '#modules/segments/index.ts'
import { type Migration, readMigrations } from '#platform/pg/migrate.ts'

/** What every module keeps in ClickHouse. */
export const analyticsSchemas = [
  profilesSchema,
  consentsSchema,
  collectSchema,
  ordersSchema,
  companiesSchema,
  segmentsSchema,
]

/** SQL migrations of the kernel and of every module, in their one global order. */
export function allMigrations(): Migration[] {
  const modules = fileURLToPath(new URL('../modules/', import.meta.url))
  const kernel = fileURLToPath(new URL('../platform/pg/migrations/', import.meta.url))
  return readMigrations([
    kernel,
    ...readdirSync(modules).map((name) => `${modules}${name}/server/migrations`),
  ])
}
