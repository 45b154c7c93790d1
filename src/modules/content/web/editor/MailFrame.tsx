import { useWords } from '#ui/i18n.ts'
import { contentWords } from '../content-words.ts'

type Props = { rendered: Record<string, unknown>; isPhone: boolean; isDark: boolean; isPlain: boolean }

/** A mail in a frame that runs nothing and loads nothing but pictures. */
export function MailFrame({ rendered, isPhone, isDark, isPlain }: Props) {
  const t = useWords(contentWords)
  return (
    <div className={isPhone ? 'content-frame content-frame-phone' : 'content-frame'}>
      <div className="content-frame-head">
        <strong>{String(rendered.subject ?? '')}</strong>
      </div>
      {isPlain ? (
        <pre className="content-plain">{String(rendered.text ?? '')}</pre>
      ) : (
        <iframe title={t('emailPreview')} sandbox="" srcDoc={framed(String(rendered.html ?? ''), isDark)} />
      )}
    </div>
  )
}

const guard = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src * data:; style-src 'unsafe-inline'">`
/** Most mail programs turn light mails round in their dark mode; this is about what they do. */
const dark =
  '<style>html{filter:invert(1) hue-rotate(180deg);background:#fff}img{filter:invert(1) hue-rotate(180deg)}</style>'

function framed(html: string, isDark: boolean): string {
  const top = guard + (isDark ? dark : '')
  return /<head[^>]*>/i.test(html) ? html.replace(/<head[^>]*>/i, (head) => head + top) : top + html
}
