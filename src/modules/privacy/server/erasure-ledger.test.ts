import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ledgerNamer, openLedger, parseLedger, readLedger } from '#modules/privacy/server/erasure-ledger.ts'

const folder = mkdtempSync(join(tmpdir(), 'hw-ledger-'))
const file = join(folder, 'erasures.ndjson')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const entry = (id: string) => ({ id, workspace: 'ws_1', at: 5, names: ['n'] })

test('entries are appended, also behind a line that a crash cut off; each counts once', async () => {
  expect(readLedger(file)).toEqual([])
  const ledger = openLedger(folder, Buffer.alloc(32, 1))
  await ledger.append(entry('era_1'))
  writeFileSync(file, '{"id":"era_2","works', { flag: 'a' })
  await ledger.append(entry('era_3'))
  await ledger.append(entry('era_1'))
  expect(readLedger(file)).toEqual([entry('era_1'), entry('era_3')])
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test('what is no entry is passed over', () => {
  expect(parseLedger('\n[]\n{"id":1}\nnonsense')).toEqual([])
})

test('a name needs the key, the workspace, the kind and the value', () => {
  const [a, b] = [ledgerNamer(Buffer.alloc(32, 1)), ledgerNamer(Buffer.alloc(32, 2))]
  const phone = { kind: 'phone', value: '+8613800138000' }
  const names = [
    a('ws_1', phone),
    b('ws_1', phone),
    a('ws_2', phone),
    a('ws_1', { ...phone, kind: 'user_id' }),
    a('ws_1', { ...phone, value: '+8613800138001' }),
  ]
  expect(new Set(names).size).toBe(5)
  expect(a('ws_1', phone)).toBe(names[0])
  expect(names.join()).not.toContain('138')
})
