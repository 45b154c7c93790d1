import { bodies } from '#modules/content/contract/channel-body.ts'
import { AppError } from '#platform/errors.ts'
import type { ChannelKind } from '#slots/channel-kind.ts'

/** A body as its channel has it; anything else in it is refused by name. */
export function readBody(channel: ChannelKind, given: unknown): Record<string, unknown> {
  const parsed = bodies[channel].strict().safeParse(given)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new AppError(
    'template.bad_body',
    'invalid',
    `This is not what a template of this channel says: ${issue?.message}.`,
    {
      details: { path: ['', 'body', 'body', ...(issue?.path ?? [])].map(String).join('/') },
    },
  )
}

/** Subject, title or first words, for lists. */
export function headlineOf(body: Record<string, unknown>): string {
  const first = body.subject || body.title || body.text || body.templateId || body.body || ''
  return String(first).replace(/\s+/g, ' ').trim().slice(0, 200)
}
