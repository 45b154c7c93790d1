import { sql } from 'kysely'
import type { CompanyAttribute } from '#modules/companies/contract.ts'
import type { CircleDeps } from '#modules/companies/server/circle-deps.ts'
import { isOpenName } from '#modules/companies/server/circle-store.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'

type Row = Omit<CompanyAttribute, 'open'>

/** Attributes companies have, by name. */
export const listCompanyAttributes = (deps: Pick<CircleDeps, 'database'>, ctx: WorkspaceCtx) =>
  deps.database.read(ctx, async (tx) => {
    const rows = await tx.rows<Row>(sql`
      select name, type, personal from companies.attribute where workspace_id = ${tx.workspace} order by name`)
    return { items: rows.map(present) }
  })

const present = (row: Row): CompanyAttribute => ({ ...row, open: isOpenName(row.name) })

/** Says whether an attribute of companies is personal data. Read where it is shown, so it holds at once. */
export function describeCompanyAttribute(
  deps: Pick<CircleDeps, 'database' | 'audit'>,
  ctx: WorkspaceCtx,
  { name, personal }: { name: string; personal: boolean },
): Promise<CompanyAttribute> {
  if (personal && isOpenName(name))
    throw new AppError(
      'company_attribute.always_open',
      'invalid',
      'What a company is called is shown to everybody who sees companies.',
      { details: { path: '/body/personal' } },
    )
  return deps.database.write(ctx, async (tx) => {
    const before = await tx.row<Row>(sql`
      select name, type, personal from companies.attribute
      where workspace_id = ${tx.workspace} and name = ${name} for update`)
    if (!before)
      throw new AppError('company_attribute.missing', 'missing', 'Companies have no attribute of this name.')
    // Who sees values masked must not be able to take the mask off.
    if (before.personal && !personal && !ctx.permissions.has('people:unmask'))
      throw new AppError('access.denied', 'denied', 'Taking a mask off asks for `people:unmask`.', {
        details: { permission: 'people:unmask' },
      })
    await tx.run(sql`
      update companies.attribute set personal = ${personal} where workspace_id = ${tx.workspace} and name = ${name}`)
    await deps.audit(tx, ctx, {
      action: 'company_attribute.described',
      subject: name,
      details: { personal },
    })
    return present({ ...before, personal })
  })
}
