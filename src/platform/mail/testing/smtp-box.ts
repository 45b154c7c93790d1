import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

export type ReceivedMail = ParsedMail & {
  envelope: { from: string; to: string[] }
  raw: Buffer
  user: string
}
export type SmtpBox = {
  port: number
  /** For HEADWATER_SMTP_URL. */
  url: string
  mails: ReceivedMail[]
  /** Says no in place of taking the next messages: SMTP codes for the end of DATA, used up one by one. */
  refuseNext(...codes: number[]): void
  /** Codes by receiver, said to RCPT TO. */
  refuseReceivers: Map<string, number>
  close(): Promise<void>
}

/** A mail server on loopback that keeps what it gets, read by a parser of its own. */
export async function openSmtpBox(options: SMTPServerOptions & { password?: string } = {}): Promise<SmtpBox> {
  const { password, ...more } = options
  const mails: ReceivedMail[] = []
  const codes: number[] = []
  const refuseReceivers = new Map<string, number>()
  const no = (code: number) => Object.assign(new Error(`code ${code}`), { responseCode: code })
  const server = new SMTPServer({
    ...{ authOptional: password === undefined, disabledCommands: ['STARTTLS'], allowInsecureAuth: true },
    logger: false,
    onAuth: (auth, _session, done) =>
      auth.password === password ? done(null, { user: String(auth.username) }) : done(no(535)),
    onRcptTo: ({ address }, _session, done) => {
      const code = refuseReceivers.get(address)
      done(code === undefined ? null : no(code))
    },
    onData: (stream, session, done) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const code = codes.shift()
        if (code !== undefined) return done(no(code))
        const raw = Buffer.concat(parts)
        const { mailFrom, rcptTo } = session.envelope
        const envelope = {
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
        }
        simpleParser(raw).then(
          (mail) => {
            mails.push(Object.assign(mail, { envelope, raw, user: String(session.user ?? '') }))
            done()
          },
          (error: unknown) => done(error as Error),
        )
      })
    },
    ...more,
  })
  server.on('error', () => undefined)
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const { port } = listening.address() as AddressInfo
  return {
    ...{ port, mails, refuseReceivers },
    url: `smtp://127.0.0.1:${port}`,
    refuseNext: (...next) => codes.push(...next),
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}
