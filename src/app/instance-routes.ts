import { PassThrough, pipeline } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { writeBackup } from '#app/backup/write-backup.ts'
import type { Collect } from '#modules/collect/index.ts'
import { toAppError } from '#platform/errors.ts'
import { defineRoutes } from '#platform/http/define-routes.ts'
import { implement, type ServedRoute } from '#platform/http/implement.ts'
import type { Log } from '#platform/log.ts'

export const routes = defineRoutes({
  rebuild: {
    post: '/api/instance/rebuild',
    access: 'instance:admin',
    summary:
      'Builds ClickHouse anew from Postgres; answers a JSON line per step and a last one with the result',
    returns: z.void(),
  },
  backup: {
    post: '/api/instance/backup',
    access: 'instance:admin',
    summary: 'Answers a backup of the instance as one .tar.gz, consistent as of its start',
    returns: z.void(),
  },
})

export type InstanceDeps = {
  collect: Pick<Collect, 'rebuild'>
  log: Log
  databaseUrl: string
  dataDir: string
  version: string
}
/** Lines of an answer that takes long: how far it is, then how it ended. */
export type ProgressLine =
  | { share: number }
  | { result: unknown }
  | { problem: { code: string; title: string } }

/** What the command line asks of the one process that owns the engines; only the instance token opens these doors. */
export function instanceRoutes(deps: InstanceDeps): ServedRoute[] {
  return implement(routes, {
    rebuild: ({ reply }) =>
      answerInLines(reply, (tell) => deps.collect.rebuild(async (share) => tell({ share }))),
    backup: async ({ reply }) => {
      reply.hijack()
      reply.raw.writeHead(200, { 'content-type': 'application/gzip', 'cache-control': 'no-store' })
      const file = writeBackup(deps)
      // A backup that fails half-way ends without its manifest and with a broken connection: it cannot pass for one.
      pipeline(
        file,
        reply.raw,
        (error) => error && deps.log.warn({ err: error }, 'a backup was not finished'),
      )
    },
  })
}

async function answerInLines(
  reply: FastifyReply,
  work: (tell: (line: ProgressLine) => void) => Promise<unknown>,
): Promise<void> {
  reply.hijack()
  const lines = new PassThrough()
  const tell = (line: ProgressLine) => void lines.write(`${JSON.stringify(line)}\n`)
  reply.raw.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' })
  // Who asked may leave; the work goes on.
  pipeline(lines, reply.raw, () => lines.resume())
  try {
    tell({ result: await work(tell) })
  } catch (error) {
    const { code, message } = toAppError(error)
    tell({ problem: { code, title: message } })
  } finally {
    lines.end()
  }
}
