import { ClickHouseError } from '@clickhouse/client'
import { AppError } from '#platform/errors.ts'

// Of what these are about no item is the cause: connection, transaction rollback, resources, object state, operator
// intervention, system (I/O) errors, damaged files.
const outageOfPostgres = /^(?:08|25|40|53|55|57|58)|^XX00[12]$/

// Memory, disk, files, network, replicas, coordination: everything that may be well again in a moment.
const outageOfClickHouse = new Set(
  '74 75 76 159 160 164 173 198 202 203 209 210 225 236 241 242 243 252 279 285 286 319 373 394 425 439 499 999'.split(
    ' ',
  ),
)

const outageOfSystem = new Set(['ENOSPC', 'EIO', 'EROFS', 'EMFILE', 'ENFILE', 'EDQUOT', 'EPIPE'])

/** Whether a failure of the projection comes from its surroundings, so that waiting is the cure whatever is projected. */
export function isOutage(error: unknown): boolean {
  if (error instanceof AppError) return error.kind === 'busy' || error.code === 'analytics.cancelled'
  if (error instanceof ClickHouseError) return outageOfClickHouse.has(error.code)
  const code = (error as { code?: unknown } | undefined)?.code
  if (typeof code !== 'string') return false
  if (code.length === 5 && /^[0-9A-Z]{5}$/.test(code) && outageOfPostgres.test(code)) return true
  return outageOfSystem.has(code) || code.startsWith('ECONN')
}
