import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestWorkspace } from '#test/start-test-app.ts'
import { choose, openProgram, type Program, pick } from './open-program.ts'

let program: Program
let ws: TestWorkspace
beforeAll(async () => {
  program = await openProgram()
  ws = await program.app.workspace('River School')
  await ws.send(...people.flatMap(itemsOf))
  await ws.settled()
})
afterAll(() => program?.close(), 60_000)

type Person = { id: string; name: string; city: string; age: number; orders: number }
// Seven people: four in Beijing, five of at least 30, three who ordered; all three hold for Ann alone.
const people: Person[] = [
  { id: 'u1', name: 'Ann', city: 'Beijing', age: 35, orders: 1 },
  { id: 'u2', name: 'Bob', city: 'Beijing', age: 20, orders: 1 },
  { id: 'u3', name: 'Cai', city: 'Shanghai', age: 40, orders: 2 },
  { id: 'u4', name: 'Dan', city: 'Beijing', age: 50, orders: 0 },
  { id: 'u5', name: 'Eve', city: 'Beijing', age: 10, orders: 0 },
  { id: 'u6', name: 'Fay', city: 'Shanghai', age: 60, orders: 0 },
  { id: 'u7', name: 'Gus', city: 'Shanghai', age: 61, orders: 0 },
]

const order = (id: string) => ({
  type: 'track',
  event: 'Order Completed',
  userId: id,
  properties: { revenue: 99 },
})

const itemsOf = ({ id, name, city, age, orders }: Person) => [
  { type: 'identify', userId: id, traits: { name, city, age } },
  ...Array.from({ length: orders }, () => order(id)),
]

const patience = { timeout: 30_000 }

test('three conditions with their counts, a test person, saving, and a size that grows with a new event', async () => {
  const { page, faults } = await program.enter('owner1@example.com')
  await page.goto('/segments')
  await page.getByRole('heading', { name: 'No segments yet' }).waitFor()
  await page.keyboard.press('n')
  const name = page.getByRole('textbox', { name: 'Name of the segment' })
  await name.waitFor()
  await page.keyboard.type('Grown-up buyers of Beijing')
  expect(await name.inputValue()).toBe('Grown-up buyers of Beijing')
  await expect.poll(() => total(page), patience).toBe(7)

  await add(page, /^Attribute/)
  const first = line(page, 1)
  await first.getByText('Not counted until it is complete').waitFor()
  await pick(first.getByRole('combobox', { name: 'Attribute' }), 'city', /city/i)
  await first.getByRole('combobox', { name: 'Value' }).fill('Beijing')
  await expect.poll(() => count(page, 1), patience).toBe(4)
  await expect.poll(() => total(page), patience).toBe(4)

  await add(page, /^Behaviour/)
  await pick(line(page, 2).getByRole('combobox', { name: 'Event' }), 'Order', /Order completed|完成订单/)
  await expect.poll(() => count(page, 2), patience).toBe(3)
  await expect.poll(() => total(page), patience).toBe(2)

  await add(page, /^Attribute/)
  await pick(line(page, 3).getByRole('combobox', { name: 'Attribute' }), 'age', /age/i)
  await line(page, 3).getByRole('spinbutton', { name: 'Value' }).fill('30')
  await expect.poll(() => counts(page), patience).toEqual([4, 3, 5])
  await expect.poll(() => total(page), patience).toBe(1)
  await page.getByRole('link', { name: 'Ann', exact: true }).waitFor()

  // The same lines, joined by "any".
  await choose(page.getByRole('combobox', { name: 'How this group holds' }), 'Any of these')
  await expect.poll(() => total(page), patience).toBe(7)
  await choose(page.getByRole('combobox', { name: 'How this group holds' }), 'All of these')
  await expect.poll(() => total(page), patience).toBe(1)

  await pick(page.getByRole('combobox', { name: 'Test a person' }), 'Bob', /Bob/)
  await page.getByRole('link', { name: 'Bob is not in the segment' }).waitFor()
  expect(await verdicts(page)).toEqual(['holds', 'holds', 'does not hold'])
  await pick(page.getByRole('combobox', { name: 'Test a person' }), 'Ann', /Ann/)
  await page.getByRole('link', { name: 'Ann is in the segment' }).waitFor()
  expect(await verdicts(page)).toEqual(['holds', 'holds', 'holds'])

  await page.keyboard.press('ControlOrMeta+s')
  await page.waitForURL(/\/segments\/seg_/)
  await page.getByRole('link', { name: 'All segments' }).click()
  const row = page.getByRole('row', { name: /Grown-up buyers of Beijing/ })
  await expect.poll(() => sizeIn(row), patience).toBe(1)
  await ws.send(order('u4'))
  await expect.poll(() => sizeIn(row), patience).toBe(2)
  expect(faults).toEqual([])
}, 120_000)

test('leaving an unsaved rule asks first; the address alone opens it again', async () => {
  const { page } = await program.enter('owner1@example.com', { language: 'zh' })
  await page.goto('/segments/new')
  await page.getByRole('textbox', { name: '分群名称' }).fill('还没保存')
  await page.getByRole('button', { name: '添加条件' }).click()
  await page.getByRole('menuitem', { name: /^行为 / }).click()
  const event = page.getByRole('combobox', { name: '事件', exact: true })
  await pick(event, 'Order', /Order completed|完成订单/)
  await page.waitForURL(/rule=.*Order/)
  const copied = page.url()
  await page.getByRole('link', { name: '全部分群' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '继续编辑' }).click()
  expect(page.url()).toBe(copied)

  const { page: other } = await program.enter('owner1@example.com', { language: 'zh' })
  await other.goto(copied)
  await other.getByRole('group', { name: '条件 1' }).getByText('完成订单').first().waitFor()
}, 60_000)

async function add(page: Page, kind: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Add condition' }).click()
  await page.getByRole('menuitem', { name: kind }).first().click()
}

const line = (page: Page, number: number) =>
  page.getByRole('group', { name: `Condition ${number}`, exact: true })

const toNumber = (text: string | null) => (/^\d+$/.test(text ?? '') ? Number(text) : Number.NaN)

const count = async (page: Page, number: number) =>
  toNumber(await line(page, number).locator('.rule-count').textContent())

const counts = (page: Page) => Promise.all([1, 2, 3].map((number) => count(page, number)))

const total = async (page: Page) =>
  toNumber(
    await page
      .getByRole('region', { name: 'People who match' })
      .locator('[aria-live][aria-busy=false]')
      .textContent(),
  )

const verdicts = (page: Page) =>
  Promise.all(
    [1, 2, 3].map((number) =>
      line(page, number).getByRole('img', { name: /hold/ }).getAttribute('aria-label'),
    ),
  )

const sizeIn = async (row: ReturnType<Page['getByRole']>) =>
  toNumber(await row.getByRole('cell').nth(1).textContent())
