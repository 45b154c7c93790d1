import { afterAll, beforeAll, expect, test } from 'vitest'
import { openProgram, type Program, password } from './open-program.ts'

// A new instance: one story in the order in which it happens.
let program: Program
beforeAll(async () => {
  program = await openProgram()
})
afterAll(() => program?.close(), 60_000)

const patience = { timeout: 20_000 }
const owner = 'ann@example.com'

test('first visit: set-up, the write key, a first event and a rejected one in Live events', async () => {
  const { page, faults } = await program.visit()
  await page.goto('/')
  await page.getByRole('heading', { name: 'Welcome to Headwater' }).waitFor()
  await page.getByLabel('Name of the workspace').fill('River School')
  await page.getByLabel('Your name').fill('Ann')
  await page.getByLabel('Mail address').fill(owner)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Create the workspace' }).click()

  await page.getByRole('heading', { name: 'Waiting for the first event…' }).waitFor()
  const code = (await page.getByRole('region', { name: 'Code' }).textContent()) ?? ''
  const writeKey = /(?:writeKey: |data-write-key=)['"]([^'"]+)['"]/.exec(code)?.[1]
  expect(writeKey, code).toBeTruthy()
  const reply = await fetch(`${program.url}/v1/batch`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      batch: [
        { type: 'track', event: 'Course Viewed', userId: 'u1', properties: { course: '雅思冲刺班' } },
        { type: 'track', userId: 'u1', properties: { forgot: 'the name' } },
      ],
    }),
  })
  expect(reply.status).toBe(200)

  await page.getByRole('heading', { name: 'The first event is here!' }).waitFor()
  await page.getByRole('link', { name: 'See live events' }).click()
  await page.getByRole('row', { name: /Course Viewed/ }).click()
  const drawer = page.getByRole('dialog', { name: 'Event' })
  await drawer.getByText('"雅思冲刺班"').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('radiogroup', { name: 'Outcome' }).getByText('Rejected').click()
  const rejected = page.getByRole('row', { name: /Rejected/ })
  await expect.poll(() => rejected.count(), patience).toBe(1)
  expect(await rejected.textContent()).toContain('A track call needs an event name')
  await rejected.click()
  await drawer.getByText('"the name"').waitFor()
  await drawer.getByRole('alert').waitFor()
  expect(faults).toEqual([])
}, 90_000)

test('log out, a wrong password, log in again; language and theme stay with the account', async () => {
  const { page, faults } = await program.visit()
  await page.goto('/people')
  await page.getByRole('heading', { name: 'Log in to Headwater' }).waitFor()
  await page.getByLabel('Mail address').fill(owner)
  await page.getByLabel('Password', { exact: true }).fill('not her password')
  await page.keyboard.press('Enter')
  await page.getByRole('alert').getByText('Mail address or password').waitFor()
  expect(await page.getByLabel('Mail address').inputValue()).toBe(owner)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Log in' }).click()
  // Where the reader wanted to go.
  await page.getByRole('heading', { name: 'People', exact: true }).waitFor()

  const account = page.getByRole('button', { name: /^(My account|我的账号)/ })
  await account.click()
  await page.getByRole('menuitem', { name: 'Language' }).hover()
  await page.getByRole('menuitem', { name: '中文' }).click()
  await page.getByRole('heading', { name: '客户', exact: true }).waitFor()
  await account.click()
  await page.getByRole('menuitem', { name: '外观' }).hover()
  const saved = page.waitForResponse((reply) => reply.request().method() === 'PATCH' && reply.ok())
  await page.getByRole('menuitem', { name: '深色' }).click()
  await saved
  await page.reload()
  await page.getByRole('heading', { name: '客户', exact: true }).waitFor()
  expect(await look(page)).toEqual({ lang: 'zh-CN', theme: 'dark' })

  await account.click()
  await page.getByRole('menuitem', { name: '退出登录' }).click()
  await page.getByRole('heading', { name: '登录 Headwater' }).waitFor()
  await page.goto('/segments')
  await page.getByRole('heading', { name: '登录 Headwater' }).waitFor()

  const elsewhere = await program.visit({ language: 'en' })
  await elsewhere.page.goto('/login')
  await elsewhere.page.getByLabel('Mail address').fill(owner)
  await elsewhere.page.getByLabel('Password', { exact: true }).fill(password)
  await elsewhere.page.getByRole('button', { name: 'Log in' }).click()
  await elsewhere.page.getByRole('heading', { name: '首页' }).waitFor()
  expect(await look(elsewhere.page)).toEqual({ lang: 'zh-CN', theme: 'dark' })
  expect([...faults, ...elsewhere.faults]).toEqual([])
}, 90_000)

const look = (page: { evaluate(code: string): Promise<unknown> }) =>
  page.evaluate('({ lang: document.documentElement.lang, theme: document.documentElement.dataset.theme })')

test('invite somebody as a viewer; they join in a browser of their own and cannot build a segment', async () => {
  const { page } = await program.enter(owner)
  await page.goto('/settings/members')
  await page.getByRole('button', { name: 'Invite' }).click()
  const dialog = page.getByRole('dialog', { name: 'Invite' })
  await expect.poll(() => page.evaluate('document.activeElement.type'), patience).toBe('email')
  await page.keyboard.type('bo@example.com')
  await dialog.getByLabel('Role').click()
  await page.getByTitle('Viewer', { exact: true }).click()
  await dialog.getByRole('button', { name: 'Make an invitation link' }).click()
  const link = (await page.getByRole('region', { name: 'Invitation link' }).textContent()) ?? ''
  expect(link).toContain(`${program.url}/invite/`)

  const { page: other, faults } = await program.visit()
  await other.goto(link)
  await other.getByRole('heading', { name: 'Join “River School”' }).waitFor()
  await other.getByLabel('Your name').fill('Bo')
  await other.getByLabel('Password', { exact: true }).fill('another long password')
  await other.getByRole('button', { name: 'Join the workspace' }).click()
  await other.getByRole('heading', { name: 'Home', exact: true }).waitFor()
  await other.getByRole('link', { name: 'Segments', exact: true }).click()
  await other.getByRole('heading', { name: 'No segments yet' }).waitFor()
  expect(await other.getByRole('button', { name: 'New segment' }).count()).toBe(0)
  await other.goto('/segments/new')
  const save = other.getByRole('button', { name: 'Save segment' })
  await save.waitFor()
  expect(await save.isDisabled()).toBe(true)
  await save.hover({ force: true })
  await other.getByRole('tooltip', { name: 'Needs the permission “Build segments”' }).waitFor()
  // What the page hides, the server refuses.
  const data = { name: 'Mine', rule: { all: [] } }
  const refused = await other.request.post('/api/segments', { data, headers: { origin: program.url } })
  expect(refused.status()).toBe(403)
  expect(faults).toEqual([])

  // A link works once.
  await other.goto(link)
  await other.getByRole('heading', { name: 'This invitation does not work any more' }).waitFor()
  await page.reload()
  await page.getByRole('row', { name: /bo@example\.com.*Viewer/ }).waitFor()
}, 90_000)
