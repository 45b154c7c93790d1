import type { FastifyReply } from 'fastify'
import type { z } from 'zod'
import { AppError, statusOfKind, toAppError } from '#platform/errors.ts'
import type { Log } from '#platform/log.ts'

/** Answers with an RFC 9457 problem: stable `code`, a sentence, the request id. */
export function sendProblem(reply: FastifyReply, error: unknown, requestId: string, log: Log): FastifyReply {
  const fault = fromFastify(error) ?? toAppError(error)
  const status = statusOfKind[fault.kind]
  if (fault.kind === 'bug') log.error({ err: error, requestId }, 'request failed')
  else if (fault.kind === 'busy') log.warn({ err: error, requestId }, 'request refused')
  if (fault.kind === 'unauthenticated') reply.header('www-authenticate', 'Bearer realm="Headwater"')
  if (fault.retryAfter !== undefined) reply.header('retry-after', String(Math.ceil(fault.retryAfter)))
  return reply.code(status).type('application/problem+json').send(problemOf(fault, requestId))
}

/** The document itself. */
export const problemOf = (fault: AppError, requestId: string) => ({
  ...fault.details,
  type: `/docs/errors#${fault.code}`,
  title: fault.message,
  status: statusOfKind[fault.kind],
  code: fault.code,
  detail: fault.message,
  instance: requestId,
})

/** Turns zod's issues into one error that names every fault by JSON pointer. */
export function invalidRequest(part: string, error: z.ZodError): AppError {
  const faults = error.issues.map((issue) => ({
    path: `/${[part, ...issue.path.map(String)].join('/')}`,
    message: issue.message,
  }))
  const first = faults[0]
  return new AppError(
    'request.invalid',
    'invalid',
    `${first?.path ?? part}: ${first?.message ?? 'not valid'}`,
    {
      details: { path: first?.path, faults },
    },
  )
}

/** Fastify's own faults (bad JSON, too large …) as ours. */
function fromFastify(error: unknown): AppError | undefined {
  const fault = error as { statusCode?: number; code?: string; message?: string }
  if (error instanceof AppError || typeof fault?.statusCode !== 'number') return undefined
  if (fault.statusCode === 413)
    return new AppError('request.too_large', 'too_large', 'The request is too large.')
  if (fault.statusCode === 415)
    return new AppError(
      'request.unsupported_type',
      'unsupported',
      'Send JSON, with content-type application/json.',
    )
  // A parameter beyond all lengths is the address of nothing.
  if (fault.statusCode === 404 || fault.code === 'FST_ERR_MAX_PARAM_LENGTH')
    return new AppError('route.missing', 'missing', 'There is nothing at this address.')
  if (fault.statusCode >= 400 && fault.statusCode < 500)
    return new AppError('request.malformed', 'malformed', fault.message ?? 'The request cannot be read.')
  return undefined
}
