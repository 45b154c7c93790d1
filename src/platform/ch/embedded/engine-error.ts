import { randomBytes } from 'node:crypto'

// The codes ClickHouse answers with something other than 500 (src/Server/HTTP/exceptionCodeToHTTPStatus.cpp).
const statusOfCode: Record<number, number> = {
  6: 400,
  25: 400,
  26: 400,
  27: 400,
  38: 400,
  41: 400,
  53: 400,
  62: 400,
  72: 400,
  117: 400,
  130: 400,
  131: 400,
  167: 400,
  168: 400,
  377: 400,
  456: 400,
  457: 400,
  16: 404,
  46: 404,
  47: 404,
  50: 404,
  56: 404,
  60: 404,
  63: 404,
  73: 404,
  81: 404,
  115: 404,
  159: 408,
  48: 501,
  164: 403,
  202: 503,
  208: 413,
  439: 503,
  497: 403,
  516: 403,
}

export type EngineError = { code: number; status: number; text: string }

/** Brings an engine's message into the form the official client recognises: `Code: 60. DB::Exception: … (NAME)`. */
export function toEngineError(message: string): EngineError {
  const start = message.indexOf('Code: ')
  const text =
    start === -1 ? `Code: 1002. DB::Exception: ${message} (UNKNOWN_EXCEPTION)` : message.slice(start)
  const code = Number(/^Code: (\d+)/.exec(text)?.[1] ?? 1002)
  return { code, status: statusOfCode[code] ?? 500, text: text.endsWith('\n') ? text : `${text}\n` }
}

export function engineMessage(code: number, name: string, message: string): string {
  return `Code: ${code}. DB::Exception: ${message} (${name})`
}

export function newExceptionTag(): string {
  return randomBytes(8).toString('hex')
}

/** The trailer by which ClickHouse (from 25.11) tells of a failure after it has begun to answer. */
export function exceptionTrailer(tag: string, error: EngineError): Buffer {
  const length = Buffer.byteLength(error.text)
  return Buffer.from(`\r\n__exception__\r\n${tag}\r\n${error.text}${length} ${tag}\r\n__exception__\r\n`)
}
