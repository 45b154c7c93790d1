/** How the operator's mail server is spoken to. */
export type SmtpServer = {
  host: string
  port: number
  /** TLS from the first byte (smtps://). */
  secure: boolean
  /** STARTTLS: must be offered, is taken when offered, or is never asked for. */
  startTls: 'required' | 'offered' | 'off'
  auth?: { user: string; pass: string }
}

const ways = ['required', 'offered', 'off'] as const
const isLoopback = (host: string) => host === 'localhost' || host === '[::1]' || host.startsWith('127.')

/**
 * Reads HEADWATER_SMTP_URL: `smtp://user:password@host:587` or `smtps://…:465`; undefined when it is not usable. With a
 * password STARTTLS is required, because whoever strips the offer from the wire would read it; `?tls=offered` or
 * `?tls=off` says otherwise, for servers of one's own network.
 */
export function readSmtpUrl(text: string): SmtpServer | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  const secure = url.protocol === 'smtps:'
  if ((!secure && url.protocol !== 'smtp:') || url.hostname === '') return undefined
  const login = readLogin(url)
  if (login === 'unreadable') return undefined
  const asked = url.searchParams.get('tls') ?? (login && !isLoopback(url.hostname) ? 'required' : 'offered')
  const startTls = ways.find((one) => one === asked)
  if (!startTls) return undefined
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    ...{ secure, startTls },
    ...(login ? { auth: login } : {}),
  }
}

function readLogin({ username, password }: URL): SmtpServer['auth'] | 'unreadable' {
  if (username === '') return undefined
  try {
    return { user: decodeURIComponent(username), pass: decodeURIComponent(password) }
  } catch (error) {
    // A percent sign that was not written as %25.
    if (error instanceof URIError) return 'unreadable'
    throw error
  }
}
