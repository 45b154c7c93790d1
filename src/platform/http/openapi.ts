import { z } from 'zod'
import { methodOf, pathOf, type RouteDef } from '#platform/http/define-routes.ts'

type Schema = Record<string, unknown>
type Shared = Record<string, Schema>
export type NamedRoute = { module: string; name: string; route: RouteDef }

/** OpenAPI 3.1 document of every declared route; the contracts are the only source. */
export function openApiOf(routes: readonly NamedRoute[], version: string): Schema {
  const paths: Record<string, Record<string, unknown>> = {}
  const shared: Shared = { Problem: problemSchema }
  for (const named of routes) {
    const path = pathOf(named.route).replace(/:(\w+)/g, '{$1}')
    paths[path] ??= {}
    paths[path][methodOf(named.route)] = operationOf(named, shared)
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Headwater', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/' }],
    paths,
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'Management API key' },
        session: { type: 'apiKey', in: 'cookie', name: 'headwater_session' },
        writeKey: {
          type: 'http',
          scheme: 'basic',
          description: 'Tracking write key as user name, empty password',
        },
      },
      schemas: shared,
    },
  }
}

function operationOf({ module, name, route }: NamedRoute, shared: Shared): Schema {
  const method = methodOf(route)
  const operationId = `${module}.${name}`
  const body = route.body && schemaOf(route.body, 'input', shared, `${operationId}.body`)
  return {
    operationId,
    tags: [module],
    summary: route.summary,
    'x-permission': route.access,
    security: route.access === 'public' ? [] : [{ apiKey: [] }, { session: [] }],
    parameters: [
      ...parametersOf(route.params ?? pathParams(route), 'path', shared, operationId),
      ...parametersOf(route.query, 'query', shared, operationId),
      ...(method === 'post' ? [idempotencyParameter] : []),
    ],
    ...(body || route.upload ? { requestBody: { required: true, content: contentOf(route, body) } } : {}),
    responses: {
      ...goodResponse(route, shared, `${operationId}.answer`),
      default: {
        description: `RFC 9457 problem${route.fails ? `; expect: ${route.fails.join(', ')}` : ''}`,
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

const contentOf = (route: RouteDef, body: Schema | undefined): Schema => ({
  ...(body ? json(body) : {}),
  ...(route.upload ? { 'multipart/form-data': { schema: formSchema } } : {}),
})
const formSchema: Schema = {
  type: 'object',
  required: ['file'],
  properties: {
    file: { type: 'string', contentMediaType: 'application/octet-stream' },
    spec: { type: 'string', contentMediaType: 'application/json' },
  },
}

function goodResponse(route: RouteDef, shared: Shared, place: string): Schema {
  if (route.returns instanceof z.ZodVoid) return { 204: { description: 'Done' } }
  if (route.produces)
    return { 200: { description: 'Good', content: { [route.produces]: { schema: { type: 'string' } } } } }
  const schema = schemaOf(route.returns, 'output', shared, place)
  return { [route.status ?? 200]: { description: 'Good', content: json(schema) } }
}

const idempotencyParameter = {
  name: 'Idempotency-Key',
  in: 'header',
  schema: { type: 'string', maxLength: 255 },
  description: 'Repeats within 24 hours get the first answer again.',
}
const problemSchema: Schema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    path: { type: 'string', description: 'JSON pointer of the fault' },
  },
}
const json = (schema: Schema) => ({ 'application/json': { schema } })

/**
 * What has a name (`meta({ id })`) is described once, as it is answered under its name and as it is taken under `…Input`, for
 * defaults make the two differ. Other parts that refer to themselves move to the shared schemas under their place.
 */
function schemaOf(type: z.ZodType, io: 'input' | 'output', shared: Shared, place: string): Schema {
  const { $schema: _drop, ...whole } = z.toJSONSchema(type, { io, unrepresentable: 'any' }) as Schema
  const text = JSON.stringify(whole)
  if (!text.includes('"$ref":"#')) return whole
  const nameOf = (name: string) =>
    name.startsWith('__') ? `${place}.${name}` : io === 'input' ? `${name}Input` : name
  const moved = text
    .replaceAll(
      /"\$ref":"#\/\$defs\/([^"/]+)/g,
      (_, name: string) => `"$ref":"#/components/schemas/${nameOf(name)}`,
    )
    .replaceAll('"$ref":"#"', `"$ref":"#/components/schemas/${place}"`)
  const { $defs, ...schema } = JSON.parse(moved) as Schema & { $defs?: Shared }
  for (const [name, { id: _id, ...part }] of Object.entries($defs ?? {})) shared[nameOf(name)] ??= part
  if (!text.includes('"$ref":"#"')) return schema
  shared[place] = schema
  return { $ref: `#/components/schemas/${place}` }
}

function pathParams(route: RouteDef): z.ZodType | undefined {
  const names = [...pathOf(route).matchAll(/:(\w+)/g)].map((match) => match[1] as string)
  return names.length === 0
    ? undefined
    : z.object(Object.fromEntries(names.map((name) => [name, z.string()])))
}

function parametersOf(
  type: z.ZodType | undefined,
  where: 'path' | 'query',
  shared: Shared,
  operationId: string,
): Schema[] {
  if (!type) return []
  const schema = schemaOf(type, 'input', shared, `${operationId}.${where}`) as {
    properties?: Record<string, Schema>
    required?: string[]
  }
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    in: where,
    required: where === 'path' || (schema.required ?? []).includes(name),
    schema: property,
  }))
}
