/** What the HTTP side asks of an engine thread. */
export type Job = {
  id: number
  /** `stream`: chunks as they come; `whole`: one chunk; `insert`: the body goes to the engine as it is. */
  mode: 'stream' | 'whole' | 'insert'
  sql: string
  format: string
  database: string
  settings: [string, string][]
  params: [string, string][]
  /** Marks the query in system.processes, for KILL. */
  tag: string
  insert?: InsertTarget
  body?: Uint8Array
  /** Set to 1 when nobody waits for the answer any more. */
  cancelled: SharedArrayBuffer
}

export type InsertTarget = { table: string; columns: string[]; format: string }

export type Stats = {
  readRows: number
  readBytes: number
  writtenRows: number
  writtenBytes: number
  seconds: number
}

export type ToWorker = { kind: 'job'; job: Job } | { kind: 'more' } | { kind: 'end' }
export type FromWorker =
  | { kind: 'started' }
  | { kind: 'chunk'; bytes: Uint8Array }
  | { kind: 'done'; stats: Stats }
  | { kind: 'failed'; message: string }

/** Between the supervisor and the child process. */
export type ToChild =
  | {
      kind: 'open'
      dir: string
      port: number
      password: string
      args: string[]
      readers: number
      writers: number
    }
  | { kind: 'stop' }
export type FromChild = { kind: 'ready'; port: number } | { kind: 'failed'; message: string }
