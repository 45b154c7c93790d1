import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Ctx, WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { randomText } from '#platform/ids.ts'
import type { Database, Tx } from '#platform/pg/database.ts'

export type Answer = { status: number; body: unknown }
type RequestCtx = Ctx & Partial<WorkspaceCtx>
type Saved = {
  request_hash: string
  status: number | null
  body: string | null
  effects: boolean
  abandoned: boolean
}

// A try that never finished (its process died) is given up after this long; statements end after 60 s.
const abandonedSeconds = 120
const secretAnswer = JSON.stringify({ code: 'idempotency.secret_shown_once' })

/**
 * Runs the work once per (workspace, Idempotency-Key); a repeat gets the first answer again. `work` must pass on the
 * context it is given: by it every transaction of the workspace notes, in itself, that the first try had effects.
 */
export async function answerOnce(
  database: Database,
  request: FastifyRequest,
  ctx: RequestCtx,
  secret: boolean,
  work: (ctx: RequestCtx) => Promise<Answer>,
): Promise<Answer> {
  const key = request.headers['idempotency-key']
  if (request.method !== 'POST' || typeof key !== 'string' || !ctx.workspace) return work(ctx)
  if (key.length === 0 || key.length > 255)
    throw new AppError('idempotency.bad_key', 'invalid', 'Idempotency-Key must have 1 to 255 characters.')
  const scope = { workspace: ctx.workspace }
  const attempt = randomText(12)
  const hash = hashOf(request, ctx)
  const saved = await database.write(scope, (tx) => claimKey(tx, key, hash, attempt))
  if (saved) return repeat(saved, hash)
  const mine = sql`key = ${key} and attempt = ${attempt}`
  let answer: Answer
  try {
    answer = await work({ ...ctx, idempotency: { key, attempt } })
  } catch (error) {
    // Refused or failed: the key is free for a corrected try. When even that cannot be written, time frees it.
    await database
      .write(scope, (tx) => tx.run(sql`delete from platform.idempotency where ${mine}`))
      .catch(() => undefined)
    throw error
  }
  const kept = answer.body === undefined ? null : JSON.stringify(answer.body)
  await database.write(scope, (tx) =>
    tx.run(sql`update platform.idempotency set status = ${answer.status}, body = ${secret ? secretAnswer : kept}
      where ${mine}`),
  )
  return answer
}

/** Takes the key for this try; answers what is saved when somebody has it. Sweeps away what is a day old. */
async function claimKey(tx: Tx, key: string, hash: string, attempt: string): Promise<Saved | undefined> {
  await tx.run(sql`delete from platform.idempotency where key in (
    select key from platform.idempotency where created_at < pg_catalog.now() - interval '24 hours'
    limit 100 for update skip locked)`)
  await tx.run(sql`delete from platform.idempotency where key = ${key} and status is null and not effects
    and created_at < pg_catalog.now() - make_interval(secs => ${abandonedSeconds})`)
  const fresh = await tx.run(sql`insert into platform.idempotency (workspace_id, key, request_hash, attempt)
    values (${tx.workspace}, ${key}, ${hash}, ${attempt}) on conflict do nothing`)
  if (fresh === 1) return undefined
  return tx.row<Saved>(sql`
    select request_hash, status, body, effects,
      created_at < pg_catalog.now() - make_interval(secs => ${abandonedSeconds}) as abandoned
    from platform.idempotency where key = ${key}`)
}

function repeat(saved: Saved, hash: string): Answer {
  const refuse = (
    code: `idempotency.${string}`,
    kind: 'invalid' | 'conflict',
    message: string,
    retryAfter?: number,
  ) => new AppError(code, kind, message, retryAfter === undefined ? {} : { retryAfter })
  if (saved.request_hash !== hash)
    throw refuse('idempotency.key_reused', 'invalid', 'This Idempotency-Key was used for another request.')
  if (saved.status === null && saved.abandoned)
    throw refuse(
      'idempotency.answer_lost',
      'conflict',
      'This was done, but its answer was lost in a crash: look it up.',
    )
  if (saved.status === null)
    throw refuse(
      'idempotency.in_progress',
      'conflict',
      'The first request with this key is still running.',
      2,
    )
  if (saved.body === secretAnswer)
    throw refuse(
      'idempotency.secret_shown_once',
      'conflict',
      'This was done already; its secret was shown once.',
    )
  return { status: saved.status, body: saved.body === null ? undefined : JSON.parse(saved.body) }
}

/** What makes a repeat the same request: place, sender and content. */
function hashOf(request: FastifyRequest, { actor }: Ctx): string {
  const sender =
    actor.kind === 'api_key' ? actor.keyId : actor.kind === 'member' ? actor.memberId : actor.kind
  return createHash('sha256')
    .update(`${request.method} ${request.url}\n${sender}\n${JSON.stringify(request.body ?? null)}`)
    .digest('hex')
}
