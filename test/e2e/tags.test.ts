import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestWorkspace } from '#test/start-test-app.ts'
import { choose, openProgram, type Program, pick } from './open-program.ts'

let program: Program
let ws: TestWorkspace
beforeAll(async () => {
  program = await openProgram()
  ws = await program.app.workspace('River School')
  const people = ['Ann Li', 'Bob Wu', 'Cai Xu']
  await ws.send(
    ...people.map((name, at) => ({ type: 'identify', userId: `u${at}`, traits: { name, city: 'Beijing' } })),
  )
  await ws.settled()
  const { body } = await ws.call<{ items: { id: string }[] }>('GET', '/api/profiles?identifier=user_id:u0')
  await ws.call('POST', `/api/profiles/${body.items[0]!.id}/tags`, { add: ['Keen'], why: 'asked for a call' })
  await ws.call('POST', '/api/segments', { name: 'Beijing', rule: { tag: 'Keen' } })
})
afterAll(() => program?.close(), 60_000)

const patience = { timeout: 20_000 }
const countOf = async (name: string) =>
  (await ws.call<{ items: { name: string; people: number }[] }>('GET', '/api/tags')).body.items.find(
    (tag) => tag.name === name,
  )?.people

test('a tag is made, opened by keyboard, renamed with the segment that asks for it, and archived', async () => {
  const { page, faults } = await program.enter('owner1@example.com')
  await page.goto('/tags')
  await page.getByRole('button', { name: 'New tag' }).click()
  const form = page.getByRole('dialog', { name: 'New tag' })
  await form.getByRole('textbox', { name: 'Name' }).fill('For a week')
  await choose(form.getByRole('combobox', { name: 'Holds' }), 'For some days on each person')
  await form.getByRole('spinbutton', { name: 'Days' }).fill('7')
  await form.getByRole('button', { name: 'Create' }).click()
  await page.getByText('Tag “For a week” created').waitFor()

  await page.getByRole('button', { name: 'Keen', exact: true }).focus()
  await page.keyboard.press('Enter')
  const drawer = page.getByRole('dialog', { name: 'Keen' })
  await drawer.getByRole('link', { name: 'Beijing' }).waitFor()
  await drawer.getByText('asked for a call').waitFor()
  await drawer.getByRole('link', { name: 'Ann Li' }).waitFor()
  await drawer.getByRole('button', { name: 'Edit' }).click()
  const edit = page.getByRole('dialog', { name: 'Edit' })
  await edit.getByRole('textbox', { name: 'Name' }).fill('Very keen')
  await edit.getByRole('button', { name: 'Save' }).click()
  const renamed = page.getByRole('dialog', { name: 'Very keen' })
  await renamed.getByRole('link', { name: 'Beijing' }).waitFor()
  await renamed.getByRole('button', { name: 'Archive' }).click()
  await renamed.getByRole('button', { name: 'Bring back' }).waitFor()
  await renamed.getByRole('button', { name: 'Close' }).click()
  const list = page.getByRole('list', { name: 'Tags' })
  await expect
    .poll(() => list.getByRole('button', { name: 'Very keen', exact: true }).count(), patience)
    .toBe(0)
  await page.getByRole('checkbox', { name: 'Show archived (1)' }).check()
  await list.getByRole('button', { name: 'Very keen', exact: true }).waitFor()
  expect(faults).toEqual([])
})

test('people of a segment are tagged in the background, and that is undone', async () => {
  const { page, faults } = await program.enter('owner1@example.com')
  await ws.call('POST', '/api/segments', {
    name: 'Everybody here',
    rule: { attr: 'city', op: 'eq', value: 'Beijing' },
  })
  await page.goto('/tags')
  await page.getByRole('button', { name: 'Tag many people' }).click()
  const form = page.getByRole('dialog', { name: 'Tag many people' })
  await pick(form.getByRole('combobox', { name: 'People of the segment' }), 'every', /Everybody here/)
  const add = form.getByRole('combobox', { name: 'Add tags' })
  await add.fill('Local')
  await add.press('Enter')
  await form.getByRole('textbox', { name: 'Reason (optional)' }).fill('spring campaign')
  await form.getByRole('button', { name: 'Start' }).click()
  await expect.poll(() => countOf('Local'), patience).toBe(3)
  const work = page.getByRole('listitem').filter({ hasText: 'spring campaign' })
  await work.getByText('Done', { exact: true }).waitFor()
  await work.getByText('3 given, 0 taken off').waitFor()
  await work.getByRole('button', { name: /^Undo/ }).click()
  await work.getByText('Undone', { exact: true }).waitFor()
  expect(await countOf('Local')).toBe(0)
  expect(faults).toEqual([])
})

test('the overlap of chosen tags, on a phone', async () => {
  const { page, faults } = await program.enter('owner1@example.com')
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/tags')
  await page.getByRole('button', { name: 'Overlap' }).click()
  const drawer = page.getByRole('dialog', { name: 'Overlap' })
  await pick(drawer.getByRole('combobox', { name: 'Choose tags' }), 'Very', /Very keen/)
  await pick(drawer.getByRole('combobox', { name: 'Choose tags' }), 'For', /For a week/)
  await drawer.getByRole('rowheader', { name: 'Very keen' }).waitFor()
  await expect.poll(() => drawer.getByRole('cell').count(), patience).toBe(5)
  const wide = await page.evaluate('document.documentElement.scrollWidth')
  expect(wide).toBe(390)
  expect(faults).toEqual([])
})
