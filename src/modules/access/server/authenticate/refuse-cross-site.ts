import type { FastifyRequest } from 'fastify'
import { AppError } from '#platform/errors.ts'

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses unsafe requests another site made the browser send. Browsers always say where such a request comes from
 * (Sec-Fetch-Site, or Origin in older ones); `mustSay` refuses when neither does, as for requests with a cookie.
 */
export function refuseCrossSite(request: FastifyRequest, mustSay: boolean): void {
  if (safeMethods.has(request.method)) return
  const site = request.headers['sec-fetch-site']
  const origin = request.headers.origin
  const fine =
    site !== undefined
      ? site === 'same-origin' || site === 'none'
      : origin !== undefined
        ? isOwn(request, origin)
        : !mustSay
  if (!fine) throw new AppError('access.cross_site', 'denied', 'This request came from another site.')
}

function isOwn(request: FastifyRequest, origin: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === request.host
}
