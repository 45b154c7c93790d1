import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type DrawingOrder, openDrawer } from '#platform/chromium/draw-page.ts'
import { createLog } from '#platform/log.ts'
import { findChromium } from '#test/browser.ts'

/** Browsers this process has started, by what the kernel says. */
const browsers = (): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const parent = Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1])
        return parent === process.pid && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--headless')
      } catch (error) {
        // It ended between the two looks.
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
        throw error
      }
    })

const order: DrawingOrder = {
  path: '/board',
  language: 'en',
  ready: 'main[data-settled="true"]',
  foot: 'A & B',
  formats: { pdf: true, png: true },
}

test('a Chromium that is killed in mid-drawing fails that drawing, to be tried again, and no other', async () => {
  let killed = 0
  const drawer = openDrawer({
    log: createLog('silent'),
    chosen: findChromium() ?? '',
    ask: async () => {
      if (killed === 0) {
        // It waits for its page: in mid-drawing, whatever the speed of the machine.
        for (const pid of browsers()) {
          process.kill(pid, 'SIGKILL')
          killed++
        }
        return new Promise(() => undefined)
      }
      return {
        ...{ statusCode: 200, headers: { 'content-type': 'text/html' } },
        rawPayload: Buffer.from('<main data-settled="true">Stands</main>'),
      } as never
    },
  })
  const signal = new AbortController().signal
  await expect(drawer.draw(order, signal)).rejects.toMatchObject({ code: 'drawing.failed', kind: 'busy' })
  expect(killed).toBe(1)
  const drawn = await drawer.draw(order, signal)
  expect(drawn.pdf?.subarray(0, 5).toString()).toBe('%PDF-')
  expect(drawn.png?.subarray(1, 4).toString()).toBe('PNG')
  expect(browsers()).toEqual([])
}, 120_000)
