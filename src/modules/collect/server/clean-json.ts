// What JSON allows and an engine does not: U+0000 (Postgres text and jsonb), half a surrogate pair (ClickHouse's
// JSON reader), nesting beyond the stack of JSON.stringify. One such item must never stop all those behind it.

/** Deeper than any SDK nests; `rules` reads 12 levels. */
export const maxDepth = 100

const suspicious = /\\u(?:0000|[dD][89a-fA-F])/

/** Whether a JSON text may hold U+0000 or half a surrogate pair; both can only come as escapes. */
export const needsCleaning = (json: string): boolean => suspicious.test(json)

/** A copy without U+0000 and with U+FFFD for halves of surrogate pairs; of keys that become equal the first counts. */
export function cleanText(value: unknown): unknown {
  if (typeof value === 'string') return clean(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(cleanText)
  const fields = new Map<string, unknown>()
  for (const [key, field] of Object.entries(value)) {
    const name = clean(key)
    if (!fields.has(name)) fields.set(name, cleanText(field))
  }
  return Object.fromEntries(fields) // defines, so that a key `__proto__` stays a key
}

const clean = (text: string) => text.replaceAll('\u0000', '').toWellFormed()

export function isDeep(value: unknown, left = maxDepth): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (left === 0) return true
  if (Array.isArray(value)) return value.some((item) => isDeep(item, left - 1))
  for (const key in value) if (isDeep((value as Record<string, unknown>)[key], left - 1)) return true
  return false
}

/** The same value when it is not too deep, else a copy with a mark in place of what lies below. */
export const cutDeep = (value: unknown): unknown => (isDeep(value) ? cut(value, maxDepth) : value)

function cut(value: unknown, left: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (left === 0) return '…'
  if (Array.isArray(value)) return value.map((item) => cut(item, left - 1))
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, cut(field, left - 1)]))
}
