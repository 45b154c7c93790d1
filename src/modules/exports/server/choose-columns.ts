import type { ExportedPerson } from '#modules/profiles/index.ts'
import type { Cell } from '#platform/sheets/cell.ts'

/** What there is to choose from: kinds of identifiers and flat attribute paths among the people exported. */
export type Available = { kinds: readonly string[]; attributes: readonly string[] }
export type ExportColumn = { title: string; read: (person: ExportedPerson) => Cell }

const fixed: Record<string, ExportColumn['read']> = {
  id: (person) => person.id,
  name: (person) => person.name ?? undefined,
  tags: (person) => [...person.tags],
  identifiers: (person) => person.identifiers.map(({ kind, value }) => `${kind}:${value}`),
  firstSeen: (person) => person.firstSeen,
  lastSeen: (person) => person.lastSeen ?? undefined,
}
const kindOrder = ['user_id', 'email', 'phone']

/** Columns of a file, in the order asked for; without a choice everything there is. */
export function chooseColumns(wanted: readonly string[] | undefined, available: Available): ExportColumn[] {
  const names = wanted ?? everything(available)
  return [...new Set(names)].flatMap((name) => columnsNamed(name, available))
}

/** Whether the moment of the last event is asked for, which is kept apart from people. */
export const needsLastSeen = (columns: readonly ExportColumn[]): boolean =>
  columns.some((column) => column.read === fixed.lastSeen)

function everything({ kinds, attributes }: Available): string[] {
  const rank = (kind: string) => {
    const at = kindOrder.indexOf(kind)
    return at >= 0 ? at : kind === 'anonymous_id' ? 99 : 50
  }
  const sorted = [...kinds].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
  return ['id', 'name', ...sorted, 'tags', 'firstSeen', 'lastSeen', ...[...attributes].sort()]
}

function columnsNamed(name: string, { kinds, attributes }: Available): ExportColumn[] {
  if (Object.hasOwn(fixed, name)) return [{ title: name, read: fixed[name] as ExportColumn['read'] }]
  if (kinds.includes(name)) return [{ title: name, read: (person) => identifierOr(person, name) }]
  if (attributes.includes(name)) return [attribute(name)]
  const parts = attributes.filter((path) => path.startsWith(`${name}.`)).sort()
  return parts.length > 0 ? parts.map(attribute) : [attribute(name)]
}

const attribute = (path: string): ExportColumn => ({
  title: path,
  read: ({ attributes }) => (Object.hasOwn(attributes, path) ? attributes[path] : undefined),
})

/** A kind and an attribute of one name (mail, phone) share a column: all identifiers, else what was said. */
function identifierOr(person: ExportedPerson, kind: string): Cell {
  const values = person.identifiers.filter((id) => id.kind === kind).map((id) => id.value)
  if (values.length > 0) return values.length === 1 ? values[0] : values
  return attribute(kind).read(person)
}
