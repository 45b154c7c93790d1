import type { TypeName } from '#modules/sql/server/language/ast.ts'
import { type Cursor, openCursor } from '#modules/sql/server/language/cursor.ts'
import { type Span, SqlFault } from '#modules/sql/server/language/fault.ts'

const plain = [
  ...['String', 'Bool', 'Date', 'Date32', 'UUID', 'Float32', 'Float64'],
  ...['Int8', 'Int16', 'Int32', 'Int64', 'Int128', 'UInt8', 'UInt16', 'UInt32', 'UInt64', 'UInt128'],
]
const wrapping = ['Array', 'Nullable', 'Tuple', 'Map']
const aliases: Record<string, string> = {
  ...{
    int: 'Int32',
    integer: 'Int32',
    bigint: 'Int64',
    smallint: 'Int16',
    double: 'Float64',
    float: 'Float64',
  },
  ...{ text: 'String', varchar: 'String', char: 'String', boolean: 'Bool', timestamp: 'DateTime' },
}
const all = [...plain, ...wrapping, 'DateTime', 'DateTime64', 'Decimal', 'FixedString']
export const typeNames: readonly string[] = all
const byLower = new Map(all.map((name) => [name.toLowerCase(), name]))

/** A type of the ones values may have here; names in any case. */
export function parseType(cursor: Cursor): TypeName {
  return cursor.deeper(() => {
    const token = cursor.next()
    const given = token.kind === 'word' ? token.text.toLowerCase() : ''
    const name = byLower.get(given) ?? (Object.hasOwn(aliases, given) ? aliases[given] : undefined)
    if (name === undefined)
      throw new SqlFault(
        'type_unknown',
        token,
        `There is no type “${token.text}” to work with here.`,
        token.text,
      )
    const args = cursor.sign('(') ? argsOf(cursor, name) : []
    const type = { name, args, ...cursor.spanFrom(token) }
    if (!fits(type))
      throw new SqlFault('type_unknown', type, `The type ${name} is not written like this.`, name)
    return type
  })
}

/** The type of `CAST(x, 'Type')` and of a parameter, which come as text. */
export function parseTypeText(text: string, span: Span): TypeName {
  try {
    const cursor = openCursor(text)
    const type = parseType(cursor)
    if (cursor.peek().kind === 'end') return { ...type, ...span }
  } catch (error) {
    if (!(error instanceof SqlFault)) throw error
  }
  throw new SqlFault('type_unknown', span, `There is no type “${text}” to work with here.`, text)
}

function argsOf(cursor: Cursor, name: string): TypeName['args'] {
  const args: TypeName['args'] = []
  do {
    const token = cursor.peek()
    if (token.kind === 'number') args.push(Number(cursor.next().text))
    else if (token.kind === 'string') args.push(cursor.next().text)
    else if (wrapping.includes(name)) args.push(parseType(cursor))
    else throw cursor.unexpected(`the size of ${name}`)
  } while (cursor.sign(','))
  cursor.expectSign(')')
  return args
}

const zone = /^[A-Za-z0-9_+\-/]{1,60}$/
/** What a time zone looks like; never a path that leads anywhere but to one. */
export const isZone = (one: unknown) => typeof one === 'string' && zone.test(one)
const isSize = (one: unknown, most: number) =>
  Number.isInteger(one) && (one as number) >= 0 && (one as number) <= most

function fits({ name, args }: TypeName): boolean {
  const types = args.every((one) => typeof one === 'object')
  if (name === 'Array' || name === 'Nullable') return args.length === 1 && types
  if (name === 'Tuple') return args.length > 0 && types
  if (name === 'Map') return args.length === 2 && types
  if (name === 'DateTime') return args.length === 0 || (args.length === 1 && isZone(args[0]))
  if (name === 'DateTime64')
    return (
      args.length >= 1 && args.length <= 2 && isSize(args[0], 9) && (args.length === 1 || isZone(args[1]))
    )
  if (name === 'Decimal') return args.length === 2 && isSize(args[0], 76) && isSize(args[1], 76)
  if (name === 'FixedString') return args.length === 1 && isSize(args[0], 1000)
  return args.length === 0
}

/** As the engine and the reader write it; of a zone nothing is left that could end the text. */
export function typeText({ name, args }: TypeName): string {
  if (args.length === 0) return name
  const texts = args.map((one) =>
    typeof one === 'object' ? typeText(one) : typeof one === 'number' ? String(one) : `'${one}'`,
  )
  return `${name}(${texts.join(', ')})`
}
