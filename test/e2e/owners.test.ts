import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Joined, joinMember } from '#modules/profiles/server/testing/join-member.ts'
import { openProgram, type Program, pick } from './open-program.ts'

let program: Program
let rep: Joined
beforeAll(async () => {
  program = await openProgram()
  const ws = await program.app.workspace('River School')
  const people = ['Ann Li', 'Bob Wu', 'Cai Xu']
  await ws.send(...people.map((name) => ({ type: 'identify', userId: name, traits: { name } })))
  await ws.settled()
  rep = await joinMember(program.app, ws, 'rita@example.com', { scope: 'self' })
  await joinMember(program.app, ws, 'sam@example.com', { scope: 'self' })
})
afterAll(() => program?.close(), 60_000)

const patience = { timeout: 20_000 }
const listed = async (page: Page) => {
  const rows = await page
    .getByRole('row')
    .filter({ hasText: /Ann|Bob|Cai/ })
    .allTextContents()
  return rows.map((text) => /Ann Li|Bob Wu|Cai Xu/.exec(text)?.[0]).toSorted()
}

async function give(page: Page, name: RegExp) {
  const dialog = page.getByRole('dialog')
  await pick(dialog.getByRole('combobox', { name: 'Owner', exact: true }), '', name)
  await dialog.getByRole('button', { name: 'Assign owner' }).click()
}

test('people ticked in the list get an owner, which can be taken back; who gives one away loses sight', async () => {
  const { page, faults } = await program.enter('owner1@example.com')
  await page.goto('/people')
  for (const name of ['Ann Li', 'Bob Wu'])
    await page.getByRole('checkbox', { name: `Select “${name}”` }).check()
  const bar = page.getByRole('region', { name: 'Select' })
  await bar.getByText('2 selected').waitFor()
  await bar.getByRole('button', { name: 'Assign owner' }).click()
  await give(page, /^rita/)
  await expect.poll(() => page.getByRole('row').filter({ hasText: 'rita' }).count(), patience).toBe(2)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => page.getByRole('row').filter({ hasText: 'rita' }).count(), patience).toBe(0)

  await page.getByRole('row', { name: /Ann Li/ }).click()
  const owner = page.getByRole('region', { name: 'Owner', exact: true })
  await owner.getByText('Nobody yet').waitFor()
  await owner.getByRole('button', { name: 'Assign owner' }).click()
  await give(page, /^rita/)
  await owner.getByText('rita').waitFor()
  await page.goto(`/people?owner=${rep.id}`)
  await expect.poll(() => listed(page), patience).toEqual(['Ann Li'])
  await page.goto('/people?owner=none')
  await expect.poll(() => listed(page), patience).toEqual(['Bob Wu', 'Cai Xu'])

  const rita = await program.enter('rita@example.com')
  await rita.page.goto('/people?owner=me')
  await expect.poll(() => listed(rita.page), patience).toEqual(['Ann Li'])
  await rita.page.getByRole('row', { name: /Ann Li/ }).click()
  await rita.page
    .getByRole('region', { name: 'Owner', exact: true })
    .getByRole('button', { name: 'Change' })
    .click()
  await rita.page.getByText('they leave your lists at once', { exact: false }).waitFor()
  await give(rita.page, /^sam/)
  await rita.page.getByText('No people are yours yet').waitFor()
  expect([...faults, ...rita.faults]).toEqual([])
}, 90_000)
