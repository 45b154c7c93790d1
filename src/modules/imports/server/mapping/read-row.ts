import { crc32 } from 'node:zlib'
import type { ImportSpec } from '#modules/imports/contract.ts'
import type { Plan, Reader } from '#modules/imports/server/mapping/compile-spec.ts'
import {
  isMissing,
  readBoolean,
  readMoment,
  readNumber,
  readTime,
} from '#modules/imports/server/mapping/read-value.ts'
import type { Cell, RowFault, TableRow } from '#modules/imports/server/reading/table-row.ts'

export type Identifier = { kind: string; value: string }

/** What a row says, in the system's own terms. */
export type Reading = {
  number: number
  key: Identifier
  /** Identifiers besides the key, each once. */
  others: Identifier[]
  attributes: Record<string, unknown>
  properties: Record<string, unknown>
  event: string | null
  time: number | null
  /** Things left out of a row that is imported all the same. */
  notes: RowFault[]
  /** Over all that the row says: two rows with the same are repeats. */
  content: number
}
export type ReadRow =
  | { ok: true; reading: Reading }
  | { ok: false; number: number; outcome: 'failed' | 'skipped'; fault: RowFault }

export type RowContext = {
  plan: Plan
  spec: ImportSpec
  /** Zone of times that name none. */
  zone: string
  /** The stored spelling of an identifier; undefined when it can be nobody's. */
  normalise: (kind: string, value: string) => string | undefined
}

// The projection refuses items above 256 kB; said here it has a row number.
const mostContent = 200_000
const [earliest, latest] = [Date.UTC(1970, 0, 1), Date.UTC(2200, 0, 1)]

/** Reads one row by the mapping. Pure: the same row always says the same. */
export function readRow(context: RowContext, row: TableRow): ReadRow {
  const { plan, spec } = context
  const no = (outcome: 'failed' | 'skipped', fault: RowFault): ReadRow => ({
    ok: false,
    number: row.number,
    outcome,
    fault,
  })
  if (row.fault) return no('failed', row.fault)
  const said = row.cells[plan.key.at]
  if (isMissing(said, false))
    return no(spec.empty_key === 'skip' ? 'skipped' : 'failed', { code: 'empty_key' })
  const value = context.normalise(plan.key.kind, idText(said))
  if (value === undefined)
    return no('failed', { code: 'bad_key', details: { value: show(said), kind: plan.key.kind } })
  const reading: Reading = {
    ...{
      number: row.number,
      key: { kind: plan.key.kind, value },
      others: [],
      attributes: {},
      properties: {},
    },
    ...{ event: spec.event ?? null, time: null, notes: [], content: 0 },
  }
  for (const reader of plan.readers) {
    const fault = take(context, reader, row.cells[reader.at], reading)
    if (fault) return no('failed', fault)
  }
  const missing = whatIsMissing(context, reading)
  if (missing) return no('failed', missing)
  const { number: _number, notes: _notes, ...content } = reading
  const text = JSON.stringify(content)
  if (text.length > mostContent)
    return no('failed', { code: 'row_too_large', details: { limit: mostContent } })
  // 53 bits: among a million rows two different ones look alike once in ten thousand files.
  reading.content = crc32(text) * 2 ** 21 + (crc32(`${text}~`) >>> 11)
  return { ok: true, reading }
}

/** Takes one cell in; answers why the row fails by it. */
function take(
  context: RowContext,
  reader: Reader,
  cell: Cell | undefined,
  into: Reading,
): RowFault | undefined {
  const keep = context.spec.placeholders === 'keep' && reader.as !== 'identifier' && reader.as !== 'time'
  if (cell === undefined || isMissing(cell, keep)) return undefined
  if (reader.as === 'identifier') return takeIdentifier(context, reader.kind, cell, into)
  if (reader.as === 'event') into.event = idText(cell).slice(0, 500)
  else if (reader.as === 'time') {
    const time = readTime(cell, context.zone, reader.order)
    if (time === undefined || time < earliest || time >= latest)
      return { code: 'bad_time', details: { value: show(cell) } }
    into.time = time
  } else if (reader.as === 'attribute' || reader.as === 'property') {
    const value = convert(reader, cell, context.zone)
    if (value === undefined)
      return { code: `not_a_${reader.type}`, details: { value: show(cell), column: reader.name } }
    into[reader.as === 'attribute' ? 'attributes' : 'properties'][reader.name] = value
  }
  return undefined
}

/** A key that is no mail address fails its row; a second contact that is none is only left out, and said. */
function takeIdentifier(context: RowContext, kind: string, cell: Cell, into: Reading): undefined {
  const value = context.normalise(kind, idText(cell))
  if (value === undefined) {
    into.notes.push({ code: 'identifier_left_out', details: { value: show(cell), kind } })
    return undefined
  }
  const same = (one: Identifier) => one.kind === kind && one.value === value
  if (!same(into.key) && !into.others.some(same)) into.others.push({ kind, value })
  return undefined
}

function convert(reader: Reader, cell: Cell, zone: string): unknown {
  if (typeof cell !== 'string') return reader.type === 'text' && !Array.isArray(cell) ? String(cell) : cell
  const text = cell.trim()
  if (reader.type === 'number') return readNumber(text)
  if (reader.type === 'boolean') return readBoolean(text)
  if (reader.type === 'date') return readMoment(text, zone, reader.order)?.text
  return text
}

function whatIsMissing({ spec }: RowContext, reading: Reading): RowFault | undefined {
  if (spec.kind === 'people' || spec.kind === 'companies') return undefined
  if (reading.time === null) return { code: 'empty_time' }
  if (spec.kind === 'events' && reading.event === null) return { code: 'empty_event' }
  if (spec.kind === 'orders' && reading.properties.order_id === undefined) return { code: 'empty_order_id' }
  return undefined
}

const idText = (cell: Cell | undefined): string =>
  // A leading apostrophe is how spreadsheets and our own error file keep a value from being a formula.
  (typeof cell === 'string' ? cell : String(cell)).trim().replace(/^'(?=[=+\-@])/, '')
const show = (cell: Cell | undefined): string => idText(cell).slice(0, 80)
