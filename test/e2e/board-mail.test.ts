import { inflateSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Board } from '#modules/dashboards/contract/board.ts'
import type { BoardMail } from '#modules/dashboards/contract/mails.ts'
import { openSmtpBox, type ReceivedMail, type SmtpBox } from '#platform/mail/testing/smtp-box.ts'
import { findChromium } from '#test/browser.ts'
import type { TestWorkspace } from '#test/start-test-app.ts'
import { openProgram, type Program } from './open-program.ts'

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
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  const picture = readPng(png)
  expect(picture.width).toBe(1440)
  expect(picture.height).toBeGreaterThan(600)
  // Tiles, numbers and curves, and neither an empty sheet nor a dark one.
  expect(picture.white).toBeGreaterThan(0.5)
  expect(picture.white).toBeLessThan(0.99)
  // The parser has put the picture of the letter where its `cid:` stood.
  expect(String(got.html).includes('data:image/png;base64,')).toBe(true)
}, 180_000)

/** Width, height and share of white of a PNG of eight bits a channel, read by the book (https://www.w3.org/TR/png/). */
function readPng(bytes: Buffer) {
  expect(bytes.subarray(1, 4).toString()).toBe('PNG')
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
  const channels = bytes[25] === 6 ? 4 : 3
  const data: Buffer[] = []
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at))
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)))
  const lines = inflateSync(Buffer.concat(data))
  const row = width * channels
  let above = Buffer.alloc(row)
  let white = 0
  for (let y = 0; y < height; y++) {
    const start = y * (row + 1)
    const line = Buffer.from(lines.subarray(start + 1, start + 1 + row))
    for (let x = 0; x < row; x++) {
      const left = x < channels ? 0 : (line[x - channels] as number)
      const up = above[x] as number
      const corner = x < channels ? 0 : (above[x - channels] as number)
      line[x] = (line[x] as number) + predicted(lines[start] as number, left, up, corner)
    }
    for (let x = 0; x < row; x += channels)
      if (line[x] === 255 && line[x + 1] === 255 && line[x + 2] === 255) white++
    above = line
  }
  return { width, height, white: white / (width * height) }
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return Math.floor((left + up) / 2)
  if (filter !== 4) return 0
  const guess = left + up - corner
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}
