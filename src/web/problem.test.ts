import { expect, test } from 'vitest'
import { currentLanguage, findWord, setLanguage, type Words } from '#ui/i18n.ts'
import { Problem, problemText } from '#ui/problem.ts'
import { problemWords } from '#ui/problem-words.ts'
import '#web/permission-words.ts'

const denied = (permission: string) => new Problem(403, 'access.denied', 'This needs …', { permission })
const say = (key: string, values?: Record<string, unknown>) =>
  findWord(problemWords as Words, key, values) ?? key

test('a missing permission is named in words, in the reader’s language', () => {
  expect(currentLanguage()).toBe('zh')
  expect(problemText(denied('segment:write'), say)).toContain('“创建与编辑分群”')
  expect(problemText(denied('nobody:knows'), say)).toContain('nobody:knows')
  Object.assign(globalThis, { document: { documentElement: {} } })
  setLanguage('en')
  expect(problemText(denied('segment:write'), say)).toContain('“Build segments”')
  expect(problemText(new Problem(403, 'access.denied', 'x'), say)).toBe(
    'This needs another identity or permission.',
  )
})
