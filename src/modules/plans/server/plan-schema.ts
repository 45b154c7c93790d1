import { PlanContent, type PlanEvent, type PlanProperty, type PropertyType } from '#modules/plans/contract.ts'
import { invalid } from '#modules/plans/server/save-plan.ts'

type Schema = Record<string, unknown>
const dialect = 'https://json-schema.org/draft/2020-12/schema'
const jsonTypes: Record<Exclude<PropertyType, 'any'>, string> = {
  text: 'string',
  number: 'number',
  boolean: 'boolean',
  list: 'array',
}

/** The plan as a JSON Schema whose `$defs` describe each event's properties, nested as they are sent. */
export function planSchema(plan: PlanContent): Schema {
  return {
    $schema: dialect,
    title: 'Tracking plan',
    'x-mode': plan.mode,
    'x-unplanned': plan.unplanned,
    $defs: Object.fromEntries(plan.events.map((event) => [event.name, eventSchema(event)])),
  }
}

function eventSchema({ labels, description, properties }: PlanEvent): Schema {
  const schema: Schema = { type: 'object', ...(description ? { description } : {}), ...labelsSchema(labels) }
  for (const property of properties) place(schema, property.path.split('.'), property)
  return schema
}

/** `price.amount` is `amount` of the object `price`, which is required when anything in it is. */
function place(schema: Schema, [name = '', ...deeper]: string[], property: PlanProperty): void {
  schema.properties ??= {}
  const properties = schema.properties as Record<string, Schema>
  if (property.required) schema.required = [...new Set([...((schema.required as string[]) ?? []), name])]
  const known = Object.hasOwn(properties, name) ? properties[name] : undefined
  const own = deeper.length === 0 ? { ...known, ...leafSchema(property) } : (known ?? { type: 'object' })
  Object.defineProperty(properties, name, {
    value: own,
    enumerable: true,
    configurable: true,
    writable: true,
  })
  if (deeper.length > 0) place(own as Schema, deeper, property)
}

const labelsSchema = (labels: PlanEvent['labels']): Schema =>
  labels.zh || labels.en ? { 'x-labels': labels } : {}

function leafSchema({ type, allowed, pattern, labels, description }: PlanProperty): Schema {
  const limits = { ...(allowed.length ? { enum: allowed } : {}), ...(pattern ? { pattern } : {}) }
  const isList = type === 'list'
  return {
    ...(type === 'any' ? {} : { type: jsonTypes[type] }),
    ...(isList && Object.keys(limits).length > 0 ? { items: limits } : isList ? {} : limits),
    ...(description ? { description } : {}),
    ...labelsSchema(labels),
  }
}

/** A plan out of a JSON Schema: ours, or anybody's with the events under `$defs` or `properties`. */
export function readSchema(schema: Schema): PlanContent {
  const place = schema.$defs === undefined ? 'properties' : '$defs'
  const events = objectAt(schema[place], `/body/schema/${place}`)
  const content = PlanContent.safeParse({
    mode: schema['x-mode'],
    unplanned: schema['x-unplanned'],
    events: Object.entries(events).map(([name, event]) =>
      readEvent(name, event, `/body/schema/${place}/${pointer(name)}`),
    ),
  })
  if (content.success) return content.data
  const [issue] = content.error.issues
  throw invalid('/body/schema', `${issue?.path.join('/')} ${issue?.message}`)
}

function readEvent(name: string, schema: unknown, at: string) {
  const { description, 'x-labels': labels, ...rest } = objectAt(schema, at)
  return {
    name,
    labels: readLabels(labels),
    description: textOf(description),
    properties: leaves(rest, at, '', true),
  }
}

type Read = Partial<PlanProperty> & { path: string }
const deepestPath = 200

/** Properties of an object schema, flat. What is required in an object that may be absent is not required. */
function leaves(schema: Schema, at: string, prefix: string, isRequired: boolean): Read[] {
  const properties = schema.properties === undefined ? {} : objectAt(schema.properties, `${at}/properties`)
  const required = Array.isArray(schema.required) ? schema.required : []
  if (prefix.length > deepestPath) throw invalid(at, 'nested too deeply')
  return Object.entries(properties).flatMap(([name, part]) => {
    const here = `${at}/properties/${pointer(name)}`
    const own = objectAt(part, here)
    const must = isRequired && required.includes(name)
    const path = `${prefix}${name}`
    if (own.properties !== undefined) return leaves(own, here, `${path}.`, must)
    if (own.type === 'object') return [] // has no value of its own, and nothing is said of what it holds
    return [readLeaf(own, here, { path, required: must })]
  })
}

function readLeaf(schema: Schema, at: string, known: { path: string; required: boolean }): Read {
  const type = typeOf(schema.type, `${at}/type`)
  const limits =
    type === 'list' && schema.items !== undefined ? objectAt(schema.items, `${at}/items`) : schema
  if (limits.properties !== undefined) throw invalid(`${at}/items`, 'lists of objects cannot be planned')
  const { enum: listed, const: only, pattern } = limits
  const allowed = only === undefined ? listed : [only]
  if (allowed !== undefined && !Array.isArray(allowed)) throw invalid(`${at}/enum`, 'not a list')
  return {
    ...known,
    type,
    allowed: (allowed ?? []) as PlanProperty['allowed'],
    pattern: typeof pattern === 'string' ? pattern : null,
    labels: readLabels(schema['x-labels']),
    description: textOf(schema.description),
  }
}

function typeOf(type: unknown, at: string): PropertyType {
  // `null` is never stored, so whether it may be sent makes no difference.
  const names = [type ?? []].flat().filter((name) => name !== 'null')
  if (names.length !== 1) return 'any'
  const [name] = names
  if (name === 'integer') return 'number'
  const found = Object.entries(jsonTypes).find(([, json]) => json === name)
  if (!found) throw invalid(at, `unknown type ${JSON.stringify(name)}`)
  return found[0] as PropertyType
}

function objectAt(value: unknown, at: string): Schema {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Schema
  throw invalid(at, 'not an object')
}

function readLabels(value: unknown): PlanEvent['labels'] {
  const said = typeof value === 'object' && value !== null ? (value as Schema) : {}
  const label = (text: unknown) => textOf(text).trim().slice(0, 100)
  return { zh: label(said.zh), en: label(said.en) }
}

const textOf = (value: unknown) => (typeof value === 'string' ? value.slice(0, 500) : '')
const pointer = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1')
