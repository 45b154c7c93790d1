import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { clientSourceOf, type OpenApi } from '../../../tools/client-source.ts'
import { type Schema, typeOfSchema } from '../../../tools/schema-type.ts'

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
const documented = JSON.parse(read('../../../docs/openapi.json')) as OpenApi

test('the routes are those of docs/openapi.json; `node tools/gen-client.ts` writes them anew', () => {
  expect(read('../src/operations.ts')).toBe(clientSourceOf(documented))
})

test.each<[Schema, string]>([
  [{}, 'unknown'],
  [{ description: 'anything' }, 'unknown'],
  [{ type: 'integer' }, 'number'],
  [{ type: ['string', 'null'] }, 'string | null'],
  [{ anyOf: [{ type: 'string' }, { type: 'null' }, { type: 'string' }] }, 'string | null'],
  [{ type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'number' }] } }, '(string | number)[]'],
  [{ type: 'array', items: { type: 'array', items: { type: 'string' } } }, 'string[][]'],
  [
    { type: 'array', items: { type: 'object', properties: { a: { type: ['string', 'null'] } } } },
    '{ a?: string | null }[]',
  ],
  [
    { type: 'array', prefixItems: [{ type: 'string' }, { type: 'number' }], items: { type: 'null' } },
    '[string, number, ...null[]]',
  ],
  [{ enum: ["it's", 'a"b', 'c\\d', 1, null] }, `'it\\'s' | 'a"b' | 'c\\\\d' | 1 | null`],
  [{ const: false }, 'false'],
  [{ not: {} }, 'never'],
  [{ type: 'object' }, 'Record<string, unknown>'],
  [
    { type: 'object', propertyNames: { type: 'string' }, additionalProperties: { type: 'number' } },
    'Record<string, number>',
  ],
  [
    {
      type: 'object',
      propertyNames: { enum: ['a', 'b'] },
      additionalProperties: { type: 'number' },
      required: ['a', 'b'],
    },
    `Record<'a' | 'b', number>`,
  ],
  [
    { type: 'object', propertyNames: { enum: ['a', 'b'] }, additionalProperties: { type: 'number' } },
    `Partial<Record<'a' | 'b', number>>`,
  ],
  [
    {
      type: 'object',
      properties: { 'a-b': { type: 'string' }, c: {} },
      required: ['a-b'],
      additionalProperties: false,
    },
    `{ 'a-b': string; c?: unknown }`,
  ],
  [
    { type: 'object', properties: { a: { type: 'string' } }, required: ['a'], additionalProperties: {} },
    '{ a: string } & Record<string, unknown>',
  ],
  [
    { allOf: [{ anyOf: [{ type: 'string' }, { type: 'number' }] }, { type: 'string' }] },
    '(string | number) & string',
  ],
  [{ $ref: '#/components/schemas/segments.explain.answer.__schema0' }, 'SegmentsExplainAnswerSchema0'],
])('%j is %s', (schema, type) => {
  expect(typeOfSchema(schema)).toBe(type)
})

test('what is explained is explained where it stands, and cannot end the comment', () => {
  const schema: Schema = {
    type: 'object',
    properties: { a: { type: 'string', description: 'one\ntwo */ three' } },
  }
  expect(typeOfSchema(schema)).toBe('{\n  /** one two *\\/ three */\n  a?: string\n}')
})

const document = (operation: object): OpenApi =>
  ({
    paths: { '/api/things/{id}': { get: { operationId: 'things.get', summary: 'Things', ...operation } } },
    components: { schemas: {} },
  }) as unknown as OpenApi
const good = { 200: { description: 'Good', content: { 'application/json': { schema: { type: 'string' } } } } }
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } }

test('two parameters of one name cannot stand side by side', () => {
  const twice = document({ parameters: [id, { ...id, in: 'query' }], responses: good })
  expect(() => clientSourceOf(twice)).toThrow('two parameters of one name')
})

test('files are answered as they come, forms are given as they are, and the instance’s own routes are left out', () => {
  const file = document({
    parameters: [id],
    responses: { 200: { description: 'Good', content: { 'text/csv': { schema: { type: 'string' } } } } },
  })
  expect(clientSourceOf(file)).toContain('get: Operation<{ id: string }, Response>')
  const content = {
    'multipart/form-data': { schema: { type: 'object' } },
    'application/json': { schema: { type: 'number' } },
  }
  const form = clientSourceOf(document({ parameters: [id], requestBody: { content }, responses: good }))
  expect(form).toContain(
    'get: Operation<{ id: string; body: number } | { id: string; form: FormData }, string>',
  )
  const own = clientSourceOf(
    document({ parameters: [id], responses: good, 'x-permission': 'instance:admin' }),
  )
  expect(own).not.toContain('things')
})
