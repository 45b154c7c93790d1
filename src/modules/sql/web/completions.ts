import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import type { Catalogue } from '../contract.ts'

/** How a property is written: as a name where it is one, in brackets else. */
export const propertyText = (root: string, name: string): string =>
  /^[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}_][\p{L}\p{N}_]*)*$/u.test(name)
    ? `${root}.${name}`
    : `${root}['${name.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}']`

/** Names to go on with: properties behind `props.`, else views, columns and functions. */
export function completionsOf({ views, functions }: Catalogue) {
  const general: Completion[] = [
    ...views.map(({ name, description }) => ({ label: name, type: 'type', info: description, boost: 3 })),
    ...uniqueBy(
      views.flatMap(({ columns }) => columns),
      ({ name }) => name,
    ).map(({ name, type, description }) => ({
      label: name,
      detail: type,
      info: description,
      type: 'property',
      boost: 2,
    })),
    ...[...functions.scalar, ...functions.aggregate, ...functions.window].map((name) => ({
      label: name,
      apply: `${name}(`,
      type: 'function',
    })),
  ]
  const byRoot = new Map<string, Completion[]>()
  for (const { roots, properties } of views)
    for (const root of roots)
      byRoot.set(root, [
        ...(byRoot.get(root) ?? []),
        ...properties.map((name) => ({ label: propertyText(root, name), type: 'property', boost: 4 })),
      ])
  return (context: CompletionContext): CompletionResult | null => {
    const path = context.matchBefore(/[\p{L}_][\p{L}\p{N}_]*\.[\p{L}\p{N}_.]*/u)
    const root = path?.text.split('.')[0]
    const options = root ? byRoot.get(root) : undefined
    if (path && options) return { from: path.from, options, validFor: /^[\p{L}\p{N}_.]*$/u }
    const word = context.matchBefore(/[\p{L}_][\p{L}\p{N}_]*/u)
    if (!word && !context.explicit) return null
    return { from: word?.from ?? context.pos, options: general, validFor: /^[\p{L}\p{N}_]*$/u }
  }
}

function uniqueBy<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()]
}
