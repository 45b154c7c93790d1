import type { ContentDeps } from '#modules/content/server/content-deps.ts'
import { draftOf, renderFor, type Watched } from '#modules/content/server/preview/preview-template.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'

/** The draft as a person would get it, sent to addresses of one's own team; links lead where they say. */
export async function testSend(
  deps: ContentDeps,
  ctx: WorkspaceCtx,
  id: string,
  { to, ...watched }: Watched & { to: readonly string[] },
): Promise<{ sent: number }> {
  const { version, faults } = await draftOf(deps, ctx, id)
  if (version.channel !== 'email')
    throw new AppError(
      'template.not_mail',
      'invalid',
      'Only e-mails can be tried here; channels try the others.',
    )
  const stop = faults.find((fault) => fault.stops)
  if (stop) throw new AppError('template.faulty', 'invalid', stop.message, { details: { faults } })
  const rendered = await renderFor(deps, ctx, version, watched)
  if ('error' in rendered)
    throw new AppError('template.faulty', 'invalid', `This cannot be rendered: ${rendered.error}`)
  const { subject, html, text } = rendered.body
  for (const address of to)
    await deps.mailer.sendMail({
      to: [address],
      subject: `${ctx.language === 'zh' ? '【测试】' : '[Test] '}${subject}`,
      text: String(text ?? ''),
      ...(html ? { html: String(html) } : {}),
    })
  await deps.database.write(ctx, (tx) =>
    deps.audit(tx, ctx, { action: 'template.tested', subject: id, details: { addresses: to.length } }),
  )
  return { sent: to.length }
}
