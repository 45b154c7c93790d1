import { DateTime } from 'luxon'
import type { MailDeps } from '#modules/dashboards/server/mail/mail-deps.ts'
import type { MailRow } from '#modules/dashboards/server/mail/mail-store.ts'
import { AppError } from '#platform/errors.ts'
import type { JobRun } from '#platform/jobs/worker.ts'

export type Picture = {
  pdf: Buffer | undefined
  png: Buffer | undefined
  isCut: boolean
  /** Why there is none, although one was wanted. */
  code: string | undefined
}
const none = { pdf: undefined, png: undefined, isCut: false }

type Wanted = { mail: MailRow; mailingId: string; workspace: string }

/**
 * The board's own read-only page, drawn. Without a Chromium the mail goes out with its numbers and the link, and says so:
 * what somebody waits for every Monday is worth more than its form.
 */
export async function makePicture(
  { drawings, drawer, clock }: MailDeps,
  { ctx, signal }: JobRun,
  { mail, mailingId, workspace }: Wanted,
): Promise<Picture> {
  if (mail.formats.length === 0) return { ...none, code: undefined }
  const drawing = {
    ...{ id: mailingId, workspace: ctx.workspace.num, board: mail.board_id, member: mail.member_id },
    filters: mail.filters,
  }
  try {
    const drawn = await drawings.during(drawing, (token) =>
      drawer.draw(
        {
          path: `/shared/${token}`,
          language: mail.language,
          ready: '.board-shared[data-settled="true"]',
          formats: { pdf: mail.formats.includes('pdf'), png: mail.formats.includes('png') },
          foot: `${mail.board_name} · ${workspace} · ${sayNow(clock.now(), ctx.workspace.timezone)}`,
        },
        signal,
      ),
    )
    return { ...drawn, code: undefined }
  } catch (error) {
    if (error instanceof AppError && error.code === 'drawing.no_chromium')
      return { ...none, code: error.code }
    throw error
  }
}

const sayNow = (now: number, zone: string) =>
  DateTime.fromMillis(now, { zone }).toFormat('yyyy-MM-dd HH:mm ZZZZ')
