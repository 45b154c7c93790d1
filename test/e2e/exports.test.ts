import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openProgram, type Program, pick } from './open-program.ts'

let program: Program
beforeAll(async () => {
  program = await openProgram()
  const ws = await program.app.workspace('River School')
  await ws.send(
    { type: 'identify', userId: 'u1', traits: { name: 'Ann Li', city: 'Beijing' } },
    { type: 'identify', userId: 'u2', traits: { name: 'Bob Wu', city: 'Shanghai' } },
  )
  await ws.settled()
})
afterAll(() => program?.close(), 60_000)

test('export the people of a list with chosen columns, and fetch the file', async () => {
  const { page, faults } = await program.enter('owner1@example.com')
  await page.goto('/people')
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Export people' })
  await dialog.getByRole('radio', { name: 'Some' }).click()
  await pick(dialog.getByRole('combobox', { name: 'Choose the columns' }), 'city', /city/i)
  await dialog
    .getByRole('heading', { name: 'Export people' })
    .or(dialog.getByText('Export people'))
    .first()
    .click()
  await dialog.getByRole('button', { name: 'Export', exact: true }).click()
  await page.getByText('The export has begun', { exact: false }).waitFor()
  await page.goto('/exports')
  const row = page.getByRole('row', { name: /Everybody.*CSV.*Ready/ })
  await row.waitFor()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    row.getByRole('link', { name: 'Download: Everybody' }).click(),
  ])
  const lines = readFileSync(await download.path(), 'utf8')
    .trimEnd()
    .split('\r\n')
  expect(lines[0]).toBe('\uFEFFid,name,user_id,email,phone,tags,city')
  expect(lines).toHaveLength(3)
  expect(faults).toEqual([])
}, 90_000)

test('erase a person: a word must be typed, then they are gone from the list', async () => {
  const { page, faults } = await program.enter('owner1@example.com')
  await page.goto('/people')
  await page.getByRole('row', { name: /Bob Wu/ }).click()
  await page.getByRole('heading', { name: 'Bob Wu' }).waitFor()
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Erase for good…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Erase “Bob Wu” for good?' })
  const confirm = dialog.getByRole('button', { name: 'erase', exact: true })
  expect(await confirm.isDisabled()).toBe(true)
  await dialog.getByRole('textbox').fill('erase')
  await confirm.click()
  await page.waitForURL(/\/people$/)
  await expect
    .poll(
      async () => {
        await page.reload()
        await page.getByRole('row', { name: /Ann Li/ }).waitFor()
        return page.getByRole('row', { name: /Bob Wu/ }).count()
      },
      { timeout: 30_000 },
    )
    .toBe(0)
  expect(faults).toEqual([])
}, 90_000)
