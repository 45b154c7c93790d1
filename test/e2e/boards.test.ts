import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Board } from '#modules/dashboards/contract/board.ts'
import type { TestWorkspace } from '#test/start-test-app.ts'
import { openProgram, type Program } from './open-program.ts'

const email = 'owner1@example.com'
let program: Program
let ws: TestWorkspace
beforeAll(async () => {
  program = await openProgram()
  ws = await program.app.workspace('River School')
  await ws.send(
    ...['a', 'b', 'c'].map((userId) => ({
      ...{ type: 'track', event: 'Order Completed', userId },
      properties: { order_id: userId, revenue: 100 },
    })),
  )
  await ws.settled()
})
afterAll(() => program?.close(), 60_000)

const read = async (id: string) => (await ws.call<Board>('GET', `/api/dashboards/${id}`)).body
/** Waits for what was saved behind the reader's back. */
async function until(id: string, holds: (board: Board) => boolean): Promise<Board> {
  for (const end = Date.now() + 20_000; ; ) {
    const board = await read(id)
    if (holds(board) || Date.now() > end) return board
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

test('a board is made from a template, arranged by keyboard alone, taken back, and drilled into', async () => {
  const { page, faults } = await program.enter(email)
  await page.goto('/dashboards?dialog=templates')
  await page
    .getByRole('listitem')
    .filter({ hasText: 'Management' })
    .getByRole('button', { name: 'Make the board' })
    .click()
  await page.getByRole('heading', { level: 1, name: 'Management' }).waitFor()
  const id = new URL(page.url()).pathname.split('/').at(-1) as string
  const revenue = page.getByRole('article', { name: 'Revenue', exact: true })
  await revenue.getByRole('button', { name: 'Revenue: 300' }).waitFor()
  const tileOf = (board: Board, name: string) => {
    const analysis = board.analyses.find((one) => one.name === name)
    return board.tiles.find((tile) => tile.kind !== 'text' && tile.analysis === analysis?.id)
  }
  expect(tileOf(await read(id), 'Revenue')).toMatchObject({ x: 0, y: 0, w: 3, h: 4 })

  const handle = page.getByRole('button', { name: 'Move or resize “Revenue”' })
  await handle.focus()
  await page.keyboard.press('Shift+ArrowDown')
  await page.getByText('“Revenue”: column 1, row 1, 3 wide, 5 high').waitFor()
  await page.keyboard.press('ArrowDown')
  await page.getByText(/^“Revenue”: column 1, row [2-9], 3 wide, 5 high$/).waitFor()
  const moved = await until(id, (board) => (tileOf(board, 'Revenue')?.y ?? 0) > 0)
  expect(tileOf(moved, 'Revenue')?.y).toBeGreaterThan(0)
  await page.keyboard.press('Escape')
  const back = await until(id, (board) => tileOf(board, 'Revenue')?.y === 0)
  expect(tileOf(back, 'Revenue')).toMatchObject({ x: 0, y: 0, w: 3, h: 4 })

  await revenue.getByRole('button', { name: 'Revenue: 300' }).click()
  await page.getByRole('dialog').getByText('3 people').waitFor()
  await page.keyboard.press('Escape')
  await revenue.getByRole('link', { name: 'Revenue' }).click()
  await page.getByRole('heading', { level: 1, name: 'Revenue' }).waitFor()
  expect(new URL(page.url()).pathname).toBe('/analytics')
  expect(faults).toEqual([])
}, 120_000)

test('a link shows the board to somebody without a login, and nothing after it was ended', async () => {
  const board = (await ws.call<Board>('POST', '/api/dashboards/templates/sales', {})).body
  const link = (
    await ws.call<{ id: string; path: string }>('POST', `/api/dashboards/${board.id}/links`, {
      password: 'Jade river 7',
    })
  ).body
  const { page, faults } = await program.visit()
  await page.goto(link.path)
  await page.getByLabel('Password').fill('Jade river 7')
  await page.getByRole('button', { name: 'Show the board' }).click()
  await page.getByRole('heading', { level: 1, name: board.name }).waitFor()
  await page.getByRole('article', { name: 'Orders', exact: true }).getByText('3', { exact: true }).waitFor()
  expect(await page.getByRole('article').getByRole('button', { disabled: false }).count()).toBe(0)
  await ws.call('DELETE', `/api/board-links/${link.id}`)
  await page.goto(link.path)
  await page.getByRole('heading', { name: 'This link opens nothing' }).waitFor()
  expect(faults).toEqual([])
}, 120_000)
