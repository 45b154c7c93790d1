import { createHmac, hkdfSync } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/** Who was erased when, by names nobody can read; in the data folder, and in every backup from then on. */
export type ErasureLedger = {
  /** They are on the disk when it resolves. */
  append(...entries: LedgerEntry[]): Promise<void>
  /** What an identifier is called in it. */
  nameOf: Namer
}

export const LedgerEntry = z.object({
  id: z.string(),
  workspace: z.string(),
  /** ms: backups begun before know the person still. */
  at: z.number(),
  names: z.array(z.string()),
})
export type LedgerEntry = z.infer<typeof LedgerEntry>
type Identifier = { kind: string; value: string }
export type Namer = (workspace: string, id: Identifier) => string

export const ledgerName = 'erasures.ndjson'

export function openLedger(dataDir: string, instanceKey: Buffer): ErasureLedger {
  return {
    nameOf: ledgerNamer(instanceKey),
    append: async (...entries) => {
      const handle = await open(join(dataDir, ledgerName), 'a', 0o600)
      try {
        // A line of its own, even after one that a crash cut off.
        await handle.write(entries.map((entry) => `\n${JSON.stringify(entry)}\n`).join(''))
        await handle.sync()
      } finally {
        await handle.close()
      }
    },
  }
}

/** Every whole entry of a file, each once; none when there is no file. */
export function readLedger(file: string): LedgerEntry[] {
  return existsSync(file) ? parseLedger(readFileSync(file, 'utf8')) : []
}

export function parseLedger(text: string): LedgerEntry[] {
  const entries = text.split('\n').flatMap((line) => {
    const entry = LedgerEntry.safeParse(parse(line))
    return entry.success ? [entry.data] : []
  })
  return [...new Map(entries.map((entry) => [entry.id, entry])).values()]
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch (error) {
    // The last line of a crash: its erasure had not begun, and the job says it again.
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/**
 * The name of an identifier in the ledger. Keyed, because a plain hash of a phone number is still the phone number:
 * all of them can be tried in minutes.
 */
export function ledgerNamer(instanceKey: Buffer): Namer {
  const key = Buffer.from(hkdfSync('sha256', instanceKey, Buffer.alloc(0), 'headwater erasure ledger 1', 32))
  return (workspace, { kind, value }) =>
    createHmac('sha256', key)
      .update(JSON.stringify([workspace, kind, value]))
      .digest('base64url')
}
