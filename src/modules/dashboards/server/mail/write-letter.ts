import { DateTime } from 'luxon'
import type { MemberStanding } from '#modules/access/index.ts'
import type { BoardRow } from '#modules/dashboards/server/board-store.ts'
import { letterWords } from '#modules/dashboards/server/mail/letter-words.ts'
import type { MailRow } from '#modules/dashboards/server/mail/mail-store.ts'
import type { Picture } from '#modules/dashboards/server/mail/make-picture.ts'
import type { Figure, Headline } from '#modules/dashboards/server/mail/read-headline.ts'
import { escapeHtml } from '#platform/escape-html.ts'
import type { MailAttachment } from '#platform/mail/open-mailer.ts'

export type Letter = { subject: string; text: string; html: string; attachments: MailAttachment[] }
type Given = {
  mail: Pick<MailRow, 'language' | 'created_by'>
  board: Pick<BoardRow, 'id' | 'name' | 'description'>
  maker: Pick<MemberStanding, 'name' | 'workspaceName' | 'workspace'>
  headline: Headline
  picture: Picture
  /** What links begin with. */
  url: string
  /** Where this receiver takes themselves off. */
  leave: string
  now: number
}

const pictureId = 'board'

/** A board as a letter: the same in HTML and in plain text, the picture within, the PDF attached. */
export function writeLetter({ mail, board, maker, headline, picture, url, leave, now }: Given): Letter {
  const t = letterWords[mail.language]
  const { range, figures } = headline
  const today = DateTime.fromMillis(now, { zone: maker.workspace.timezone }).toFormat('yyyy-MM-dd')
  const days = range ? (range.from === range.to ? range.to : `${range.from} – ${range.to}`) : today
  const link = `${url}/dashboards/${encodeURIComponent(board.id)}`
  const lines = figures.map((one) => ({ ...one, ...sayFigure(one, mail.language) }))
  const notes = [
    ...(picture.pdf ? [t.attached] : []),
    ...(picture.png && picture.isCut ? [t.cut] : []),
    ...(picture.code === 'drawing.no_chromium' ? [t.noChromium] : []),
  ]
  const about = [
    t.intro(maker.workspaceName, maker.workspace.timezone),
    ...(range ? [t.rangeOf(range.from, range.to)] : []),
  ]
  const text = [
    board.name,
    ...(board.description ? [board.description] : []),
    ...about,
    '',
    ...lines.map(({ title, said, change }) => `${title}${t.colon}${said}${change ? `  ${change}` : ''}`),
    ...(lines.length > 0 ? [''] : []),
    ...notes,
    `${t.open}${t.colon}${link}`,
    t.openHint,
    '',
    t.why(maker.name),
    `${t.leave}${t.colon}${leave}`,
  ].join('\n')
  const html = page(mail.language, [
    `<h1 style="font-size:20px;line-height:28px;margin:0 0 4px">${escapeHtml(board.name)}</h1>`,
    board.description ? `<p style="margin:0 0 4px;color:#5b6570">${escapeHtml(board.description)}</p>` : '',
    `<p style="margin:0 0 16px;color:#5b6570;font-size:13px">${about.map(escapeHtml).join('<br>')}</p>`,
    lines.length > 0
      ? `<table role="presentation" cellpadding="0" cellspacing="0" style="width:100%;border-collapse:collapse;margin:0 0 16px">${lines.map(row).join('')}</table>`
      : '',
    picture.png
      ? `<a href="${escapeHtml(link)}"><img src="cid:${pictureId}" alt="${escapeHtml(t.picture(board.name))}" width="100%" style="display:block;max-width:100%;height:auto;border:1px solid #dfe3e8;border-radius:8px"></a>`
      : '',
    ...notes.map((note) => `<p style="margin:12px 0 0">${escapeHtml(note)}</p>`),
    `<p style="margin:16px 0 4px"><a href="${escapeHtml(link)}" style="display:inline-block;padding:8px 16px;border-radius:6px;background:#1668dc;color:#ffffff;text-decoration:none">${escapeHtml(t.open)}</a></p>`,
    `<p style="margin:0 0 16px;color:#5b6570;font-size:13px">${escapeHtml(t.openHint)}</p>`,
    `<p style="margin:0;color:#5b6570;font-size:12px">${escapeHtml(t.why(maker.name))} <a href="${escapeHtml(leave)}" style="color:#5b6570">${escapeHtml(t.leave)}</a></p>`,
  ])
  return {
    subject: mail.language === 'zh' ? `${board.name}（${days}）` : `${board.name} (${days})`,
    ...{ text, html },
    attachments: attach(board.name, days, picture),
  }
}

function attach(name: string, days: string, { pdf, png }: Picture): MailAttachment[] {
  const file = `${name} ${days}`.replace(/[\\/:*?"<>|]/g, '-')
  return [
    ...(png ? [{ filename: `${file}.png`, content: png, type: 'image/png', cid: pictureId }] : []),
    ...(pdf ? [{ filename: `${file}.pdf`, content: pdf, type: 'application/pdf' }] : []),
  ]
}

const locale = { zh: 'zh-CN', en: 'en-GB' } as const

function sayFigure({ value, before }: Figure, language: 'zh' | 'en'): { said: string; change: string } {
  const t = letterWords[language]
  const number = (one: number) =>
    new Intl.NumberFormat(locale[language], { maximumFractionDigits: 2 }).format(one)
  if (value === null) return { said: '–', change: '' }
  if (before === null) return { said: number(value), change: '' }
  if (before === 0) return { said: number(value), change: t.noBefore }
  const share = (value - before) / Math.abs(before)
  if (share === 0) return { said: number(value), change: t.same }
  const percent = new Intl.NumberFormat(locale[language], {
    ...{ style: 'percent', maximumFractionDigits: 1, signDisplay: 'always' },
  } as const).format(share)
  return { said: number(value), change: t.against(percent, number(before)) }
}

const row = ({ title, said, change }: { title: string; said: string; change: string }) => `
  <tr>
    <td style="padding:8px 12px 8px 0;border-top:1px solid #dfe3e8">${escapeHtml(title)}</td>
    <td style="padding:8px 12px;border-top:1px solid #dfe3e8;text-align:right;font-weight:600;white-space:nowrap">${escapeHtml(said)}</td>
    <td style="padding:8px 0;border-top:1px solid #dfe3e8;color:#5b6570;font-size:13px">${escapeHtml(change)}</td>
  </tr>`

const page = (language: 'zh' | 'en', parts: readonly string[]) => `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"></head>
<body style="margin:0;padding:24px;background:#ffffff;color:#1c2733;font:15px/1.5 system-ui,-apple-system,'Segoe UI','PingFang SC','Microsoft YaHei',sans-serif">
<div style="max-width:760px;margin:0 auto">
${parts.filter((part) => part !== '').join('\n')}
</div>
</body>
</html>
`
