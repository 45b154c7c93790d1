import type { PlanProperty, PropertyType } from '#modules/plans/contract.ts'

/** Typed words as values of the property's type; what does not read as one stays text and is refused when saved. */
export function readAllowed(texts: readonly string[], type: PropertyType): PlanProperty['allowed'] {
  return texts.map((text) => {
    if (type === 'number' && text.trim() !== '' && Number.isFinite(Number(text))) return Number(text)
    if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
    return text
  })
}
