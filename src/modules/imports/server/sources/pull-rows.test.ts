import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import type { PulledRow, Tables } from '#modules/connectors/index.ts'
import { pullRows } from '#modules/imports/server/sources/pull-rows.ts'
import { AppError } from '#platform/errors.ts'

const folder = mkdtempSync(join(tmpdir(), 'hw-pull-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** As a database whose texts are equal in upper and lower case answers. */
function caseless(codes: readonly string[]): Tables {
  const rows = codes
    .map((code, id): PulledRow => ({ values: { id, code }, cursor: { value: code, type: 'text' } }))
    .sort((a, b) => fold(a).localeCompare(fold(b)))
  return {
    read: async ({ from, limit }) =>
      rows.filter((row) => !from || fold(row) >= from.value.toLowerCase()).slice(0, limit),
    close: async () => undefined,
  }
}
const fold = (row: PulledRow) => String(row.cursor?.value).toLowerCase()

async function pullAll(codes: readonly string[]): Promise<number> {
  const place = { sql: 'select 1', cursor: 'code' }
  let bundles = 0
  for await (const found of pullRows(caseless(codes), place, 'Shop', null, new AbortController().signal))
    if (await found.take(join(folder, 'rows'))) bundles++
  return bundles
}

test('spellings that the database holds equal end a run instead of keeping it going for ever', async () => {
  expect(await pullAll(['a1', 'a2', 'a3'])).toBe(1)
  await expect(pullAll(['a1', 'b1', 'B1', 'b1'])).rejects.toMatchObject({ code: 'source.cursor_too_coarse' })
})

/** A database whose rows have sizes, of which one answer may hold so many bytes. */
function wide(rows: readonly { key: number; bytes: number }[], most: number): Tables {
  const all = rows
    .map(({ key, bytes }, id): PulledRow & { bytes: number } => ({
      values: { id },
      cursor: { value: String(key), type: 'number' },
      bytes,
    }))
    .sort((a, b) => Number(a.cursor?.value) - Number(b.cursor?.value))
  return {
    read: async ({ from, limit }) => {
      const some = all
        .filter((row) => !from || Number(row.cursor?.value) >= Number(from.value))
        .slice(0, limit)
      if (some.reduce((sum, row) => sum + row.bytes, 0) > most)
        throw new AppError('connection.answer_too_large', 'invalid', 'too large')
      return some.map(({ bytes: _, ...row }) => row)
    },
    close: async () => undefined,
  }
}

test('rows too wide for one answer come in with fewer at a time, each once', async () => {
  const rowsArb = fc.array(
    fc.record({ key: fc.integer({ min: 1, max: 1000 }), bytes: fc.integer({ min: 0, max: 40 }) }),
    { maxLength: 200 },
  )
  await fc.assert(
    fc.asyncProperty(rowsArb, async (rows) => {
      // A key in ten rows at most: what must be read together fits by far.
      const few = rows.filter((row, at) => rows.slice(0, at).filter((one) => one.key === row.key).length < 9)
      const path = join(folder, 'wide')
      const taken: number[] = []
      const place = { sql: 'select 1', cursor: 'key' }
      for await (const found of pullRows(wide(few, 2000), place, 'Shop', null, new AbortController().signal))
        if (await found.take(path))
          for (const line of readFileSync(path, 'utf8').trim().split('\n')) taken.push(JSON.parse(line).id)
      expect(taken.toSorted((a, b) => a - b)).toEqual(few.map((_, id) => id))
    }),
    { numRuns: 40 },
  )
})

test('a row larger than one answer may be, and many with one value, are problems that say what to do', async () => {
  const all = async (rows: { key: number; bytes: number }[]) => {
    const place = { sql: 'select 1', cursor: 'key' }
    for await (const found of pullRows(wide(rows, 100), place, 'Shop', null, new AbortController().signal))
      if (!(await found.take(join(folder, 'rows')))) return
  }
  await expect(all([{ key: 1, bytes: 101 }])).rejects.toMatchObject({ code: 'connection.answer_too_large' })
  const alike = Array.from({ length: 50 }, () => ({ key: 1, bytes: 10 }))
  await expect(all(alike)).rejects.toMatchObject({ code: 'source.rows_too_large' })
})
