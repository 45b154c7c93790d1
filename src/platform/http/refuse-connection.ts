import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { AppError } from '#platform/errors.ts'
import { problemOf } from '#platform/http/problem.ts'
import { randomText } from '#platform/ids.ts'

// Neither is a kind of its own: no code of ours ever throws them.
const statuses: Record<string, { status: number; code: string; message: string }> = {
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    code: 'request.timed_out',
    message: 'The request took too long to arrive.',
  },
  HPE_HEADER_OVERFLOW: { status: 431, code: 'request.too_large', message: 'The headers are too large.' },
}
const unreadable = { status: 400, code: 'request.malformed', message: 'This is not an HTTP request.' }

/** What never became a request (no HTTP, endless headers, too slow) passes by every hook and is answered here. */
export function refuseConnection(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  if (socket.writable) socket.write(answerTo(error.code ?? ''))
  socket.destroy(error)
}

function answerTo(reason: string): string {
  const { status, code, message } = statuses[reason] ?? unreadable
  const fault = new AppError(code, 'malformed', message)
  const body = JSON.stringify({ ...problemOf(fault, randomText(16)), status })
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'x-content-type-options: nosniff',
    'connection: close',
    '',
    body,
  ].join('\r\n')
}
