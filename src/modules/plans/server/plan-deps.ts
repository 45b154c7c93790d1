import type { SourceNames } from '#modules/access/index.ts'
import type { Audit } from '#modules/profiles/index.ts'
import type { Database } from '#platform/pg/database.ts'

export type PlanDeps = { database: Database; audit: Audit; sourceNames: SourceNames }
