import type { CircleDeps } from '#modules/companies/server/circle-deps.ts'
import { requireCompany } from '#modules/companies/server/read-company.ts'
import { attributesOf } from '#modules/companies/server/told.ts'
import { countReveal } from '#modules/profiles/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

/** Full values of a company that were asked for by name, noted as those of a person are, and of the same hour's count. */
export function revealCompany(
  deps: Pick<CircleDeps, 'database' | 'audit'>,
  ctx: WorkspaceCtx,
  id: string,
  { fields, why }: { fields: readonly string[]; why?: string | undefined },
): Promise<{ attributes: Record<string, unknown> }> {
  return deps.database.write(ctx, async (tx) => {
    await countReveal(tx, ctx)
    const company = await requireCompany(tx, ctx, id)
    const wanted = new Set(fields)
    await deps.audit(tx, ctx, {
      action: 'company.revealed',
      subject: company.id,
      details: { fields: [...wanted], ...(why ? { why } : {}) },
    })
    const all = Object.entries(attributesOf(company.traits))
    return { attributes: Object.fromEntries(all.filter(([name]) => wanted.has(name))) }
  })
}
