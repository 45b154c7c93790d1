import type { FastifyReply, FastifyRequest } from 'fastify'

const plainName = 'headwater_session'
// The prefix makes browsers refuse the cookie unless it is Secure, host-only and for the whole host.
const secureName = '__Host-headwater_session'
const maxAgeSeconds = 30 * 24 * 3600

const nameFor = (request: FastifyRequest) => (request.protocol === 'https' ? secureName : plainName)

/** The session token a browser sent, if any. */
export function readSessionCookie(request: FastifyRequest): string | undefined {
  const name = nameFor(request)
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2)
    if (key === name && value) return value
  }
  return undefined
}

export function setSessionCookie(request: FastifyRequest, reply: FastifyReply, token: string): void {
  reply.header('set-cookie', cookie(request, token, maxAgeSeconds))
}

export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  reply.header('set-cookie', cookie(request, '', 0))
}

function cookie(request: FastifyRequest, value: string, maxAge: number): string {
  const secure = request.protocol === 'https' ? '; Secure' : ''
  return `${nameFor(request)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${secure}`
}
