import { parentPort, workerData } from 'node:worker_threads'
import { Session } from 'chdb'
import type { FromWorker, Job, Stats, ToWorker } from '#platform/ch/embedded/engine-protocol.ts'
import { maxWholeResultBytes } from '#platform/ch/embedded/engine-settings.ts'
import { quote } from '#platform/ch/embedded/statement.ts'

// A thread per running query: chDB plans a query inside a synchronous call, and evaluates scalar subqueries while
// planning; on the HTTP thread that would stop every other request for seconds.
const { dir, args } = workerData as { dir: string; args: string[] }
const port = parentPort
if (!port) throw new Error('engine-worker runs as a worker thread only')

const nothing: Stats = { readRows: 0, readBytes: 0, writtenRows: 0, writtenBytes: 0, seconds: 0 }
let wantMore: (() => void) | undefined

port.on('message', (message: ToWorker) => {
  if (message.kind === 'job') void work(message.job)
  if (message.kind === 'more') wantMore?.()
  if (message.kind === 'end') port.close()
})
tell({ kind: 'started' })

function tell(message: FromWorker): void {
  port?.postMessage(message)
}

async function work(job: Job): Promise<void> {
  let session: Session | undefined
  try {
    // A session of its own for every job (0.5 ms): no setting or parameter leaks from one request into the next.
    session = new Session(dir, { connectionArgs: args })
    prepare(session, job)
    const stats = await run(session, job)
    session.close()
    tell({ kind: 'done', stats })
  } catch (error) {
    session?.close()
    tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })
  }
}

/**
 * Parameters go in by SET, which belongs to the session: chDB's own binding calls share state between connections
 * and would have to run one at a time.
 */
function prepare(session: Session, job: Job): void {
  session.query(`USE ${'`'}${job.database.replace(/[\\`]/g, '\\$&')}${'`'}`)
  const settings = [
    ['log_comment', job.tag],
    ...job.settings,
    ...job.params.map(([name, value]) => [`param_${name}`, value]),
  ]
  // Who asks for less than may be held gets less.
  const asked = Number(job.settings.find(([name]) => name === 'max_result_bytes')?.[1] || maxWholeResultBytes)
  if (job.mode === 'whole') settings.push(['max_result_bytes', String(Math.min(asked, maxWholeResultBytes))])
  session.query(`SET ${settings.map(([name, value]) => `${name} = ${quote(value ?? '')}`).join(', ')}`)
}

async function run(session: Session, job: Job): Promise<Stats> {
  if (isCancelled(job))
    throw new Error('Code: 394. DB::Exception: Query was cancelled. (QUERY_WAS_CANCELLED)')
  if (job.mode === 'stream') return stream(session, job)
  if (job.mode === 'insert' && job.insert && job.body) return insert(session, job.insert, job.body)
  const result = await session.queryAsync(job.sql, { format: job.format })
  const bytes = result.bytes()
  if (bytes.length > 0) await send(bytes)
  return { ...nothing, readRows: result.rowsRead, readBytes: result.bytesRead, seconds: result.elapsed }
}

async function stream(session: Session, job: Job): Promise<Stats> {
  const started = performance.now()
  for await (const chunk of session.queryStream(job.sql, { format: job.format })) {
    await send(chunk.raw())
    if (isCancelled(job)) break
  }
  return { ...nothing, seconds: (performance.now() - started) / 1000 }
}

async function insert(
  session: Session,
  target: NonNullable<Job['insert']>,
  body: Uint8Array,
): Promise<Stats> {
  const result = await session.insert({
    table: target.table,
    values: body,
    format: target.format as 'JSONEachRow',
    ...(target.columns.length > 0 ? { columns: target.columns } : {}),
  })
  return {
    ...nothing,
    writtenRows: result.rowsWritten,
    writtenBytes: result.bytesWritten,
    seconds: result.elapsed,
  }
}

/** Hands one chunk over and waits until the client has taken it: memory stays at one chunk per query. */
function send(bytes: Uint8Array): Promise<void> {
  const taken = new Promise<void>((resolve) => {
    wantMore = resolve
  })
  tell({ kind: 'chunk', bytes })
  return taken
}

function isCancelled(job: Job): boolean {
  return Atomics.load(new Int32Array(job.cancelled), 0) === 1
}
