/** A value as it stands in a text field. */
export const writeValue = (value: unknown): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value)

/**
 * What was typed, in the type the attribute has: a number stays a number, a list a list. Text stays text even when it
 * looks like a number, so that a postcode keeps its zero. Empty removes.
 */
export function readValue(text: string, before: unknown): unknown {
  const typed = text.trim()
  if (typed === '') return null
  if (typeof before === 'string' || before === undefined) return typed
  try {
    const value: unknown = JSON.parse(typed)
    return typeof value === typeof before && Array.isArray(value) === Array.isArray(before) ? value : typed
  } catch (error) {
    if (error instanceof SyntaxError) return typed
    throw error
  }
}
