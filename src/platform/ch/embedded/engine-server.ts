import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import {
  type EngineError,
  engineMessage,
  exceptionTrailer,
  newExceptionTag,
  toEngineError,
} from '#platform/ch/embedded/engine-error.ts'
import type { EnginePool, JobRequest } from '#platform/ch/embedded/engine-pool.ts'
import type { Stats } from '#platform/ch/embedded/engine-protocol.ts'
import { defaultDatabase } from '#platform/ch/embedded/engine-settings.ts'
import { type EngineRequest, isAuthorised, readRequest } from '#platform/ch/embedded/read-request.ts'
import { canStream, formatOf, insertTarget, statementKind } from '#platform/ch/embedded/statement.ts'

/** The part of ClickHouse's HTTP interface that the official client uses, over one embedded engine. */
export function createEngineServer(pool: EnginePool, password: string): Server {
  const server = createServer({ maxHeaderSize: 1_000_000 }, (request, response) => {
    void answer(pool, password, request, response)
  })
  // Longer than the client keeps an idle socket (2.5 s), so that it never writes to one we are closing.
  server.keepAliveTimeout = 30_000
  server.requestTimeout = 0
  return server
}

async function answer(
  pool: EnginePool,
  password: string,
  request: IncomingMessage,
  response: ServerResponse,
) {
  response.setHeader('X-ClickHouse-Server-Display-Name', 'headwater')
  response.setHeader('X-ClickHouse-Timezone', 'UTC')
  if (request.url === '/ping') return void response.end('Ok.\n')
  if (!isAuthorised(request, password)) {
    request.resume()
    return refuse(response, engineMessage(516, 'AUTHENTICATION_FAILED', 'Authentication failed.'))
  }
  try {
    const asked = await readRequest(request)
    const queryId = asked.queryId || randomUUID()
    response.setHeader('X-ClickHouse-Query-Id', queryId)
    await execute(pool, toJob(asked, request.method === 'GET'), response)
  } catch (error) {
    refuse(response, error instanceof Error ? error.message : String(error))
  }
}

function toJob(asked: EngineRequest, readOnly: boolean): JobRequest {
  const kind = statementKind(asked.sql)
  const isRead = kind === 'select' || kind === 'look'
  if (readOnly && !isRead) throw new Error(engineMessage(164, 'READONLY', 'GET may only read; use POST.'))
  const format = formatOf(asked.sql) ?? asked.defaultFormat ?? 'TabSeparated'
  const { settings, params } = asked
  const base = {
    format,
    settings,
    params,
    database: asked.database ?? defaultDatabase,
    lane: isRead ? ('read' as const) : ('write' as const),
  }
  const target = kind === 'insert' ? insertTarget(asked.sql) : undefined
  // No rows at all is an insert of nothing, not a fault.
  const rows = asked.body ?? Buffer.alloc(0)
  if (target) return { ...base, mode: 'insert', sql: '', insert: target, body: rows }
  const sql = asked.body ? `${asked.sql}\n${asked.body.toString('utf8')}` : asked.sql
  return { ...base, mode: kind === 'select' && canStream(format) ? 'stream' : 'whole', sql }
}

async function execute(pool: EnginePool, job: JobRequest, response: ServerResponse): Promise<void> {
  const tag = newExceptionTag()
  const running = pool.run(job, (bytes) => {
    if (!response.headersSent) begin(response, job, tag)
    return write(response, bytes)
  })
  // A client that went away wants no answer; what it sent in full is still written, as ClickHouse does.
  if (job.lane === 'read') response.on('close', running.cancel)
  try {
    const stats = await running.done
    if (!response.headersSent) begin(response, job, tag, stats)
    response.end()
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    if (!response.headersSent) return refuse(response, message)
    response.end(exceptionTrailer(tag, toEngineError(message)))
  }
}

const contentTypes: Record<string, string> = {
  JSON: 'application/json; charset=UTF-8',
  JSONEachRow: 'application/x-ndjson; charset=UTF-8',
  JSONCompactEachRow: 'application/x-ndjson; charset=UTF-8',
  CSV: 'text/csv; charset=UTF-8',
  RowBinary: 'application/octet-stream',
}

function begin(response: ServerResponse, job: JobRequest, tag: string, stats?: Stats): void {
  response.setHeader('X-ClickHouse-Format', job.format)
  response.setHeader('X-ClickHouse-Exception-Tag', tag)
  response.setHeader('Content-Type', contentTypes[job.format] ?? 'text/tab-separated-values; charset=UTF-8')
  if (stats) response.setHeader('X-ClickHouse-Summary', summarise(stats))
  response.writeHead(200)
}

// Numbers as text, as ClickHouse sends them. A streamed answer has begun before its figures are known.
function summarise(stats: Stats): string {
  return JSON.stringify({
    read_rows: String(stats.readRows),
    read_bytes: String(stats.readBytes),
    written_rows: String(stats.writtenRows),
    written_bytes: String(stats.writtenBytes),
    total_rows_to_read: '0',
    result_rows: String(stats.writtenRows),
    result_bytes: String(stats.writtenBytes),
    elapsed_ns: String(Math.round(stats.seconds * 1e9)),
  })
}

function write(response: ServerResponse, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    if (response.destroyed) return reject(new Error('the client went away'))
    if (response.write(bytes)) return resolve()
    const settle = () => {
      response.off('drain', settle)
      response.off('close', settle)
      resolve()
    }
    response.on('drain', settle)
    response.on('close', settle)
  })
}

function refuse(response: ServerResponse, message: string): void {
  if (response.destroyed || response.headersSent) return void response.destroy()
  const error: EngineError = toEngineError(message)
  response.writeHead(error.status, {
    'X-ClickHouse-Exception-Code': String(error.code),
    'Content-Type': 'text/plain; charset=UTF-8',
  })
  response.end(error.text)
}
