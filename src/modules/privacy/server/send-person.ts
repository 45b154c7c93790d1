import { pipeline, Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { PrivacyDeps } from '#modules/privacy/server/privacy-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'

const format = 'headwater.person/1'

/** Answers everything that is known of a person, as it is read; noted in the audit log. */
export async function sendPerson(
  deps: PrivacyDeps,
  ctx: WorkspaceCtx,
  profileId: string,
  reply: FastifyReply,
): Promise<void> {
  if (!ctx.permissions.has('people:unmask'))
    throw new AppError('access.denied', 'denied', 'You may not see full phones and mails.', {
      details: { permission: 'people:unmask' },
    })
  const person = await deps.profiles.personNumber(ctx, profileId)
  const record = await deps.profiles.tellPerson(ctx, person)
  const sections: Record<string, unknown> = {
    format,
    exportedAt: new Date(ctx.now).toISOString(),
    workspace: ctx.workspace.id,
    ...record.sections,
  }
  for (const keeper of deps.keepers)
    Object.assign(sections, await keeper.tell?.(ctx, { person, theirs: record.theirs }))
  const subject = deps.profiles.personIds.encode(ctx.workspace.num, person)
  await deps.database.write(ctx, (tx) => deps.audit(tx, ctx, { action: 'profile.exported', subject }))
  reply.hijack()
  reply.raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'application/json; charset=utf-8',
    'content-disposition': `attachment; filename="${subject}.json"`,
    'cache-control': 'no-store',
  })
  pipeline(
    Readable.from(written(sections, record.events())),
    reply.raw,
    (error) => error && deps.log.info({ err: error, person: subject }, 'a person’s export was not finished'),
  )
}

/** One object, its events last: there may be more of them than fit into memory. */
async function* written(
  sections: Record<string, unknown>,
  events: AsyncIterable<unknown>,
): AsyncGenerator<string> {
  const head = Object.entries(sections).map(
    ([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`,
  )
  yield `{\n${head.join(',\n')},\n"events": [`
  let between = '\n'
  for await (const event of events) {
    yield `${between}${JSON.stringify(event)}`
    between = ',\n'
  }
  yield '\n]}\n'
}
