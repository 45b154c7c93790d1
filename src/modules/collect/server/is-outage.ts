import { AppError } from '#platform/errors.ts'

// Of what these are about no item is the cause: connection, transaction rollback, resources, object state, operator
// intervention, system (I/O) errors, damaged files.
const outageOfPostgres = /^(?:08|25|40|53|55|57|58)|^XX00[12]$/

const outageOfSystem = new Set(['ENOSPC', 'EIO', 'EROFS', 'EMFILE', 'ENFILE', 'EDQUOT', 'EPIPE'])

/** Whether a failure of the projection comes from its surroundings, so that waiting is the cure whatever is projected. */
export function isOutage(error: unknown): boolean {
  // ClickHouse's own come as `busy` from its client.
  if (error instanceof AppError) return error.kind === 'busy' || error.code === 'analytics.cancelled'
  const code = (error as { code?: unknown } | undefined)?.code
  if (typeof code !== 'string') return false
  if (code.length === 5 && /^[0-9A-Z]{5}$/.test(code) && outageOfPostgres.test(code)) return true
  return outageOfSystem.has(code) || code.startsWith('ECONN')
}
