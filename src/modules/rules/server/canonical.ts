import type { Scalar } from '../contract.ts'

/** A stored value: a scalar, or a list whose elements share one type. `null` and empty lists are "missing". */
export type Canonical = Scalar | string[] | number[] | boolean[]
export type CanonicalRecord = Record<string, Canonical>
export type ValueType = 'text' | 'number' | 'boolean' | 'text_list' | 'number_list' | 'boolean_list'

/** Stated limits of one flattened object; what lies beyond is left out and counted in `dropped`. */
export const flattenLimits = { depth: 12, paths: 500, pathChars: 500, listItems: 1000 } as const

export type Flattened = { values: CanonicalRecord; dropped: number }

type Frame = { values: CanonicalRecord; paths: number; dropped: number }

/**
 * Nested objects become dotted paths; of two spellings of one path the first wins. A list of objects becomes one
 * list per path (`products.sku`), nested lists are joined, and a list of several types becomes text.
 */
export function flatten(source: object): CanonicalRecord {
  return flattenCounted(source).values
}

/** As `flatten`, and says how many values the limits left out. */
export function flattenCounted(source: object): Flattened {
  const frame: Frame = { values: Object.create(null) as CanonicalRecord, paths: 0, dropped: 0 }
  walkObject(frame, source, '', 1)
  return { values: frame.values, dropped: frame.dropped }
}

function walkObject(frame: Frame, source: object, prefix: string, depth: number): void {
  for (const [key, value] of Object.entries(source)) {
    walk(frame, value, prefix === '' ? key : `${prefix}.${key}`, depth)
  }
}

function walk(frame: Frame, value: unknown, path: string, depth: number): void {
  if (isScalar(value)) put(frame, path, wellFormed(value))
  else if (isNesting(frame, value, depth)) {
    if (Array.isArray(value)) walkList(frame, value, path, depth)
    else walkObject(frame, value, path, depth + 1)
  }
}

function walkList(frame: Frame, list: unknown[], path: string, depth: number): void {
  const lists: Lists = new Map()
  collect(frame, lists, list, path, depth)
  for (const [listPath, items] of lists) put(frame, listPath, homogeneous(items))
}

type Lists = Map<string, Scalar[]>

// Inside a list every scalar is appended to the list of its path, so order is kept per path.
function collect(frame: Frame, lists: Lists, value: unknown, path: string, depth: number): void {
  if (isScalar(value)) append(frame, lists, path, wellFormed(value))
  else if (isNesting(frame, value, depth)) {
    for (const [key, item] of Object.entries(value)) {
      collect(frame, lists, item, Array.isArray(value) ? path : `${path}.${key}`, depth + 1)
    }
  }
}

/** An object or list that may still be entered; past the depth it counts as one dropped value. */
function isNesting(frame: Frame, value: unknown, depth: number): value is object {
  if (typeof value !== 'object' || value === null) return false
  if (depth < flattenLimits.depth) return true
  frame.dropped++
  return false
}

function append(frame: Frame, lists: Lists, path: string, value: Scalar): void {
  const items = lists.get(path)
  if (items === undefined) lists.set(path, [value])
  else if (items.length < flattenLimits.listItems) items.push(value)
  else frame.dropped++
}

function put(frame: Frame, path: string, value: Canonical): void {
  if (path in frame.values) return
  if (frame.paths >= flattenLimits.paths || path.length > flattenLimits.pathChars) {
    frame.dropped++
    return
  }
  frame.values[path] = value
  frame.paths++
}

function isScalar(value: unknown): value is Scalar {
  return (
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isFinite(value))
  )
}

// A lone surrogate cannot be written as UTF-8; both evaluators must see the same replacement character.
function wellFormed(value: Scalar): Scalar {
  return typeof value === 'string' ? value.toWellFormed() : Object.is(value, -0) ? 0 : value
}

function homogeneous(items: Scalar[]): Canonical {
  const type = typeof items[0]
  if (items.every((item) => typeof item === type)) return items as Canonical
  return items.map(String)
}

/** The type that an unknown trait or property registers itself with. */
export function inferType(value: Canonical): ValueType {
  const sample = Array.isArray(value) ? value[0] : value
  const scalar = typeof sample === 'number' ? 'number' : typeof sample === 'boolean' ? 'boolean' : 'text'
  return Array.isArray(value) ? `${scalar}_list` : scalar
}

/** JSON text for ClickHouse's JSON column: encoded paths, and a point in every number so that it is read as Float64. */
export function toCanonicalJson(record: CanonicalRecord): string {
  const fields: string[] = []
  for (const [path, value] of Object.entries(record)) {
    if (Array.isArray(value) && value.length === 0) continue
    fields.push(`${keyOf(path)}:${literal(value)}`)
  }
  return `{${fields.join(',')}}`
}

// Few paths make up nearly all events; encoding each anew took a fifth of the projection's time.
const keys = new Map<string, string>()
const keysHeld = 20_000

function keyOf(path: string): string {
  const known = keys.get(path)
  if (known !== undefined) return known
  const key = JSON.stringify(encodePath(path))
  if (keys.size >= keysHeld) keys.clear()
  keys.set(path, key)
  return key
}

function literal(value: Canonical): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(',')}]`
  if (typeof value !== 'number') return JSON.stringify(value)
  const text = String(value)
  return /^-?\d+$/.test(text) ? `${text}.0` : text
}

// Left as they are: what is safe inside a backticked identifier and means nothing in ClickHouse's subcolumn
// syntax. `^`, `:`, `@`, `[` do mean something there (`json.^a`, `json.a.:String`), quotes end the identifier.
const unsafeInPath = /[^A-Za-z0-9_ .$?\-\u0080-\uffff]/g

/** A property path as stored in a JSON column: ASCII punctuation that could be read as syntax becomes %XX. */
export function encodePath(path: string): string {
  const encoded = path.toWellFormed().replace(unsafeInPath, percent)
  // An empty segment is legal JSON and no legal identifier: `%` alone cannot come from the line above.
  return encoded
    .split('.')
    .map((segment) => (segment === '' ? '%' : segment))
    .join('.')
}

/** The path as people wrote it, from the one stored in a JSON column. */
export function decodePath(stored: string): string {
  return stored.replace(/%([0-9A-F]{2})?/g, (_, hex: string | undefined) =>
    hex === undefined ? '' : String.fromCharCode(Number.parseInt(hex, 16)),
  )
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}

/** What text counts as a number; the digits are bounded so that no text reads as infinite. Same pattern in RE2. */
export const numberPattern = '^ *[+-]?[0-9]{1,30}([.][0-9]{1,30})?([eE][+-]?[0-9]{1,2})? *$'
const numberRegex = new RegExp(numberPattern)

/** The number that a text property stands for when the operand is a number. */
export function readNumber(text: string): number | undefined {
  return numberRegex.test(text) ? Number(text) : undefined
}
