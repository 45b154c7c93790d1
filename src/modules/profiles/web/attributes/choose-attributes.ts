import type { Attribute } from '../../attribute-shapes.ts'
import { attributeTitle } from '../attribute-words.ts'

export type AttributeSorting = 'name' | '-name' | 'people' | '-people' | 'misfits' | '-misfits'
type Choice = { q: string; misfits: boolean; archived: boolean; sort: AttributeSorting }

/** Found by its name, by both labels and by its description, whatever the language. */
export function chooseAttributes(
  items: readonly Attribute[],
  { q, misfits, archived, sort }: Choice,
): Attribute[] {
  const wanted = q.toLowerCase()
  const found = items.filter(
    (one) =>
      (archived || !one.archived) &&
      (!misfits || one.misfits > 0) &&
      [one.name, one.labels.zh, one.labels.en, titleOf(one), one.description, one.group].some((text) =>
        text.toLowerCase().includes(wanted),
      ),
  )
  const down = sort.startsWith('-')
  const by = sort.replace('-', '') as 'name' | 'people' | 'misfits'
  const compare = (a: Attribute, b: Attribute) =>
    by === 'name'
      ? titleOf(a).localeCompare(titleOf(b))
      : a[by] - b[by] || titleOf(b).localeCompare(titleOf(a))
  return found.sort((a, b) => (down ? compare(b, a) : compare(a, b)))
}

export const titleOf = (one: Pick<Attribute, 'name' | 'label'>): string => attributeTitle(one.name, one.label)
