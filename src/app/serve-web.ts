import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

const root = fileURLToPath(new URL('../../dist/web', import.meta.url))

/** The built web UI; every address that is not an API's is one of its pages. */
export function serveWeb(server: FastifyInstance): void {
  if (!existsSync(`${root}/index.html`)) {
    server.get('/', async (_request, reply) =>
      reply
        .type('text/plain')
        .send('The web UI is not built; run `npm run build`. The API is described at /docs/api.\n'),
    )
    return
  }
  server.register(fastifyStatic, {
    root,
    wildcard: false,
    // The build leaves a .br and a .gz beside each file: the first screen is a third of its size on the way.
    preCompressed: true,
    setHeaders: (reply, path) => {
      // File names under assets/ carry a hash of their content.
      reply.header(
        'cache-control',
        path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      )
    },
  })
  server.get('/*', async (request, reply) => {
    if (!isPage(request.url)) return reply.callNotFound()
    return reply.header('cache-control', 'no-cache').sendFile('index.html')
  })
}

// Doubled slashes reach the same routes.
const ofPrograms = /^\/+(api|v1|docs|assets|sourceConfig|beacon|pixel)([/?]|$)/

/** Whether a person may look at this address: what programs ask for is answered with a problem, never with a page. */
export const isPage = (url: string): boolean => !ofPrograms.test(url)
