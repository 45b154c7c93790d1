import type { ColumnUse, ImportKind, ImportSpec, Preview, SavedSpec, UploadDraft } from '../contract.ts'
import { isCompanyKey } from './identifier-choices.ts'

/** What the mapping step edits; it becomes the spec. */
export type ImportDraft = Pick<
  ImportSpec,
  'kind' | 'columns' | 'tags' | 'mode' | 'empty_key' | 'placeholders'
> & {
  key: { column: string; kind: string }
  event: string
  date_order: 'auto' | 'dmy' | 'mdy'
}
export type UseName = 'attribute' | 'property' | 'identifier' | 'time' | 'event' | 'skip'

/** What to begin with: a mapping saved for these very columns, else what is suggested. `fresh` asks for the latter. */
export function draftOf(preview: Preview, fresh = false): ImportDraft {
  const saved = preview.mappings.find((one) => one.same)
  return saved && !fresh ? draftOfSpec(saved.spec, preview) : suggestedDraft(preview)
}

/** A saved mapping, for a file that may have columns it does not know. */
export function draftOfSpec(spec: SavedSpec, preview: Preview): ImportDraft {
  const { sheet: _sheet, event = '', date_order = 'auto', key, ...rest } = spec
  const use = (name: string): ColumnUse => {
    if (name === key.column) return { identifier: key.kind }
    return (Object.hasOwn(spec.columns, name) ? spec.columns[name] : undefined) ?? { skip: true }
  }
  const columns = Object.fromEntries(preview.columns.map(({ name }) => [name, use(name)]))
  return { ...rest, key, columns, event, date_order }
}

/** What was kept of an unfinished mapping; nothing where it is not of this file. */
export function readDraft(kept: UploadDraft | undefined, preview: Preview): ImportDraft | undefined {
  const draft = kept as ImportDraft | undefined
  const names = preview.columns.map((column) => column.name)
  const isWhole =
    typeof draft?.columns === 'object' &&
    draft.key &&
    names.every((name) => Object.hasOwn(draft.columns, name))
  return isWhole ? draft : undefined
}

export function savedSpecOf(draft: ImportDraft, preview: Preview): SavedSpec {
  const { dry_run: _run, ...spec } = specOf(draft, preview, false)
  return spec
}

/** Whether two mappings are the same, in whatever order the database keeps their members. */
export const isSameSpec = (a: SavedSpec, b: SavedSpec) => ordered(a) === ordered(b)

const ordered = (value: unknown): string =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? `{${Object.entries(value)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, member]) => `${JSON.stringify(name)}:${ordered(member)}`)
        .join()}}`
    : (JSON.stringify(value) ?? '')

const suggestedDraft = (preview: Preview): ImportDraft => ({
  kind: preview.suggestion.kind,
  key: preview.suggestion.key ?? { column: preview.columns[0]?.name ?? '', kind: 'user_id' },
  columns: preview.suggestion.columns,
  tags: [],
  event: '',
  ...{ mode: 'both', empty_key: 'fail', placeholders: 'missing', date_order: 'auto' },
})

export function specOf(draft: ImportDraft, preview: Preview, dryRun: boolean): ImportSpec {
  const { event, date_order, key, columns, ...rest } = draft
  const { [key.column]: _key, ...others } = columns
  return {
    ...rest,
    key,
    columns: Object.fromEntries(Object.entries(others).filter(([, use]) => !('skip' in use))),
    dry_run: dryRun,
    ...(draft.kind === 'events' && event.trim() !== '' && { event: event.trim() }),
    ...(date_order !== 'auto' && { date_order }),
    ...(preview.sheet !== null && { sheet: preview.sheet }),
  }
}

export const nameOfUse = (use: ColumnUse): UseName =>
  (['attribute', 'property', 'identifier', 'time', 'event'] as const).find((name) => name in use) ?? 'skip'

/** The uses a kind of import knows, most usual first. */
export const choicesFor = (kind: ImportKind): UseName[] => {
  if (kind === 'companies') return ['attribute', 'skip']
  if (kind === 'people') return ['attribute', 'identifier', 'time', 'skip']
  const event: UseName[] = kind === 'events' ? ['event'] : []
  return ['property', 'attribute', 'identifier', 'time', ...event, 'skip']
}

/** A use of another kind, keeping the name that was given. */
export function changeUse(column: string, before: ColumnUse, to: UseName): ColumnUse {
  const name = nameIn(before) ?? column
  if (to === 'attribute') return { attribute: name }
  if (to === 'property') return { property: name }
  if (to === 'identifier') return { identifier: 'email' }
  if (to === 'time') return { time: true }
  return to === 'event' ? { event: true } : { skip: true }
}

/** The name a column gets; undefined where it needs none. */
export function nameIn(use: ColumnUse): string | undefined {
  const name = 'attribute' in use ? use.attribute : 'property' in use ? use.property : undefined
  return typeof name === 'string' ? name : undefined
}

/** What people say of themselves becomes what events say, and back, when the kind of the import changes. */
export function changeKind(draft: ImportDraft, kind: ImportKind): ImportDraft {
  const allowed = choicesFor(kind)
  const tellsAttributes = kind === 'people' || kind === 'companies'
  const columns = Object.entries(draft.columns).map(([column, use]): [string, ColumnUse] => {
    const name = nameOfUse(use)
    if (tellsAttributes && name === 'property') return [column, changeUse(column, use, 'attribute')]
    if (!tellsAttributes && (draft.kind === 'people' || draft.kind === 'companies') && name === 'attribute')
      return [column, changeUse(column, use, 'property')]
    return [
      column,
      allowed.includes(name) ? use : changeUse(column, use, tellsAttributes ? 'attribute' : 'property'),
    ]
  })
  return { ...draft, kind, key: keyFor(draft.key, kind), columns: Object.fromEntries(columns) }
}

/** A company is known by other things than a person. */
function keyFor(key: ImportDraft['key'], kind: ImportKind): ImportDraft['key'] {
  if (kind === 'companies') return isCompanyKey(key.kind) ? key : { ...key, kind: 'name' }
  return isCompanyKey(key.kind) ? { ...key, kind: 'user_id' } : key
}
