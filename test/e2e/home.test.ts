import { afterAll, beforeAll, expect, test } from 'vitest'
import { openProgram, type Program, password } from './open-program.ts'

let program: Program
beforeAll(async () => {
  program = await openProgram()
})
afterAll(() => program?.close(), 60_000)

const patience = { timeout: 30_000 }

test('an empty workspace: a sample, the page turns green, somebody by pinyin, a first segment', async () => {
  const { page, faults } = await program.visit()
  await page.goto('/')
  await page.getByLabel('Name of the workspace').fill('River School')
  await page.getByLabel('Your name').fill('Ann')
  await page.getByLabel('Mail address').fill('ann@example.com')
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Create the workspace' }).click()
  await page.getByRole('heading', { name: 'Waiting for the first event…' }).waitFor()
  const ways = page.getByRole('list', { name: 'Three ways to begin' })
  const saved = page.waitForEvent('download')
  await ways.getByRole('button', { name: 'Download a sample file' }).click()
  expect((await saved).suggestedFilename()).toBe('headwater-sample.csv')
  await ways.getByRole('button', { name: 'Put in the sample' }).click()
  await page.getByRole('heading', { name: 'The first event is here!' }).waitFor()
  await page.getByRole('region', { name: 'Sources' }).waitFor()

  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('combobox', { name: 'Search or command' }).waitFor()
  // Who was sent a moment ago may not be found by the first letters typed.
  await expect
    .poll(async () => {
      await page.getByRole('combobox', { name: 'Search or command' }).fill('')
      await page.getByRole('combobox', { name: 'Search or command' }).fill('@wq')
      await page.waitForTimeout(300)
      return page.getByRole('option', { name: /王强/ }).count()
    }, patience)
    .toBe(1)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '王强' }).waitFor()

  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('combobox', { name: 'Search or command' }).fill('>new seg')
  await page.getByRole('option', { name: 'New segment', selected: true }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('textbox', { name: 'Name of the segment' }).waitFor()
  expect(faults).toEqual([])
}, 120_000)

test('the bell says who was given to me, and leads to them', async () => {
  const { page, faults } = await program.enter('ann@example.com')
  const job = { id: 'job_x', kind: 'imports:run', title: 'people.csv', state: 'failed', code: 'file.bad' }
  const member = await program.app.database.system(async (tx) => {
    const { rows } = await tx.client.query('select workspace_id, id from access.member')
    return rows[0] as { workspace_id: number; id: string }
  })
  await program.app.database.system((tx) =>
    tx.emit('job.ended', { ...job, member: member.id, seconds: 1, payload: {} }, member.workspace_id),
  )
  await page.goto('/people')
  await page.getByRole('button', { name: 'Notifications, 1 unread' }).click(patience)
  await page.getByRole('button', { name: /Import failed: people.csv/ }).click()
  await page.getByRole('button', { name: 'Notifications, 0 unread' }).waitFor(patience)
  expect(faults).toEqual([])
}, 60_000)

test('every shortcut of the overlay has its keys', async () => {
  const { page } = await program.enter('ann@example.com')
  await page.goto('/people')
  await page.getByRole('heading', { name: 'People', level: 1 }).waitFor()
  await page.keyboard.press('?')
  const overlay = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await overlay.getByText('Search or command').waitFor()
  const rows = await overlay
    .locator('dl > div')
    .evaluateAll((all) =>
      all.map((row) => [row.querySelector('dt')?.textContent, row.querySelectorAll('kbd').length] as const),
    )
  expect(rows.length).toBeGreaterThan(5)
  expect(rows.filter(([, keys]) => keys === 0)).toEqual([])
}, 60_000)
