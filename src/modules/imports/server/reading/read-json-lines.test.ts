import { expect, test } from 'vitest'
import { codeOf, readBytes } from '#modules/imports/server/reading/testing/read-bytes.ts'

test('objects become rows, nested ones dotted columns, a late field a column of all', async () => {
  const read = await readBytes(
    '{"id":1,"a":{"b":"x","c":{"d":true}}}\n\n{"id":"2","tags":["p","q"],"a":null}\r\n',
  )
  expect(read.layout).toMatchObject({ format: 'ndjson', encoding: 'utf-8' })
  expect(read.columns).toEqual(['id', 'a.b', 'a.c.d', 'tags', 'a'])
  expect(read.rows).toEqual([
    { number: 1, cells: [1, 'x', true, null, null] },
    { number: 2, cells: ['2', null, null, ['p', 'q'], null] },
  ])
})

test('a line that is no object, or nests without end, is the fault of that line', async () => {
  const deep = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`
  const read = await readBytes(`{"id":1}\n[1,2]\nnot json\n${deep}\n{"id":2}\n`)
  expect(read.rows.map((row) => row.fault?.code)).toEqual([
    undefined,
    'bad_json',
    'bad_json',
    'bad_json',
    undefined,
  ])
})

test('a file without any field is refused', async () => {
  expect(await codeOf(readBytes('{}\n{}\n'))).toBe('import.no_header')
  expect(await codeOf(readBytes('[\n{"id":1}]\n'))).toBe('import.json_array')
})
