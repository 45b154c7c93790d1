import { kindNameOf, meaningOf } from '#modules/imports/server/mapping/suggest-mapping.ts'

const contactsAndIds: ReadonlySet<string> = new Set(['user_id', 'anonymous_id', 'email', 'phone'])

/**
 * A spec in which columns are only said to be an `"identifier"` (or `{"identifier": true}`), with the kind that goes
 * without saying: of the key column the key's, of others what their name means, else their name. Anything that is not
 * shaped like a spec comes back as it is, for the check to name its fault.
 */
export function nameKinds(spec: unknown): unknown {
  if (!isObject(spec) || !isObject(spec.columns)) return spec
  const key = isObject(spec.key) ? spec.key : {}
  const columns = Object.entries(spec.columns).map(([column, use]) => {
    const isBare = use === 'identifier' || (isObject(use) && use.identifier === true)
    return [column, isBare ? { identifier: column === key.column ? key.kind : kindOf(column) } : use]
  })
  return { ...spec, columns: Object.fromEntries(columns) }
}

function kindOf(column: string): string {
  const meaning = meaningOf(column)
  return meaning && contactsAndIds.has(meaning) ? meaning : kindNameOf(column)
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
