import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib'
import { engineMessage } from '#platform/ch/embedded/engine-error.ts'

export type EngineRequest = {
  queryId: string
  sql: string
  /** Rows of an INSERT whose statement came in the URL. */
  body: Buffer | undefined
  database: string | undefined
  defaultFormat: string | undefined
  settings: [string, string][]
  params: [string, string][]
}

// One body is held whole; a client that sends more splits its rows (ClickHouse would split them into parts too).
const maxBodyBytes = 256_000_000

// Addressed to the HTTP layer of ClickHouse, not to the engine.
const protocolNames = new Set([
  'query',
  'query_id',
  'database',
  'default_format',
  'user',
  'password',
  'quota_key',
  'role',
  'session_timeout',
  'session_check',
  'wait_end_of_query',
  'buffer_size',
  'compress',
  'decompress',
  'stacktrace',
  'log_comment',
  'enable_http_compression',
  'http_zlib_compression_level',
  'send_progress_in_http_headers',
  'http_headers_progress_interval_ms',
  'cancel_http_readonly_queries_on_client_close',
  'client_protocol_version',
])

/** Reads URL, form and body the way ClickHouse's HTTP interface does. */
export async function readRequest(request: IncomingMessage): Promise<EngineRequest> {
  const fields = new URL(request.url ?? '/', 'http://localhost').searchParams
  const bytes = await readBody(request)
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)/i.exec(
    request.headers['content-type'] ?? '',
  )?.[1]
  if (boundary !== undefined)
    for (const [name, value] of formFields(bytes, boundary)) fields.append(name, value)
  const body = boundary === undefined ? bytes : Buffer.alloc(0)
  if (fields.has('session_id'))
    throw new Error(engineMessage(48, 'NOT_IMPLEMENTED', 'Sessions are not supported here.'))
  const inUrl = fields.get('query') ?? ''
  return {
    queryId: fields.get('query_id') ?? '',
    sql: inUrl === '' ? body.toString('utf8') : inUrl,
    body: inUrl !== '' && body.length > 0 ? body : undefined,
    database: fields.get('database') ?? undefined,
    defaultFormat: fields.get('default_format') ?? headerOf(request, 'x-clickhouse-format'),
    settings: settingsIn(fields),
    params: paramsIn(fields),
  }
}

/** The password is random and ours; without it any local account could read through the port. */
export function isAuthorised(request: IncomingMessage, password: string): boolean {
  const basic = /^Basic (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
  const given =
    headerOf(request, 'x-clickhouse-key') ??
    Buffer.from(basic, 'base64')
      .toString('utf8')
      .replace(/^[^:]*:/, '')
  const [left, right] = [Buffer.from(given), Buffer.from(password)]
  return left.length === right.length && timingSafeEqual(left, right)
}

function paramsIn(fields: URLSearchParams): [string, string][] {
  const params = [...fields].filter(([name]) => name.startsWith('param_'))
  return params.map(([name, value]) => [checkedName(name.slice('param_'.length)), value])
}

function settingsIn(fields: URLSearchParams): [string, string][] {
  const settings = [...fields].filter(([name]) => !protocolNames.has(name) && !name.startsWith('param_'))
  return settings.map(([name, value]) => [checkedName(name), value])
}

/** Names become part of a SET statement; values are quoted there. */
function checkedName(name: string): string {
  if (/^[A-Za-z_]\w*$/.test(name)) return name
  throw new Error(engineMessage(115, 'UNKNOWN_SETTING', `Not a name: ${JSON.stringify(name)}.`))
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of decoded(request) as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBodyBytes)
      throw new Error(engineMessage(208, 'QUERY_IS_TOO_LARGE', `A body may have ${maxBodyBytes} bytes.`))
    chunks.push(chunk)
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)
}

function decoded(request: IncomingMessage): Readable {
  const encoding = request.headers['content-encoding'] ?? 'identity'
  const decoders = {
    gzip: createGunzip,
    deflate: createInflate,
    br: createBrotliDecompress,
    zstd: createZstdDecompress,
  }
  if (encoding === 'identity') return request
  const decoder = decoders[encoding as keyof typeof decoders]
  if (!decoder)
    throw new Error(engineMessage(89, 'UNKNOWN_COMPRESSION_METHOD', `Unknown Content-Encoding ${encoding}.`))
  const stream = decoder()
  request.on('error', (error) => stream.destroy(error))
  request.on('aborted', () => stream.destroy(new Error('aborted')))
  return request.pipe(stream)
}

/** The client's own plain form: text parts with a name, no files, no transfer encodings. */
function formFields(body: Buffer, boundary: string): [string, string][] {
  const parts = body.toString('utf8').split(`--${boundary}`).slice(1, -1)
  return parts.map((part) => {
    const end = part.indexOf('\r\n\r\n')
    const name = /name="([^"]*)"/.exec(part.slice(0, end))?.[1] ?? ''
    return [name, part.slice(end + 4, -2)]
  })
}
