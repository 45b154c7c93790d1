import { personalPatterns } from '#modules/profiles/index.ts'
import { storedColumn } from '#modules/rules/index.ts'
import type { Reading } from '#modules/sql/server/language/scope.ts'
import type { ViewSetting } from '#modules/sql/server/views/view-setting.ts'

const stars = "'***'"

/**
 * A text as the reader may see it. Stars take the place of every text with a phone or a mail in it before anything of the
 * query sees it, so that no condition, order or function can tell what was there.
 */
export function shownText({ mask, bindings }: ViewSetting, sql: string): string {
  if (mask.full) return sql
  return `if(${looksPersonal(bindings, sql)}, ${stars}, ${sql})`
}

function looksPersonal(bindings: ViewSetting['bindings'], sql: string): string {
  const [mail, ...phones] = personalPatterns
  const text = `ifNull(toString(${sql}), '')`
  return `(match(${text}, '@') AND match(${text}, ${bindings.bind('String', mail)}) OR match(${text}, '[0-9]{4}|[+][0-9]') AND match(${text}, ${bindings.bind('String', phones.join('|'))}))`
}

/** A property or attribute: as text whatever it is, or its numbers, its truth, its list. */
export function shownPath(
  setting: ViewSetting,
  column: 'props' | 'attrs',
  path: string,
  reading: Reading,
): string {
  const value = storedColumn(column, path)
  const textOfNumber = (of: string) => shownText(setting, `toString(${of})`)
  const list = `multiIf(notEmpty(${value.texts}), arrayMap(x -> ifNull(x, ''), ${value.texts}), notEmpty(${value.numbers}), arrayMap(x -> ifNull(toString(x), ''), ${value.numbers}),
    notEmpty(${value.bools}), arrayMap(x -> if(ifNull(x, false), 'true', 'false'), ${value.bools}), isNotNull(${value.text}), [ifNull(${value.text}, '')], isNotNull(${value.number}), [ifNull(toString(${value.number}), '')],
    CAST([], 'Array(String)'))`
  const shownList = setting.mask.full ? list : `arrayMap(y -> ${shownText(setting, 'y')}, ${list})`
  if (reading === 'list') return shownList
  if (reading === 'bool') return value.bool
  if (reading === 'num') {
    const number = `ifNull(${value.number}, toFloat64OrNull(${value.text}))`
    return setting.mask.full ? number : `if(${looksPersonal(setting.bindings, number)}, NULL, ${number})`
  }
  return `multiIf(isNotNull(${value.text}), ${shownText(setting, value.text)}, isNotNull(${value.number}), ${textOfNumber(value.number)},
    isNotNull(${value.bool}), if(${value.bool}, 'true', 'false'), notEmpty(${shownList}), arrayStringConcat(${shownList}, ', '), NULL)`
}
