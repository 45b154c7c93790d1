import type { ReactNode } from 'react'
import type { ChannelKind } from '#slots/channel-kind.ts'
import { useWords } from '#ui/i18n.ts'
import { contentWords } from '../content-words.ts'

type Props = { channel: ChannelKind; rendered: Record<string, unknown> }

/** How a message looks on a phone. */
export function PhoneFrame({ channel, rendered }: Props) {
  const t = useWords(contentWords)
  const text = (key: string) => String(rendered[key] ?? '')
  if (channel === 'webhook') return <pre className="content-plain">{pretty(text('body'))}</pre>
  const image = /^https?:|^\//.test(text('image')) ? <img src={text('image')} alt="" /> : null
  const notification = <Notification title={text('title')} text={text('body')} image={image} />
  const shown: Partial<Record<ChannelKind, ReactNode>> = {
    sms: <p className="content-bubble">{text('text')}</p>,
    push: notification,
    web_push: notification,
    wechat: <Wechat rendered={rendered} image={image} />,
    onsite: (
      <div className={`content-onsite content-onsite-${text('position')}`}>
        {image}
        <strong>{text('title')}</strong>
        <p>{text('text')}</p>
        {text('button') && (
          <span className="content-onsite-button" style={{ background: text('colour') || '#0B6BCB' }}>
            {text('button')}
          </span>
        )}
      </div>
    ),
  }
  return (
    <figure className="content-phone" aria-label={t('view_preview')}>
      <div className="content-phone-bar">
        <span>9:41</span>
        <span>{t(`channel_${channel}`)}</span>
      </div>
      <div className="content-phone-screen">{shown[channel]}</div>
    </figure>
  )
}

function Notification({ title, text, image }: { title: string; text: string; image: ReactNode }) {
  const t = useWords(contentWords)
  return (
    <div className="content-notification">
      <span className="hw-fine">{t('now')}</span>
      <strong>{title}</strong>
      <p>{text}</p>
      {image}
    </div>
  )
}

function Wechat({ rendered, image }: { rendered: Record<string, unknown>; image: ReactNode }) {
  const data = Object.entries((rendered.data ?? {}) as Record<string, unknown>)
  if (rendered.kind !== 'template' && rendered.text)
    return <p className="content-bubble content-bubble-green">{String(rendered.text)}</p>
  return (
    <div className="content-notification">
      {rendered.title ? <strong>{String(rendered.title)}</strong> : null}
      {rendered.description ? <p>{String(rendered.description)}</p> : null}
      {image}
      {data.map(([key, value]) => (
        <p key={key}>
          <span className="hw-muted">{key}</span> {String(value)}
        </p>
      ))}
    </div>
  )
}

function pretty(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2)
  } catch {
    // Shown as it is; the note above says what is wrong with it.
    return json
  }
}
