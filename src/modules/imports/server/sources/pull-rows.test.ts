import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { PulledRow, Tables } from '#modules/connectors/index.ts'
import { pullRows } from '#modules/imports/server/sources/pull-rows.ts'

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
