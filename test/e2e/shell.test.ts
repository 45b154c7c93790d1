import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestWorkspace } from '#test/start-test-app.ts'
import { choose, openProgram, type Program } from './open-program.ts'

let program: Program
let ws: TestWorkspace
beforeAll(async () => {
  program = await openProgram()
  ws = await program.app.workspace('River School')
  const order = { type: 'track', event: 'Order Completed' }
  await ws.send(
    { ...order, userId: 'u1', properties: { revenue: 99, coupon: 'D11' } },
    { ...order, userId: 'u2', properties: { revenue: 5 } },
    { ...order, userId: 'u3', properties: { revenue: 7, coupon: 'D12' } },
  )
  await ws.settled()
})
afterAll(() => program?.close(), 60_000)

const patience = { timeout: 30_000 }

test('an owner makes another workspace, enters it, and finds nothing of the first one there', async () => {
  const { page, faults } = await program.enter('owner1@example.com')
  await page.goto('/people')
  await page.getByText('3 people').waitFor()
  await page.getByRole('button', { name: 'Workspace: River School' }).click()
  await page.getByRole('menuitem', { name: 'New workspace…' }).click()
  const dialog = page.getByRole('dialog', { name: 'New workspace' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Lake School')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Workspace: Lake School' }).waitFor()
  await page.goto('/people')
  await page.getByRole('heading', { name: 'Nobody here yet' }).waitFor()
  // Nobody saw a secret here, so there must be none.
  await page.goto('/settings/api-keys')
  await page.getByRole('heading', { name: 'API keys', level: 1 }).waitFor()
  expect(await page.getByText('First key').count()).toBe(0)

  await page.getByRole('button', { name: 'Workspace: Lake School' }).click()
  await page.getByRole('menuitem', { name: 'River School' }).click()
  await page.getByRole('button', { name: 'Workspace: River School' }).waitFor()
  await page.goto('/people')
  await page.getByText('3 people').waitFor()
  expect(faults).toEqual([])
}, 120_000)

test('the job tray names what one started and how it ended', async () => {
  const { page, faults } = await program.enter('owner1@example.com')
  await page.goto('/segments/new')
  await page.getByRole('textbox', { name: 'Name of the segment' }).fill('Everybody')
  await page.getByRole('button', { name: 'Save segment' }).click()
  await page.waitForURL(/\/segments\/seg_/)
  await page.getByRole('button', { name: /^Background jobs/ }).click()
  const job = page.getByRole('tooltip').getByRole('listitem').filter({ hasText: 'Everybody' })
  await job.getByText('Done').waitFor()
  await expect.poll(() => job.textContent(), patience).toMatch(/Count a segment.*mine/)
  expect(faults).toEqual([])
}, 60_000)

test('restrictions of an event are grouped and edited in place', async () => {
  const some = [
    { prop: 'revenue', op: 'gte', value: 50 },
    { prop: 'coupon', op: 'eq', value: 'D12' },
  ]
  const rule = { all: [{ event: 'Order Completed', where: [{ any: some }] }] }
  const made = await ws.call<{ id: string }>('POST', '/api/segments', { name: 'Grouped', rule })
  const { page, faults } = await program.enter('owner1@example.com')
  await page.goto(`/segments/${made.body.id}`)
  const line = page.getByRole('group', { name: 'Condition 1', exact: true })
  const count = () => line.locator('.rule-count').textContent()
  await expect.poll(count, patience).toBe('2')
  const how = line.getByRole('combobox', { name: 'How many of these restrictions must hold' })
  await choose(how, 'None of these')
  await expect.poll(count, patience).toBe('1')
  await choose(how, 'All of these')
  await expect.poll(count, patience).toBe('0')
  await line.getByRole('button', { name: 'Remove this restriction' }).last().click()
  await expect.poll(count, patience).toBe('1')
  await line.getByRole('button', { name: 'Remove these restrictions' }).click()
  await expect.poll(count, patience).toBe('3')
  expect(faults).toEqual([])
}, 60_000)

test('a tab that outlived an update loads the new version by itself', async () => {
  const { page } = await program.enter('owner1@example.com')
  await page.goto('/')
  await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor()
  let refused = 0
  await page.route('**/assets/WriteKeysPage-*.js', (route) =>
    refused++ === 0 ? route.fulfill({ status: 404, body: '' }) : route.continue(),
  )
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('link', { name: 'Sources' }).click()
  await page.getByRole('heading', { name: 'Sources and write keys' }).waitFor()
  expect(refused).toBe(2)
}, 60_000)
