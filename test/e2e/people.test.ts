import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openProgram, type Program, pick } from './open-program.ts'

let program: Program
beforeAll(async () => {
  program = await openProgram()
  const ws = await program.app.workspace('River School')
  await ws.send(
    { type: 'identify', userId: 'u1', traits: { name: 'Ann Li', city: 'Beijing' } },
    {
      type: 'track',
      event: 'Order Completed',
      userId: 'u1',
      properties: { revenue: 1299, course: '雅思冲刺班' },
    },
    { type: 'identify', userId: 'u2', traits: { name: 'Bob Wu', city: 'Shanghai' } },
    { type: 'track', event: 'Lesson Watched', userId: 'u2', properties: { minutes: 45 } },
    { type: 'identify', userId: 'u3', traits: { name: 'Cai Xu', city: 'Beijing' } },
  )
  await ws.settled()
})
afterAll(() => program?.close(), 60_000)

const patience = { timeout: 20_000 }
const names = async (page: Page) =>
  (
    await page
      .getByRole('row')
      .filter({ hasText: /Ann|Bob|Cai/ })
      .allTextContents()
  ).map((text) => /Ann Li|Bob Wu|Cai Xu/.exec(text)?.[0])

test('search, filter by a rule, open somebody, see what they did', async () => {
  const { page, faults } = await program.enter('owner1@example.com')
  await page.goto('/people')
  await page.getByText('3 people', { exact: true }).waitFor()
  const search = page.getByRole('searchbox', { name: 'Search name, phone, mail or id' })
  await search.fill('bob')
  await expect.poll(() => names(page), patience).toEqual(['Bob Wu'])
  await search.fill('')
  await expect.poll(async () => (await names(page)).length, patience).toBe(3)

  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  const drawer = page.getByRole('dialog', { name: 'Filter by rule' })
  await drawer.getByRole('button', { name: 'Add condition' }).click()
  await page.getByRole('menuitem', { name: /^Attribute/ }).click()
  await pick(drawer.getByRole('combobox', { name: 'Attribute' }), 'city', /city/i)
  await drawer.getByRole('combobox', { name: 'Value' }).fill('Beijing')
  await drawer.getByText('2 of 3 people match').waitFor()
  await drawer.getByRole('button', { name: 'Done' }).click()
  await expect.poll(async () => (await names(page)).toSorted(), patience).toEqual(['Ann Li', 'Cai Xu'])
  await page.reload() // the filter stands in the address
  await expect.poll(async () => (await names(page)).toSorted(), patience).toEqual(['Ann Li', 'Cai Xu'])

  await page.getByRole('row', { name: /Ann Li/ }).click()
  await page.waitForURL(/\/people\/per_/)
  await page.getByRole('heading', { name: 'Ann Li' }).waitFor()
  const timeline = page.getByRole('region', { name: 'Timeline', exact: true })
  await timeline.getByText('Order Completed').last().click()
  await timeline.getByText('雅思冲刺班').first().waitFor()
  expect(faults).toEqual([])
}, 90_000)

test('merge two people after a preview; separating them restores both', async () => {
  const { page, faults } = await program.enter('owner1@example.com')
  await page.goto('/people?q=Ann')
  await page.getByRole('row', { name: /Ann Li/ }).click()
  await page.getByRole('button', { name: 'Merge…' }).click()
  const drawer = page.getByRole('dialog', { name: 'Merge with another person' })
  await pick(drawer.getByRole('combobox', { name: 'Find the person to merge' }), 'Bob', /Bob Wu/)
  await drawer.getByText('Both have a login.', { exact: false }).waitFor()
  await drawer.getByRole('row', { name: /Beijing.*Shanghai|Shanghai.*Beijing/ }).waitFor()
  await drawer.getByRole('button', { name: 'Merge into one person' }).click()
  const timeline = page.getByRole('region', { name: 'Timeline', exact: true })
  await timeline.getByText('Lesson Watched').last().waitFor()
  await timeline.getByText('Order Completed').last().waitFor()
  await page.getByText('2 identifiers').waitFor()

  await page.getByRole('button', { name: 'See why, or separate' }).click()
  const identity = page.getByRole('dialog', { name: /^Identity/ })
  await identity
    .getByRole('listitem')
    .filter({ hasText: 'u2' })
    .getByRole('button', { name: 'Separate' })
    .first()
    .click()
  const question = page.getByRole('dialog', { name: 'Separate “u2” from this person?' })
  await question.getByRole('button', { name: 'Separate' }).click()
  await question.waitFor({ state: 'hidden' })
  await page.goto('/people')
  await page.getByText('3 people', { exact: true }).waitFor()
  await page.getByRole('row', { name: /Bob Wu/ }).click()
  await page.getByRole('heading', { name: 'Bob Wu' }).waitFor()
  await timeline.getByText('Lesson Watched').last().waitFor()
  expect(await timeline.getByText('Order Completed').count()).toBe(0)
  expect(faults).toEqual([])
}, 90_000)

test('the keyboard alone: shortcuts, the palette, somebody found by name', async () => {
  const { page, faults } = await program.enter('owner1@example.com')
  await page.goto('/')
  await page.getByRole('heading', { name: 'Home', exact: true }).waitFor()
  await page.keyboard.press('?')
  const overlay = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await overlay.getByText('Search or command').waitFor()
  await page.keyboard.press('Escape')
  await overlay.waitFor({ state: 'hidden' })
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await page.getByRole('heading', { name: 'Segments', exact: true }).waitFor()

  await page.keyboard.press('ControlOrMeta+k')
  const palette = page.getByRole('combobox', { name: 'Search or command' })
  await palette.waitFor()
  await page.keyboard.type('Cai')
  await page.getByRole('option', { name: /Cai Xu/, selected: true }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Cai Xu' }).waitFor()
  await page.keyboard.press('ControlOrMeta+k')
  await palette.waitFor()
  await page.keyboard.press('Escape')
  await palette.waitFor({ state: 'hidden' })
  expect(faults).toEqual([])
}, 60_000)
