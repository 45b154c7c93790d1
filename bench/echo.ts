import type { Buffer } from 'node:buffer'
import Fastify from 'fastify'

/** The ceiling of the machine in this run: the same framework reads and parses the same batches and only answers. */
const server = Fastify()
server.removeAllContentTypeParsers()
server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
server.post('/v1/batch', async (request) => {
  const { batch } = JSON.parse((request.body as Buffer).toString('utf8')) as { batch: unknown[] }
  return { success: true, items: batch.length }
})
const url = await server.listen({ port: 0, host: '127.0.0.1' })
process.send?.(url)
process.on('disconnect', () => process.exit(0))
