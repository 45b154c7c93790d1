import { z } from 'zod'
import { ledgerName } from '#modules/privacy/index.ts'

/** What a backup consists of; the last entry of the archive, because checksums are known at the end. */
export const Manifest = z.object({
  format: z.literal(1),
  /** Version of Headwater that wrote it. */
  version: z.string(),
  startedAt: z.iso.datetime(),
  /** Schema the tables have; a restore makes exactly this one before it fills them. */
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()), files: z.array(z.string()) })),
  sequences: z.array(z.object({ name: z.string(), value: z.number() })),
  /** SHA-256 of every other entry. */
  checksums: z.record(z.string(), z.string()),
})
export type Manifest = z.infer<typeof Manifest>

export const manifestName = 'manifest.json'
/** Files of the data folder that an instance is not the same without. */
export const keptFiles = ['secrets.json', 'demo.json', ledgerName]
