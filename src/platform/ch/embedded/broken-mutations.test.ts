import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openClickHouse } from '#platform/ch/client.ts'
import { removeBrokenMutations } from '#platform/ch/embedded/broken-mutations.ts'
import { startEmbeddedClickHouse } from '#platform/ch/embedded/start.ts'
import { createLog } from '#platform/log.ts'

const mutationsIn = (dir: string) =>
  readdirSync(join(dir, 'store'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /mutation_\d+\.txt$/.test(path))
    .map((path) => join(dir, 'store', path))

test('the engine starts although a full disk cut off an order to change rows; whole orders stay', {
  timeout: 60_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hw-ch-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const dir = join(folder, 'clickhouse')
  const open = async () => {
    const engine = await startEmbeddedClickHouse({ dir, log: createLog('silent') })
    const ch = openClickHouse(engine)
    return { ch, close: async () => ch.close().then(() => engine.stop()) }
  }
  const first = await open()
  await first.ch.command('CREATE TABLE t (id UInt64) ENGINE = MergeTree ORDER BY id')
  await first.ch.command('INSERT INTO t SELECT number FROM numbers(10)')
  for (const n of [1, 2])
    await first.ch.command(`ALTER TABLE t DELETE WHERE id = ${n} OR id = 1\n SETTINGS mutations_sync = 2`)
  await first.close()

  const whole = mutationsIn(dir)
  expect(whole).toHaveLength(2)
  expect(removeBrokenMutations(dir)).toEqual([])
  const table = dirname(whole[0] as string)
  writeFileSync(join(table, 'mutation_90.txt'), '')
  writeFileSync(join(table, 'mutation_91.txt'), 'format version: 1\ncreate time: 2026-03-01 00:00:00\ncomm')
  truncateSync(whole[1] as string, 0)
  const second = await open()
  expect(await second.ch.query('SELECT id FROM t ORDER BY id')).toHaveLength(8)
  await second.ch.command('ALTER TABLE t DELETE WHERE id = 3 SETTINGS mutations_sync = 2')
  expect(await second.ch.query('SELECT id FROM t ORDER BY id')).toHaveLength(7)
  await second.close()
  expect(mutationsIn(dir)).toContain(whole[0])
})
