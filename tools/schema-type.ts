/** The parts of JSON Schema (2020-12) that zod writes, as TypeScript types. */
export type Schema = {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  not?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
  propertyNames?: Schema
  items?: Schema | false
  prefixItems?: Schema[]
  description?: string
}
type Member = { name: string; type: string; optional: boolean; description?: string | undefined }

const widest = 100

/** The type a value of the schema has. `depth`: how deep the text will stand, two spaces each. */
export function typeOfSchema(schema: Schema, depth = 0): string {
  if (schema.$ref) return typeName(schema.$ref.replace('#/components/schemas/', ''))
  if (schema.const !== undefined) return literal(schema.const)
  if (schema.enum) return union(schema.enum.map(literal))
  const either = schema.anyOf ?? schema.oneOf
  if (either) return union(either.map((part) => typeOfSchema(part, depth)))
  if (schema.allOf) return schema.allOf.map((part) => bracketed(typeOfSchema(part, depth))).join(' & ')
  if (schema.not && Object.keys(schema.not).length === 0) return 'never'
  const kinds = schema.type === undefined ? impliedKinds(schema) : [schema.type].flat()
  return union(kinds.map((kind) => typeOfKind(kind, schema, depth)))
}

const impliedKinds = (schema: Schema) => [
  schema.properties ? 'object' : schema.items || schema.prefixItems ? 'array' : 'unknown',
]

function typeOfKind(kind: string, schema: Schema, depth: number): string {
  if (kind === 'integer') return 'number'
  if (kind === 'array') return arrayType(schema, depth)
  if (kind === 'object') return objectType(schema, depth)
  if (['string', 'number', 'boolean', 'null', 'unknown'].includes(kind)) return kind
  throw new Error(`no TypeScript type for the JSON type ${kind}`)
}

function arrayType({ prefixItems, items }: Schema, depth: number): string {
  const rest = items ? `${bracketed(typeOfSchema(items, depth))}[]` : undefined
  if (!prefixItems) return rest ?? 'unknown[]'
  const fixed = prefixItems.map((item) => typeOfSchema(item, depth))
  return `[${[...fixed, ...(rest ? [`...${rest}`] : [])].join(', ')}]`
}

function objectType(schema: Schema, depth: number): string {
  const { properties = {}, required = [], additionalProperties } = schema
  const members = Object.entries(properties).map(([name, property]) => ({
    name,
    type: typeOfSchema(property, depth + 1),
    optional: !required.includes(name),
    description: property.description,
  }))
  const others =
    typeof additionalProperties === 'object' ? typeOfSchema(additionalProperties, depth) : 'unknown'
  const isOpen = additionalProperties !== undefined && additionalProperties !== false
  if (members.length === 0) return recordType(schema, additionalProperties === false ? 'never' : others)
  const closed = membersType(members, depth)
  return isOpen ? `${closed} & Record<string, ${others}>` : closed
}

/** A dictionary; where its keys are an enumeration, those that are not required may be absent. */
function recordType({ propertyNames, required = [] }: Schema, values: string): string {
  const names = propertyNames?.enum
  if (!names) return `Record<string, ${values}>`
  const record = `Record<${union(names.map(literal))}, ${values}>`
  return names.every((name) => required.includes(String(name))) ? record : `Partial<${record}>`
}

/** `{ a: string; b?: number }` on one line when it fits and nothing is to be explained. */
export function membersType(members: readonly Member[], depth: number): string {
  const lines = members.map(({ name, type, optional }) => `${keyText(name)}${optional ? '?' : ''}: ${type}`)
  const short = `{ ${lines.join('; ')} }`
  const isPlain = members.every((member) => !member.description) && !short.includes('\n')
  if (isPlain && short.length + depth * 2 < widest) return short
  const inset = '  '.repeat(depth + 1)
  const documented = lines.map((line, at) => `${comment(members[at]?.description, inset)}${inset}${line}\n`)
  return `{\n${documented.join('')}${'  '.repeat(depth)}}`
}

/** A doc comment with its line end, or nothing. */
export function comment(text: string | undefined, inset: string): string {
  return text ? `${inset}/** ${text.replaceAll('*/', '*\\/').replaceAll(/\s*\n\s*/g, ' ')} */\n` : ''
}

export const keyText = (name: string) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(name))

/** `segments.explain.answer.__schema0` → `SegmentsExplainAnswerSchema0`. */
export const typeName = (name: string) =>
  name.replaceAll(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_, first: string) => first.toUpperCase())

/** JSON with the quotes of this code. */
export function literal(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value)
  return `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

function union(parts: readonly string[]): string {
  const distinct = [...new Set(parts)]
  return distinct.includes('unknown') ? 'unknown' : distinct.join(' | ') || 'never'
}

const bracketed = (type: string) => (/ [|&] /.test(outermost(type)) ? `(${type})` : type)

/** What of a type stands outside all brackets. */
function outermost(type: string): string {
  let depth = 0
  return [...type]
    .filter((sign) => {
      if ('{[(<'.includes(sign)) depth++
      if ('}])>'.includes(sign)) depth--
      return depth === 0
    })
    .join('')
}
