import { createServer, type Server } from 'node:net'
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { describeConfig, readConfig } from '#platform/config.ts'
import { isMailAddress, readMailbox } from '#platform/mail/mail-address.ts'
import { type Mail, openMailer } from '#platform/mail/open-mailer.ts'
import { readSmtpUrl } from '#platform/mail/smtp-server.ts'
import { openSmtpBox, type SmtpBox } from '#platform/mail/testing/smtp-box.ts'

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})
async function box(options: Parameters<typeof openSmtpBox>[0] = {}): Promise<SmtpBox> {
  const made = await openSmtpBox(options)
  open.push(made)
  return made
}
const mailerOf = (url: string, from = 'Headwater <crm@river.example>') =>
  openMailer({ HEADWATER_SMTP_URL: url, HEADWATER_MAIL_FROM: from })
const mail: Mail = { to: ['li@example.com'], subject: 'Hello', text: 'Hello.' }

test('a message arrives as it was written: words of two languages, a picture within, a file, one id', async () => {
  const server = await box()
  const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, at) => (at * 7919) % 256))
  const sent = await mailerOf(server.url).sendMail({
    to: ['li@example.com', 'wang@example.org'],
    subject: '经营看板：10月1日–10月31日（每周）, 收入与复购以及一个很长的主题，超过一行的长度也要完整到达',
    text: '你好，\n收入 1,299 元。\n.\n点在行首',
    html: '<p>你好 <img src="cid:board" alt="看板"></p>',
    attachments: [
      { filename: '看板 10月.pdf', content: bytes, type: 'application/pdf' },
      { filename: 'board.png', content: Buffer.from('png'), type: 'image/png', cid: 'board' },
    ],
    messageKey: 'bml_1.2026-10-31T01:00Z',
    unsubscribe: 'https://crm.river.example/stop?a=1',
  })
  expect(sent).toEqual({ messageId: '<bml_1.2026-10-31T01-00Z@river.example>', refused: [] })
  const [got] = server.mails
  expect(got).toMatchObject({
    subject: '经营看板：10月1日–10月31日（每周）, 收入与复购以及一个很长的主题，超过一行的长度也要完整到达',
    messageId: '<bml_1.2026-10-31T01-00Z@river.example>',
    envelope: { from: 'crm@river.example', to: ['li@example.com', 'wang@example.org'] },
    from: { value: [{ name: 'Headwater', address: 'crm@river.example' }] },
  })
  expect(got?.text?.trimEnd()).toBe('你好，\n收入 1,299 元。\n.\n点在行首')
  expect(got?.headers.get('auto-submitted')).toBe('auto-generated')
  expect(String(got?.raw)).toContain('List-Unsubscribe: <https://crm.river.example/stop?a=1>')
  expect(String(got?.raw)).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click')
  const ofType = (type: string) => got?.attachments.find(({ contentType }) => contentType === type)
  const [pdf, png] = [ofType('application/pdf'), ofType('image/png')]
  expect(pdf).toMatchObject({ filename: '看板 10月.pdf', contentType: 'application/pdf' })
  expect(pdf?.content.equals(bytes)).toBe(true)
  expect(png).toMatchObject({ contentType: 'image/png', cid: 'board', contentDisposition: 'inline' })
})

test('nothing a member types begins a header or names another receiver', async () => {
  const server = await box()
  const mailer = mailerOf(server.url)
  const evil = 'Numbers\r\nBcc: thief@example.net\r\n\r\n<script>'
  const file = { filename: 'a.pdf"\r\nX-Evil: 1', content: Buffer.from('x'), type: 'application/pdf' }
  await mailer.sendMail({ ...mail, subject: evil, attachments: [file], messageKey: 'a>\r\nX-Evil: 2' })
  const [got] = server.mails
  expect(got?.subject).toBe('Numbers Bcc: thief@example.net <script>')
  expect(got?.headers.has('bcc')).toBe(false)
  expect(got?.headers.has('x-evil')).toBe(false)
  expect(got?.envelope.to).toEqual(['li@example.com'])
  const addresses = [
    'a@b.example, c@d.example',
    'a@b.example\r\nBcc: c@d.example',
    '<a@b.example>',
    '"a b"@c.example',
    'a@b.example c@d.example',
    '',
    '@b.example',
    'a@[127.0.0.1]',
  ]
  for (const to of addresses)
    await expect(mailer.sendMail({ ...mail, to: [to] })).rejects.toMatchObject({ code: 'mail.bad_address' })
  await expect(mailer.sendMail({ ...mail, to: [] })).rejects.toMatchObject({ code: 'mail.bad_address' })
  expect(server.mails).toHaveLength(1)
})

test('whatever an address is, it names one receiver or is refused', async () => {
  const server = await box()
  const mailer = mailerOf(server.url)
  const odd = fc.stringMatching(/^[ab@,;:<>"'() .\r\n%!-]{1,12}$/)
  await fc.assert(
    fc.asyncProperty(odd, fc.string({ maxLength: 20, unit: 'binary' }), async (to, subject) => {
      const address = `${to}@river.example`
      const before = server.mails.length
      if (!isMailAddress(address)) {
        await expect(mailer.sendMail({ ...mail, to: [address] })).rejects.toMatchObject({
          code: 'mail.bad_address',
        })
        return
      }
      await mailer.sendMail({ ...mail, to: [address], subject })
      expect(server.mails.slice(before).map(({ envelope }) => envelope.to)).toEqual([[address]])
    }),
    { numRuns: 60 },
  )
})

test('a login is given, and a wrong one ends it for good', async () => {
  const server = await box({ password: 'p@ss:wörd %' })
  const login = (password: string) =>
    `smtp://crm%40river:${encodeURIComponent(password)}@127.0.0.1:${server.port}`
  await mailerOf(login('p@ss:wörd %')).sendMail(mail)
  expect(server.mails[0]?.user).toBe('crm@river')
  await expect(mailerOf(login('another')).sendMail(mail)).rejects.toMatchObject({
    code: 'mail.login_refused',
    kind: 'invalid',
    details: { smtp: 535 },
  })
})

test('4xx may pass, 5xx is for good; of several receivers those refused are told', async () => {
  const server = await box()
  const mailer = mailerOf(server.url)
  server.refuseNext(451, 554)
  await expect(mailer.sendMail(mail)).rejects.toMatchObject({
    ...{ code: 'mail.put_off', kind: 'busy' },
    details: { smtp: 451 },
  })
  await expect(mailer.sendMail(mail)).rejects.toMatchObject({ code: 'mail.refused', kind: 'invalid' })
  server.refuseReceivers.set('gone@example.com', 550).set('full@example.com', 452)
  await expect(mailer.sendMail({ ...mail, to: ['gone@example.com'] })).rejects.toMatchObject({
    code: 'mail.refused',
    details: { smtp: 550, said: expect.stringContaining('550') },
  })
  const to = ['li@example.com', 'gone@example.com', 'full@example.com']
  const { refused } = await mailer.sendMail({ ...mail, to })
  expect(refused).toMatchObject([
    { address: 'gone@example.com', smtp: 550, isForGood: true },
    { address: 'full@example.com', smtp: 452, isForGood: false },
  ])
  expect(server.mails.map(({ envelope }) => envelope.to)).toEqual([['li@example.com']])
})

test('no STARTTLS where it is required, a certificate nobody vouches for: nothing is sent', async () => {
  const plain = await box()
  const refused = { code: 'mail.not_secure', kind: 'invalid' }
  await expect(mailerOf(`${plain.url}?tls=required`).sendMail(mail)).rejects.toMatchObject(refused)
  // smtp-server brings a certificate of its own making.
  const own = await box({ disabledCommands: [] })
  await expect(mailerOf(own.url).sendMail(mail)).rejects.toMatchObject(refused)
  expect([...plain.mails, ...own.mails]).toEqual([])
  await mailerOf(`${own.url}?tls=off`).sendMail(mail)
  expect(own.mails).toHaveLength(1)
})

test('nobody there, a server that hangs up, one that says nothing until the job is cancelled', async () => {
  const gone = await openSmtpBox()
  await gone.close()
  const away = { code: 'mail.unreachable', kind: 'busy' }
  await expect(mailerOf(gone.url).sendMail(mail)).rejects.toMatchObject(away)
  const rude = await listen(createServer((socket) => socket.destroy()))
  await expect(mailerOf(rude).sendMail(mail)).rejects.toMatchObject(away)
  const cancel = new AbortController()
  const silent = await listen(
    createServer((socket) => {
      socket.on('error', () => undefined)
      cancel.abort(new Error('cancelled'))
    }),
  )
  await expect(mailerOf(silent).sendMail(mail, cancel.signal)).rejects.toThrow('cancelled')
})

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push(server)
  return `smtp://127.0.0.1:${(server.address() as { port: number }).port}`
}

test('settings: what is not usable is said without its password, and it is shown masked', async () => {
  const url = 'smtp://crm:hunter2@mail.river.example'
  expect(readSmtpUrl(url)).toEqual({
    ...{ host: 'mail.river.example', port: 587, secure: false, startTls: 'required' },
    auth: { user: 'crm', pass: 'hunter2' },
  })
  expect(readSmtpUrl('smtps://[::1]')).toMatchObject({ host: '::1', port: 465, secure: true })
  expect(readSmtpUrl('smtp://crm:x@localhost')).toMatchObject({ startTls: 'offered' })
  for (const bad of ['mail.river.example', 'http://mail', 'smtp://a:%@b', 'smtp://b?tls=maybe', 'smtp://'])
    expect(readSmtpUrl(bad)).toBeUndefined()
  expect(readMailbox('"Li, Wen" <li@river.example>')).toEqual({
    name: 'Li, Wen',
    address: 'li@river.example',
  })
  const settings = readConfig({ HEADWATER_SMTP_URL: url, HEADWATER_MAIL_FROM: 'crm@river.example' })
  expect(JSON.stringify(describeConfig(settings))).not.toContain('hunter2')
  const unusable = () =>
    readConfig({ HEADWATER_SMTP_URL: 'smtp//crm:hunter2@mail', HEADWATER_MAIL_FROM: 'x' })
  expect(unusable).toThrow(/HEADWATER_SMTP_URL.*\n.*HEADWATER_MAIL_FROM/)
  expect(unusable).not.toThrow(/hunter2/)
  for (const half of [{ HEADWATER_SMTP_URL: url }, { HEADWATER_MAIL_FROM: 'crm@river.example' }]) {
    const mailer = openMailer(readConfig(half))
    expect(mailer.isConfigured).toBe(false)
    await expect(mailer.sendMail(mail)).rejects.toMatchObject({
      code: 'mail.not_configured',
      kind: 'invalid',
    })
  }
})
