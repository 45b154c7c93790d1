import { mkdirSync, writeFileSync } from 'node:fs'
import { inflateSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Board } from '#modules/dashboards/contract/board.ts'
import type { BoardMail } from '#modules/dashboards/contract/mails.ts'
import { openSmtpBox, type ReceivedMail, type SmtpBox } from '#platform/mail/testing/smtp-box.ts'
import { findChromium } from '#test/browser.ts'
import type { TestWorkspace } from '#test/start-test-app.ts'
import { openProgram, type Program } from './open-program.ts'

const email = 'owner1@example.com'
let box: SmtpBox
let program: Program
let ws: TestWorkspace
beforeAll(async () => {
  box = await openSmtpBox()
  program = await openProgram({
    HEADWATER_SMTP_URL: box.url,
    HEADWATER_MAIL_FROM: 'Headwater <crm@river.example>',
    HEADWATER_CHROMIUM: findChromium() ?? '',
  })
  ws = await program.app.workspace('River School')
  await ws.send(
    ...['a', 'b', 'c'].flatMap((userId) => [
      { type: 'identify', userId, traits: { phone: '+8613812345678', city: 'Oslo' } },
      { type: 'track', event: 'Page Viewed', userId },
      {
        ...{ type: 'track', event: 'Order Completed', userId },
        properties: { order_id: userId, revenue: 100, channel: userId === 'a' ? 'shop' : 'live' },
      },
    ]),
  )
  await ws.settled()
})
afterAll(async () => {
  await program?.close()
  await box?.close()
}, 60_000)

const mailed = (subject: string): Promise<ReceivedMail> =>
  vi.waitFor(
    () => {
      const found = box.mails.find((one) => one.subject?.startsWith(subject))
      if (!found) throw new Error('not there yet')
      return found
    },
    { timeout: 90_000, interval: 100 },
  )
const attached = (mail: ReceivedMail, type: string) =>
  mail.attachments.find(({ contentType }) => contentType === type)?.content ?? Buffer.alloc(0)

test('a board is mailed as it looks: every tile drawn, in a picture and on paper', async () => {
  const board = (await ws.call<Board>('POST', '/api/dashboards/templates/management', {})).body
  const { body: mail } = await ws.call<BoardMail>('POST', `/api/dashboards/${board.id}/mails`, {
    ...{ addresses: ['li@example.com'], every: 'day', time: '08:00', language: 'zh' },
  })
  expect((await ws.call('POST', `/api/board-mails/${mail.id}/send`)).status).toBe(202)
  const got = await mailed(board.name)
  const [pdf, png] = [attached(got, 'application/pdf'), attached(got, 'image/png')]
  const out = process.env.MAIL_OUT
  if (out) {
    mkdirSync(out, { recursive: true })
    writeFileSync(`${out}/board.pdf`, pdf)
    writeFileSync(`${out}/board.png`, png)
    writeFileSync(`${out}/mail.html`, got.html || '')
    writeFileSync(`${out}/mail.eml`, got.raw)
  }
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  const picture = readPng(png)
  expect(picture.width).toBe(1440)
  expect(picture.height).toBeGreaterThan(600)
  expect(got.html).toContain('cid:board')
}, 180_000)

/** Width, height and share of white of a PNG of eight bits a channel, read by the book (RFC 2083). */
function readPng(bytes: Buffer) {
  expect(bytes.subarray(1, 4).toString()).toBe('PNG')
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), inflate: inflateSync }
}
