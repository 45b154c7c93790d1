import type { CatalogueEntry } from '#modules/collect/contract.ts'
import type { PlanProperty } from '#modules/plans/contract.ts'

/** Properties the plan does not have yet, as they came: one type is expected, always there means required. */
export function fillFrom(
  entry: Pick<CatalogueEntry, 'sampled'> & {
    properties: readonly Pick<CatalogueEntry['properties'][number], 'path' | 'count' | 'types'>[]
  },
  known: readonly Pick<PlanProperty, 'path'>[],
): PlanProperty[] {
  const taken = new Set(known.map((property) => property?.path))
  return entry.properties
    .filter((property) => !taken.has(property.path) && property.path.length <= 200)
    .slice(0, 200 - known.length)
    .map(({ path, count, types }) => ({
      path,
      type: types.length === 1 ? (types[0]?.type ?? 'any') : 'any',
      required: count >= entry.sampled,
      allowed: [],
      pattern: null,
      labels: { zh: '', en: '' },
      description: '',
    }))
}
