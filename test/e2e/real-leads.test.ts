import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openProgram, type Program, pick } from './open-program.ts'

// 9,240 real leads of an online-education company, which are no part of the project.
const file = fileURLToPath(new URL('../../../shared/data/x-education-leads.csv', import.meta.url))

let program: Program
beforeAll(async () => {
  program = await openProgram()
})
afterAll(() => program?.close(), 60_000)

const words = {
  zh: {
    ...{ check: '试运行', start: '开始导入', people: '查看这些客户', add: '添加条件' },
    ...{ attribute: '属性', value: '值', condition: '条件 1', name: '分群名称' },
    ...{ export: '导出', begin: '开始导出', exported: '已开始导出', ready: /CSV.*可下载/, download: /^下载/ },
    ...{ total: '符合的客户', repaired: /338 行整行被加了引号/ },
  },
  en: {
    ...{ check: 'Dry run', start: 'Start import', people: 'See these people', add: 'Add condition' },
    ...{ attribute: 'Attribute', value: 'Value', condition: 'Condition 1', name: 'Name of the segment' },
    ...{ export: 'Export', begin: 'Export', exported: 'The export has begun', ready: /CSV.*Ready/ },
    ...{ download: /^Download/, total: 'People who match', repaired: /338 lines had been quoted/ },
  },
} as const

test.skipIf(!existsSync(file)).each(['zh', 'en'] as const)(
  'real leads are imported, segmented by a column and exported: %s',
  { timeout: 240_000 },
  async (language) => {
    const t = words[language]
    const rows = readLeads()
    const google = rows.filter((row) => row['Lead Source'] === 'Google').length
    await program.app.workspace('River School')
    const owner = `owner${language === 'zh' ? 1 : 2}@example.com`
    const { page, faults } = await program.enter(owner, { language })

    await page.goto('/imports/new')
    await page.locator('input[type=file]').setInputFiles(file)
    await page.locator('.import-columns').getByText('Prospect ID', { exact: true }).waitFor()
    await page.getByRole('button', { name: t.check, exact: true }).click()
    const start = page.getByRole('button', { name: t.start, exact: true })
    await start.click({ timeout: 60_000 })
    await page.getByRole('link', { name: t.people }).waitFor({ timeout: 120_000 })
    const counts = await page.locator('.import-counts dd').allTextContents()
    expect(counts.map(toNumber)).toEqual([rows.length, 0, 0, 0])
    // Rows quoted as one whole line are mended, and it is said how many they were.
    await page.getByText(t.repaired).first().waitFor()

    await page.goto('/segments/new')
    await page.getByRole('textbox', { name: t.name }).fill('Google')
    await page.getByRole('button', { name: t.add }).click()
    await page
      .getByRole('menuitem', { name: new RegExp(`^${t.attribute}`) })
      .first()
      .click()
    const line = page.getByRole('group', { name: t.condition, exact: true })
    await pick(line.getByRole('combobox', { name: t.attribute }), 'Lead Source', /Lead Source/)
    await line.getByRole('combobox', { name: t.value }).fill('Google')
    await expect.poll(() => total(page, t.total), { timeout: 30_000 }).toBe(google)
    await page.keyboard.press('ControlOrMeta+s')
    await page.waitForURL(/\/segments\/seg_/)

    await exportAll(page, t)
    await page.goto('/exports')
    const row = page.getByRole('row', { name: t.ready }).first()
    await row.waitFor({ timeout: 60_000 })
    const exported = await download(page, row.getByRole('link', { name: t.download }))
    expect(exported.trimEnd().split('\r\n')).toHaveLength(google + 1)
    expect(exported).toContain('Lead Source')
    expect(faults).toEqual([])
  },
)

async function exportAll(page: Page, t: (typeof words)[keyof typeof words]): Promise<void> {
  await page.getByRole('button', { name: t.export, exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: t.begin, exact: true }).click()
  await page.getByText(t.exported, { exact: false }).waitFor()
}

async function download(page: Page, link: Locator): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent('download'), link.click()])
  return readFileSync(await file.path(), 'utf8')
}

const total = async (page: Page, name: string) => {
  const shown = page.getByRole('region', { name }).locator('[aria-live][aria-busy=false]')
  return toNumber((await shown.textContent()) ?? '')
}
const toNumber = (text: string) => Number(text.replaceAll(/[,\s]/g, ''))

/** The file read in the simplest way: no field of it holds a line break. */
function readLeads(): Record<string, string>[] {
  const [head = '', ...lines] = readFileSync(file, 'utf8').trimEnd().split(/\r?\n/)
  const names = head.split(',')
  return lines.map((line) => {
    let values = fieldsOf(line)
    if (values.length === 1) values = fieldsOf(values[0] as string)
    return Object.fromEntries(names.map((name, at) => [name, values[at] ?? '']))
  })
}

function fieldsOf(line: string): string[] {
  const fields = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)]
  return fields.map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '')
}
