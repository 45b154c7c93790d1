import { expect, test } from 'vitest'
import { reasons } from '#modules/imports/reason-text.ts'
import { csvCell } from '#modules/imports/server/error-file.ts'

test('cells that a spreadsheet would run are kept from it, numbers and phones are left alone', () => {
  expect(['=1+1', '@x', '-cmd', '+86 138-0013', '-5.5', 'a,"b"', 'x\ny'].map(csvCell)).toEqual([
    ...["'=1+1", "'@x", "'-cmd", '+86 138-0013', '-5.5', '"a,""b"""', '"x\ny"'],
  ])
})

test('every reason has both languages and mentions the same facts in both', () => {
  const facts = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort()
  for (const { en, zh } of Object.values(reasons)) expect(facts(zh)).toEqual(facts(en))
})
