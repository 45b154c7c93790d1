import { afterAll, beforeAll, expect, test } from 'vitest'
import { openProgram, type Program } from './open-program.ts'

let program: Program
beforeAll(async () => {
  program = await openProgram()
  await program.app.workspace('River School')
})
afterAll(() => program?.close(), 60_000)

const file = Buffer.from(
  'Prospect ID,姓名,City,Visits\np1,王芳,北京,3\np2,李雷,Select,4\n"p3,韩梅,""Bei, jing"",5"\n,无名,上海,1\n',
)

const words = {
  zh: {
    check: '试运行',
    start: '开始导入',
    undo: '撤销导入',
    undone: /移除了 3 位/,
    people: '查看这些客户',
    failed: '标识列为空。',
  },
  en: {
    ...{
      check: 'Dry run',
      start: 'Start import',
      undo: 'Take back',
      undone: /3 people known/,
      people: 'See these people',
    },
    failed: 'The key column is empty.',
  },
} as const

test.each(['zh', 'en'] as const)(
  'a file is dropped, checked, imported and taken back: %s',
  async (language) => {
    const t = words[language]
    const { page, faults } = await program.enter('owner1@example.com', { language })
    await page.goto('/imports/new')
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'leads.csv', mimeType: 'text/csv', buffer: file })
    const columns = page.locator('.import-columns')
    await columns.getByText('北京').waitFor()
    expect(await columns.locator('tbody tr').count()).toBe(4)
    await page.getByRole('button', { name: t.check, exact: true }).click()
    await page.getByText(t.failed).waitFor()
    const counts = async () => page.locator('.import-counts dd').allTextContents()
    expect(await counts()).toEqual(['3', '0', '0', '1'])
    await page.getByRole('button', { name: t.start, exact: true }).click()
    await page.getByRole('link', { name: t.people }).waitFor()
    expect(await counts()).toEqual(['3', '0', '0', '1'])
    await page.getByRole('button', { name: t.undo, exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').fill('leads.csv')
    await dialog.getByRole('button', { name: t.undo, exact: true }).click()
    await page.getByText(t.undone).waitFor()
    expect(faults).toEqual([])
  },
)
