import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Ctx, WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Database } from '#platform/pg/database.ts'

export type Answer = { status: number; body: unknown }
type Saved = { request_hash: string; status: number | null; body: string | null; age: number }

// A first try that never finished (crash) frees its key after this long.
const abandonedSeconds = 120

/** Runs the work once per (workspace, Idempotency-Key); a repeat gets the first answer again. */
export async function answerOnce(
  database: Database,
  request: FastifyRequest,
  ctx: Ctx & Partial<WorkspaceCtx>,
  secret: boolean,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const key = request.headers['idempotency-key']
  if (request.method !== 'POST' || typeof key !== 'string' || !ctx.workspace) return work()
  if (key.length === 0 || key.length > 255)
    throw new AppError('idempotency.bad_key', 'invalid', 'Idempotency-Key must have 1 to 255 characters.')
  const scope = { workspace: ctx.workspace }
  const hash = createHash('sha256')
    .update(`${request.method} ${request.url}\n${actorOf(ctx)}\n${JSON.stringify(request.body ?? null)}`)
    .digest('hex')
  const saved = await database.write(scope, async (tx) => {
    await tx.run(sql`delete from platform.idempotency where key = ${key} and
      (created_at < pg_catalog.now() - interval '24 hours' or
       (status is null and created_at < pg_catalog.now() - make_interval(secs => ${abandonedSeconds})))`)
    const fresh = await tx.run(sql`insert into platform.idempotency (workspace_id, key, request_hash)
      values (${tx.workspace}, ${key}, ${hash}) on conflict do nothing`)
    if (fresh === 1) return undefined
    return tx.row<Saved>(
      sql`select request_hash, status, body, 0 as age from platform.idempotency where key = ${key}`,
    )
  })
  if (saved) return repeat(saved, hash)
  try {
    const answer = await work()
    // A repeat then learns that it was done, not the secret itself.
    const kept = secret ? { code: 'idempotency.secret_shown_once' } : answer.body
    await database.write(scope, (tx) =>
      tx.run(sql`update platform.idempotency set status = ${answer.status},
        body = ${kept === undefined ? null : JSON.stringify(kept)} where key = ${key}`),
    )
    return answer
  } catch (error) {
    // Nothing was done (use-cases are transactions), so the key is free for a corrected try.
    await database.write(scope, (tx) => tx.run(sql`delete from platform.idempotency where key = ${key}`))
    throw error
  }
}

function repeat(saved: Saved, hash: string): Answer {
  if (saved.request_hash !== hash)
    throw new AppError(
      'idempotency.key_reused',
      'invalid',
      'This Idempotency-Key was used for another request.',
    )
  if (saved.status === null)
    throw new AppError(
      'idempotency.in_progress',
      'conflict',
      'The first request with this key is still running.',
    )
  if (saved.body?.includes('idempotency.secret_shown_once'))
    throw new AppError(
      'idempotency.secret_shown_once',
      'conflict',
      'This was done already; its secret was shown once.',
    )
  return { status: saved.status, body: saved.body === null ? undefined : JSON.parse(saved.body) }
}

const actorOf = (ctx: Ctx) => (ctx.actor.kind === 'api_key' ? ctx.actor.keyId : JSON.stringify(ctx.actor))
