import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { methodOf, pathOf } from '#platform/http/define-routes.ts'
import { startTestApp, type TestApp } from '#test/start-test-app.ts'

type Parameter = { name: string; in: string; required: boolean; schema: unknown }
type Operation = {
  operationId: string
  parameters: Parameter[]
  responses: Record<string, unknown>
  security: unknown[]
}
type Document = { openapi: string; paths: Record<string, Record<string, Operation>>; components: unknown }

let app: TestApp
let document: Document

beforeAll(async () => {
  app = await startTestApp()
  const reply = await app.server.inject('/openapi.json')
  expect(reply.headers['content-type']).toContain('application/json')
  document = reply.json<Document>()
})
const operations = () => Object.values(document.paths).flatMap((item) => Object.values(item))

test('docs/openapi.json is what the program serves; `node tools/gen-openapi.ts` writes it anew', () => {
  const committed: unknown = JSON.parse(
    readFileSync(new URL('../docs/openapi.json', import.meta.url), 'utf8'),
  )
  expect(committed).toEqual(document)
})

test('every declared route is one operation with an id of its own', () => {
  expect(document.openapi).toMatch(/^3\.1\./)
  const described = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method} ${path}`),
  )
  const declared = app.namedRoutes.map(
    ({ route }) => `${methodOf(route)} ${pathOf(route).replace(/:(\w+)/g, '{$1}')}`,
  )
  expect(described.sort()).toEqual(declared.sort())
  const ids = operations().map((operation) => operation.operationId)
  expect(new Set(ids).size).toBe(ids.length)
})

test('parameters stand in their paths, answers have a good case and a problem', () => {
  for (const [path, item] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(item)) {
      const inPath = operation.parameters.filter((one) => one.in === 'path')
      const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
      expect(inPath.map((one) => one.name).sort(), `${method} ${path}`).toEqual(named.sort())
      expect(inPath.every((one) => one.required)).toBe(true)
      const keys = operation.parameters.map((one) => `${one.in} ${one.name}`)
      expect(new Set(keys).size).toBe(keys.length)
      const statuses = Object.keys(operation.responses)
      expect(statuses).toContain('default')
      expect(statuses.filter((status) => /^2\d\d$/.test(status))).toHaveLength(1)
    }
})

test('every reference leads somewhere in the document', () => {
  const refs = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]*)"/g)].map((match) => match[1] as string)
  expect(refs.length).toBeGreaterThan(operations().length)
  const lost = [...new Set(refs)].filter((ref) => resolve(ref) === undefined)
  expect(lost).toEqual([])
})

function resolve(ref: string): unknown {
  if (!ref.startsWith('#/')) return undefined
  return ref
    .slice(2)
    .split('/')
    .reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], document)
}

test('what has a name is described once, and whatever is referred to is there', () => {
  const { schemas } = document.components as { schemas: Record<string, unknown> }
  const referred = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(
    (match) => match[1] as string,
  )
  expect(referred.filter((name) => !(name in schemas))).toEqual([])
  // Taken with defaults left out, answered with all of them.
  for (const name of [
    'AnalysisQuestion',
    'AnalysisQuestionInput',
    'AnalysisPeopleQuestionInput',
    'AnalysisAnswer',
  ])
    expect(referred).toContain(name)
})
