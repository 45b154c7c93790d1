import { comment, keyText, literal, membersType, type Schema, typeName, typeOfSchema } from './schema-type.ts'

type Content = Record<string, { schema: Schema }>
type Parameter = { name: string; in: string; required?: boolean; schema: Schema; description?: string }
type OperationDoc = {
  operationId: string
  summary: string
  'x-permission'?: string
  parameters: Parameter[]
  requestBody?: { content: Content }
  responses: Record<string, { description: string; content?: Content }>
}
export type OpenApi = {
  paths: Record<string, Record<string, OperationDoc>>
  components: { schemas: Record<string, Schema> }
}
type Route = { module: string; name: string; method: string; path: string; doc: OperationDoc }

const head = `// biome-ignore-all format: written by tools/gen-client.ts from docs/openapi.json; do not edit
import type { Operation, OperationTable, Paged } from './operation.ts'
`

/**
 * The client's list of routes: their types for the compiler, their addresses for the running program. Those of the
 * instance are left out: they are the command line's, with a token that no API key can stand for.
 */
export function clientSourceOf(document: OpenApi): string {
  const routes = routesOf(document)
  const shared = Object.entries(document.components.schemas).map(
    ([name, schema]) => `export type ${typeName(name)} = ${typeOfSchema(schema)}\n`,
  )
  const modules = [...Map.groupBy(routes, (route) => route.module)]
  const types = modules.map(([module, own]) => `  ${keyText(module)}: {\n${own.map(typeLine).join('')}  }\n`)
  const table = modules.map(
    ([module, own]) => `  ${keyText(module)}: {\n${own.map(tableLine).join('')}  },\n`,
  )
  return [
    head,
    ...shared,
    `/** Every route as a function, by module. */\nexport type Operations = {\n${types.join('')}}\n`,
    `export const operations: OperationTable = {\n${table.join('')}}\n`,
  ].join('\n')
}

function routesOf(document: OpenApi): Route[] {
  const routes = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, doc]): Route => {
      const [module, name] = doc.operationId.split('.')
      if (!module || !name) throw new Error(`${doc.operationId} is not module.name`)
      return { module, name, method: method.toUpperCase(), path, doc }
    }),
  )
  return routes.filter(({ doc }) => !doc['x-permission']?.startsWith('instance:'))
}

const parametersIn = (doc: OperationDoc, ...places: string[]) =>
  doc.parameters.filter((one) => places.includes(one.in))

function typeLine({ name, doc }: Route): string {
  const needs = doc['x-permission']
  const isPermission = needs?.includes(':')
  const explained = `${doc.summary}.${isPermission ? ` Needs \`${needs}\`.` : ''}`
  return `${comment(explained, '    ')}    ${keyText(name)}: ${operationType(doc)}\n`
}

function operationType(doc: OperationDoc): string {
  const input = inputType(doc)
  const answer = answerSchema(doc)
  if (answer === 'file') return `Operation<${input}, Response>`
  if (answer === undefined) return `Operation<${input}, void>`
  const item = isPaged(doc, answer) && answer.properties?.items?.items
  return item
    ? `Paged<${input}, ${typeOfSchema(item, 2)}>`
    : `Operation<${input}, ${typeOfSchema(answer, 2)}>`
}

/** A list that is read page by page: it takes a cursor and answers `next`. */
const isPaged = (doc: OperationDoc, { properties = {} }: Schema) =>
  parametersIn(doc, 'query').some((one) => one.name === 'cursor') &&
  Object.keys(properties).sort().join() === 'items,next'

/** Parameters of path and query side by side, the body beside them. */
function inputType(doc: OperationDoc): string {
  const members = parametersIn(doc, 'path', 'query').map(({ name, required, schema, description }) => ({
    name,
    type: typeOfSchema(schema, 3),
    optional: !required,
    description: description ?? schema.description,
  }))
  const { json, form } = bodyOf(doc)
  const body = json && { name: 'body', type: typeOfSchema(json, 3), optional: false }
  const upload = form && { name: 'form', type: 'FormData', optional: false }
  const names = [...members.map((one) => one.name), ...(body ? ['body'] : []), ...(upload ? ['form'] : [])]
  if (new Set(names).size < names.length) throw new Error(`${doc.operationId}: two parameters of one name`)
  const choices = [body, upload].filter((one) => one !== undefined)
  const one = (more: typeof choices) =>
    members.length + more.length === 0 ? 'Record<string, never>' : membersType([...members, ...more], 2)
  return choices.length < 2 ? one(choices) : choices.map((choice) => one([choice])).join(' | ')
}

function bodyOf({ requestBody }: OperationDoc) {
  return {
    json: requestBody?.content['application/json']?.schema,
    form: requestBody?.content['multipart/form-data']?.schema,
  }
}

function answerSchema({ operationId, responses }: OperationDoc): Schema | 'file' | undefined {
  const good = Object.entries(responses).find(([status]) => /^2\d\d$/.test(status))?.[1]
  if (!good) throw new Error(`${operationId} has no good answer`)
  if (!good.content) return undefined
  return good.content['application/json']?.schema ?? 'file'
}

function tableLine({ name, method, path, doc }: Route): string {
  const query = parametersIn(doc, 'query').map((one) => literal(one.name))
  const answer = answerSchema(doc)
  const kind = answer === undefined ? 'none' : answer === 'file' ? 'file' : 'json'
  const facts = [
    `method: '${method}'`,
    `path: ${literal(path)}`,
    `query: [${query.join(', ')}]`,
    `answer: '${kind}'`,
  ]
  return `    ${keyText(name)}: { ${facts.join(', ')} },\n`
}
