import type { Company } from '#modules/companies/contract.ts'
import type { CircleDeps } from '#modules/companies/server/circle-deps.ts'
import { type CircleFacts, circleFacts } from '#modules/companies/server/circle-facts.ts'
import type { CircleRow } from '#modules/companies/server/circle-store.ts'
import { attributesOf } from '#modules/companies/server/told.ts'
import type { Mask } from '#modules/profiles/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

/** Companies as the API shows them, in the given order. */
export async function presentCompanies(
  deps: Pick<CircleDeps, 'ch' | 'profiles'>,
  ctx: WorkspaceCtx,
  rows: readonly CircleRow[],
): Promise<Company[]> {
  const facts = await circleFacts(
    deps,
    ctx,
    rows.map((row) => row.num),
  )
  const mask = await deps.profiles.maskOfCompanies(ctx)
  return rows.map((row) => present(row, facts.get(row.num), mask))
}

export async function presentCompany(
  deps: Pick<CircleDeps, 'ch' | 'profiles'>,
  ctx: WorkspaceCtx,
  row: CircleRow,
): Promise<Company> {
  const [company] = await presentCompanies(deps, ctx, [row])
  return company as Company
}

function present(row: CircleRow, facts: CircleFacts | undefined, mask: Mask): Company {
  const attributes = attributesOf(row.traits)
  const shown = maskCompany(mask, attributes)
  return { ...said(row, facts), attributes: shown, masked: maskedOf(attributes, shown) }
}

const said = (row: CircleRow, facts: CircleFacts | undefined) => ({
  id: row.id,
  externalId: row.externalId,
  name: row.name || null,
  domain: row.domain || null,
  owner: row.owner === null ? null : { id: row.owner, name: row.ownerName ?? row.owner },
  people: facts?.people ?? 0,
  lastActivity: facts?.lastActivity ? new Date(facts.lastActivity).toISOString() : null,
  revenue: facts?.revenue ?? [],
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
})

/**
 * What a company is called is nobody's secret; an attribute marked personal is somebody's, and so may be a mail address
 * or a number in any other.
 */
export function maskCompany(mask: Mask, attributes: Record<string, unknown>): Record<string, unknown> {
  if (mask.full) return attributes
  const look = (part: unknown): unknown => {
    if (typeof part === 'string') return mask.text(part)
    if (Array.isArray(part)) return part.map(look)
    return typeof part === 'object' && part !== null ? byName(part) : part
  }
  const byName = (part: object) =>
    Object.fromEntries(
      Object.entries(part).map(([key, one]) => [key, mask.isNamed(key) ? mask.named(key, one) : look(one)]),
    )
  return byName(attributes)
}

/** Attributes of which something is not shown as it is. */
function maskedOf(attributes: Record<string, unknown>, shown: Record<string, unknown>): string[] {
  return Object.keys(attributes).filter(
    (name) => JSON.stringify(attributes[name]) !== JSON.stringify(shown[name]),
  )
}
