import { z } from 'zod'
import { methodOf, pathOf, type RouteDef } from '#platform/http/define-routes.ts'

type Schema = Record<string, unknown>
export type NamedRoute = { module: string; name: string; route: RouteDef }

/** OpenAPI 3.1 document of every declared route; the contracts are the only source. */
export function openApiOf(routes: readonly NamedRoute[], version: string): Schema {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const named of routes) {
    const path = pathOf(named.route).replace(/:(\w+)/g, '{$1}')
    paths[path] ??= {}
    paths[path][methodOf(named.route)] = operationOf(named)
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
      schemas: { Problem: problemSchema },
    },
  }
}

function operationOf({ module, name, route }: NamedRoute): Schema {
  const method = methodOf(route)
  return {
    operationId: `${module}.${name}`,
    tags: [module],
    summary: route.summary,
    'x-permission': route.access,
    security: route.access === 'public' ? [] : [{ apiKey: [] }, { session: [] }],
    parameters: [
      ...parametersOf(route.params ?? pathParams(route), 'path'),
      ...parametersOf(route.query, 'query'),
      ...(method === 'post' ? [idempotencyParameter] : []),
    ],
    ...(route.body ? { requestBody: { required: true, content: json(schemaOf(route.body, 'input')) } } : {}),
    responses: {
      ...goodResponse(route),
      default: {
        description: `RFC 9457 problem${route.fails ? `; expect: ${route.fails.join(', ')}` : ''}`,
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

function goodResponse(route: RouteDef): Schema {
  if (route.returns instanceof z.ZodVoid) return { 204: { description: 'Done' } }
  return { [route.status ?? 200]: { description: 'Good', content: json(schemaOf(route.returns, 'output')) } }
}

const idempotencyParameter = {
  name: 'Idempotency-Key',
  in: 'header',
  schema: { type: 'string', maxLength: 255 },
  description: 'Repeats within 24 hours get the first answer again.',
}
const problemSchema = {
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

function schemaOf(type: z.ZodType, io: 'input' | 'output'): Schema {
  const { $schema: _drop, ...schema } = z.toJSONSchema(type, { io, unrepresentable: 'any' }) as Schema
  return schema
}

function pathParams(route: RouteDef): z.ZodType | undefined {
  const names = [...pathOf(route).matchAll(/:(\w+)/g)].map((match) => match[1] as string)
  return names.length === 0
    ? undefined
    : z.object(Object.fromEntries(names.map((name) => [name, z.string()])))
}

function parametersOf(type: z.ZodType | undefined, where: 'path' | 'query'): Schema[] {
  if (!type) return []
  const schema = schemaOf(type, 'input') as { properties?: Record<string, Schema>; required?: string[] }
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    in: where,
    required: where === 'path' || (schema.required ?? []).includes(name),
    schema: property,
  }))
}
