/** What of a list's address a view holds. */
export type ViewContent = Record<string, unknown>

/** In the address `view=all` says that no view is meant, not even the default of one's role. */
export const noView = 'all'

/** Without what is not set, so that an address and a stored view compare. */
export const tidy = (content: ViewContent): ViewContent =>
  Object.fromEntries(
    Object.entries(content)
      .filter(([, value]) => value !== undefined && value !== null && value !== '')
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )

/** Whether two show the same list; the order of keys says nothing, at any depth. */
export const isSame = (a: ViewContent, b: ViewContent): boolean => canonical(tidy(a)) === canonical(tidy(b))

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).toSorted(([x], [y]) => (x < y ? -1 : 1)))
      : one,
  )

/** Every key a list has, so that going to a view clears what it does not set. */
export const asAddress = (keys: readonly string[], content: ViewContent): ViewContent =>
  Object.fromEntries(keys.map((key) => [key, content[key]]))
