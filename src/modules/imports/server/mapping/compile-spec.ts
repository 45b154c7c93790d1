import { companyKeys } from '#modules/companies/index.ts'
import type { ColumnUse, ImportSpec, ValueType } from '#modules/imports/contract.ts'
import { type ColumnProfile, dateOrderOf, typeOf } from '#modules/imports/server/mapping/column-profile.ts'
import type { DateOrder } from '#modules/imports/server/mapping/read-value.ts'
import type { Survey } from '#modules/imports/server/mapping/survey.ts'
import { AppError } from '#platform/errors.ts'

/** One column as the row reader wants it. */
export type Reader = {
  at: number
  /** Of what was said for attributes and properties, or of all values. */
  type: ValueType | 'list'
  order: DateOrder | undefined
} & (
  | { as: 'attribute' | 'property'; name: string }
  | { as: 'identifier'; kind: string }
  | { as: 'time' | 'event' }
)

export type Plan = { key: { at: number; kind: string }; readers: Reader[] }

/** Refuses a mapping that cannot be meant for these columns; needs no file but its header. */
export function checkSpec(spec: ImportSpec, columns: readonly string[]): void {
  const known = new Set(columns)
  for (const name of [spec.key.column, ...Object.keys(spec.columns)])
    if (!known.has(name))
      throw new AppError('import.unknown_column', 'invalid', `The file has no column “${name}”.`, {
        details: { path: name === spec.key.column ? '/spec/key/column' : '/spec/columns', column: name },
      })
  const uses = Object.values(spec.columns)
  if (spec.kind === 'companies') {
    checkCompanies(spec, uses)
    return
  }
  if (spec.kind === 'events' && spec.event === undefined && !uses.some((use) => 'event' in use))
    throw wrong('import.no_event', 'invalid', 'Say which column holds the event, or name one for all rows.')
  if (spec.kind !== 'people' && !uses.some((use) => 'time' in use))
    throw wrong('import.no_time', 'invalid', 'Say which column holds the time.')
  if (spec.kind === 'orders' && !uses.some((use) => 'property' in use && use.property === 'order_id'))
    throw wrong('import.no_order_id', 'invalid', 'Map a column to the property order_id.')
  if (uses.filter((use) => 'time' in use).length > 1)
    throw wrong('import.two_times', 'invalid', 'Only one column can be the time.')
}

function checkCompanies({ key }: ImportSpec, uses: readonly ColumnUse[]): void {
  if (!companyKeys.some((kind) => kind === key.kind))
    throw new AppError(
      'import.bad_key_kind',
      'invalid',
      'A company is known by external_id, domain or name.',
      { details: { path: '/spec/key/kind' } },
    )
  if (uses.some((use) => !('attribute' in use || 'property' in use || 'skip' in use)))
    throw wrong('import.not_of_company', 'invalid', 'Columns of a company are attributes.')
}

const wrong = (code: `import.${string}`, kind: 'invalid', message: string) =>
  new AppError(code, kind, message, { details: { path: '/spec/columns' } })

/** The mapping with what the whole file taught about its columns. */
export function compileSpec(spec: ImportSpec, survey: Pick<Survey, 'columns'>): Plan {
  const names = survey.columns.map((column) => column.name)
  checkSpec(spec, names)
  const readers = survey.columns.flatMap(({ name, profile }, at) => {
    const use = Object.hasOwn(spec.columns, name) ? spec.columns[name] : undefined
    return use ? readerOf(spec, use, { name, profile, at }) : []
  })
  return { key: { at: names.indexOf(spec.key.column), kind: spec.key.kind }, readers }
}

type Column = { name: string; profile: ColumnProfile; at: number }

function readerOf(spec: ImportSpec, use: ColumnUse, { name, profile, at }: Column): Reader[] {
  const order = dateOrderOf(profile) ?? spec.date_order
  const type = profile.filled > 0 && profile.dates === profile.filled && order ? 'date' : typeOf(profile)
  const base = { at, order, type }
  if ('identifier' in use) return [{ ...base, as: 'identifier', kind: use.identifier }]
  if ('event' in use) return [{ ...base, as: 'event' }]
  if ('time' in use) {
    if (profile.first > 0 && order === undefined)
      throw new AppError(
        'import.ambiguous_dates',
        'invalid',
        'No date of the time column tells whether day or month comes first: say so as date_order.',
        { details: { path: '/spec/date_order', column: name } },
      )
    return [{ ...base, as: 'time' }]
  }
  const named = 'attribute' in use ? use.attribute : 'property' in use ? use.property : undefined
  if (named === undefined || 'skip' in use) return []
  const own = named === true ? name : named
  // These two attributes are identifiers at the same time, however they come in.
  if (spec.kind === 'people' && (own === 'email' || own === 'phone'))
    return [{ ...base, as: 'identifier', kind: own }]
  const chosen = use.type ?? (isNumberOfThing.test(own) ? 'text' : type)
  // A person has no properties, nor has a company: there both words mean the same.
  const isAttribute = 'attribute' in use || spec.kind === 'people' || spec.kind === 'companies'
  const as = isAttribute ? 'attribute' : 'property'
  return [{ ...base, type: chosen, as, name: own }]
}

// Numbers that name a thing: 007 and 1e5 are two orders.
const isNumberOfThing = /^(products?\.)?(order_id|product_id|sku|coupon|refund_id)$/
