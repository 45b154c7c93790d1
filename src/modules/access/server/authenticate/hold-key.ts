import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AccessDeps } from '#modules/access/server/access-deps.ts'
import type { Identity } from '#modules/access/server/authenticate/load-identity.ts'
import { isFrom } from '#modules/access/server/keys/key-limits.ts'
import { AppError } from '#platform/errors.ts'

/** Holds a key to the addresses it may be used from and to its requests a minute, and says what is left. */
export function holdKey(
  deps: Pick<AccessDeps, 'keyRate'>,
  { key, standing }: Identity,
  request: FastifyRequest,
  reply: FastifyReply | undefined,
): void {
  if (!key || !standing) return
  if (key.allowedIps && !isFrom(request.ip, key.allowedIps))
    throw new AppError(
      'access.address_denied',
      'denied',
      `This API key may not be used from ${request.ip}. Whoever made it says from where.`,
    )
  const { allowed, limit, remaining, resetSeconds } = deps.keyRate({
    workspace: standing.membership.num,
    id: key.id,
    perMinute: key.perMinute,
  })
  reply?.header('ratelimit-limit', `${limit}, ${limit};w=60`)
  reply?.header('ratelimit-remaining', String(remaining))
  reply?.header('ratelimit-reset', String(resetSeconds))
  if (allowed) return
  throw new AppError('access.key_limit', 'limited', `This API key may make ${limit} requests a minute.`, {
    retryAfter: resetSeconds,
    details: { limit },
  })
}
