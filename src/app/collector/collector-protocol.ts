import type { Settings } from '#platform/config.ts'

/** What a collector process is told to do. */
export type Order = {
  settings: Settings
  databaseUrl: string
  /** Where the main program listens; everything that is not tracking goes there. */
  socketPath: string
  /** The public port; 0 picks a free one. */
  port: number
}

export type ToCollector =
  | { kind: 'open'; order: Order }
  | { kind: 'forget' }
  | { kind: 'metrics'; id: number }
  | { kind: 'stop' }
export type FromCollector =
  | { kind: 'ready'; url: string; port: number }
  | { kind: 'failed'; code: string; message: string }
  | { kind: 'committed'; items: number }
  | { kind: 'metrics'; id: number; text: string }
