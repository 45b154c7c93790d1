import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ContentDeps } from '#modules/content/server/content-deps.ts'
import { countVisit, findBySlug, findVersionLink } from '#modules/content/server/links/link-store.ts'
import { leadsTo } from '#modules/content/server/links/manage-links.ts'
import { readLinkToken } from '#modules/content/server/render/link-tokens.ts'
import { AppError } from '#platform/errors.ts'
import type { LinkVisit } from '#slots/link-visit.ts'

type Deps = Pick<ContentDeps, 'database' | 'log' | 'tokens' | 'visitors' | 'clock'>

/**
 * Addresses that lead on: links of messages, and those of posters. Only to where a published version or a saved link
 * leads, or to what we have signed ourselves: nobody uses them to lead others astray.
 */
export function serveLinks(server: FastifyInstance, deps: Deps): void {
  server.get<{ Params: { token: string }; Querystring: { to?: unknown; s?: unknown } }>(
    '/l/:token',
    async (request, reply) => {
      const { to, s } = request.query
      const read = readLinkToken(deps.tokens, request.params.token, textOf(to), textOf(s))
      if (!read) throw missing()
      const found = await deps.database.system((tx) => findVersionLink(tx, read.version, read.link))
      const url = read.target ?? found?.url ?? undefined
      // A link with values of the person in it leads nowhere without them.
      if (!found || !url || /\{[{%]/.test(url)) throw missing()
      const visit: LinkVisit = {
        ...{
          workspace: found.workspace,
          template: found.template,
          message: read.message,
          link: read.link,
          url,
        },
        ...{ at: deps.clock.now(), address: request.ip, userAgent: request.headers['user-agent'] ?? '' },
        machine: machineOf(request),
      }
      for (const visitor of deps.visitors)
        await visitor.visited(visit).catch((error: unknown) => {
          deps.log.error({ err: error, visitor: visitor.name }, 'a visit of a link was not noted')
        })
      return leadOn(reply, url)
    },
  )
  server.get<{ Params: { slug: string } }>('/q/:slug', async (request, reply) => {
    const row = await deps.database.system(async (tx) => {
      const found = await findBySlug(tx, request.params.slug)
      if (found && machineOf(request) === null)
        await countVisit(tx, found.workspace, found.id, deps.clock.now())
      return found
    })
    if (!row) throw missing()
    return leadOn(reply, leadsTo(row))
  })
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined)

/** Never kept: every visit is one, and where it leads may change. */
const leadOn = (reply: FastifyReply, url: string) =>
  reply.header('cache-control', 'no-store').header('x-robots-tag', 'noindex').redirect(url, 302)

function machineOf({ method, headers }: FastifyRequest): LinkVisit['machine'] {
  if (method === 'HEAD') return 'head'
  const purpose = [headers['sec-purpose'], headers.purpose, headers['x-moz'], headers['x-purpose']].join(' ')
  if (/prefetch|preview|prerender/i.test(purpose)) return 'prefetch'
  const agent = headers['user-agent'] ?? ''
  const robot = /bot\b|crawl|spider|slurp|preview|facebookexternalhit|curl|wget|python|headless|monitor/i
  return agent === '' || robot.test(agent) ? 'robot' : null
}

const missing = () => new AppError('tracked_link.missing', 'missing', 'There is no such link.')
