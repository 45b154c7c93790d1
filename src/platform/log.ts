import { type Logger, pino } from 'pino'

export type Log = Logger

/** JSON lines on stderr; values that may carry secrets are cut at the source. */
export function createLog(level: string): Log {
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: describeError },
      redact: ['req.headers.authorization', 'req.headers.cookie', 'password', 'apiKey', '*.password'],
    },
    pino.destination({ dest: 2, sync: true }),
  )
}

/** What helps: database errors carry whole client objects, which do not. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { code, details } = error as { code?: unknown; details?: unknown }
  const cause = error.cause === undefined ? {} : { cause: describeError(error.cause) }
  return { type: error.constructor.name, message: error.message, code, details, stack: error.stack, ...cause }
}
