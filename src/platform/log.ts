import { pino, type Logger } from 'pino'

export type Log = Logger

/** JSON lines on stderr; values that may carry secrets are cut at the source. */
export function createLog(level: string): Log {
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: ['req.headers.authorization', 'req.headers.cookie', 'password', 'apiKey', '*.password'],
    },
    pino.destination({ dest: 2, sync: true }),
  )
}
