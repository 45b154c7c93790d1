import { sql } from 'kysely'
import type { CompanyAttribute } from '#modules/companies/contract.ts'
import type { CircleDeps } from '#modules/companies/server/circle-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

/** Attributes companies have, by name. */
export const listCompanyAttributes = (deps: Pick<CircleDeps, 'database'>, ctx: WorkspaceCtx) =>
  deps.database.read(ctx, async (tx) => ({
    items: await tx.rows<CompanyAttribute>(sql`
      select name, type from companies.attribute where workspace_id = ${tx.workspace} order by name`),
  }))
