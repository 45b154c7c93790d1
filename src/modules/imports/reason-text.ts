export type Details = Record<string, string | number>
type Sentence = { en: string; zh: string }

/** Why a row was not imported as it stands; `{{name}}` is filled from the details. Both stand in the error file. */
export const reasons: Record<string, Sentence> = {
  too_many_cells: {
    en: 'The row has {{cells}} cells, the header {{columns}}.',
    zh: '该行有 {{cells}} 个单元格，表头只有 {{columns}} 列。',
  },
  cell_too_long: {
    en: 'A cell is longer than {{limit}} characters.',
    zh: '有单元格超过 {{limit}} 个字符。',
  },
  nul_character: { en: 'A cell contains a NUL character.', zh: '有单元格含有空字符（NUL）。' },
  bad_json: { en: 'The line is not a JSON object.', zh: '该行不是 JSON 对象。' },
  empty_key: { en: 'The key column is empty.', zh: '标识列为空。' },
  bad_key: {
    en: '“{{value}}” cannot be used as {{kind}}.',
    zh: '“{{value}}”不能用作 {{kind}}。',
  },
  bad_time: { en: '“{{value}}” is no date or time.', zh: '“{{value}}”不是日期或时间。' },
  empty_time: { en: 'The time is empty.', zh: '时间为空。' },
  empty_event: { en: 'The event name is empty.', zh: '事件名为空。' },
  empty_order_id: { en: 'The order id is empty.', zh: '订单号为空。' },
  order_apart: {
    en: 'Rows of order {{order}} do not stand together; sort the file by order.',
    zh: '订单 {{order}} 的各行没有排在一起，请按订单号排序后再导入。',
  },
  not_a_number: {
    en: '“{{value}}” in {{column}} is no number.',
    zh: '“{{column}}”中的“{{value}}”不是数字。',
  },
  not_a_boolean: {
    en: '“{{value}}” in {{column}} is neither true nor false.',
    zh: '“{{column}}”中的“{{value}}”不是 true 或 false。',
  },
  not_a_date: {
    en: '“{{value}}” in {{column}} is no date.',
    zh: '“{{column}}”中的“{{value}}”不是日期。',
  },
  row_too_large: {
    en: 'The row holds more than {{limit}} characters.',
    zh: '该行内容超过 {{limit}} 个字符。',
  },
  repeated_row: { en: 'The same row stood earlier in the file.', zh: '文件前面已有相同的行。' },
  nothing_to_change: { en: 'All of it is known already.', zh: '内容与现有资料一致，无需更新。' },
  company_known: { en: 'There is such a company already.', zh: '该企业已存在。' },
  company_unknown: { en: 'There is no such company.', zh: '没有这家企业。' },
  company_ambiguous: {
    en: 'Several companies are called “{{value}}”; use the external id.',
    zh: '有多家企业都是“{{value}}”，请改用外部 ID。',
  },
  already_known: { en: 'This person is known already.', zh: '该客户已存在。' },
  not_known: { en: 'Nobody has this key.', zh: '没有客户使用该标识。' },
  identifier_left_out: {
    en: '“{{value}}” is no {{kind}} and was left out.',
    zh: '“{{value}}”不是有效的 {{kind}}，已略去。',
  },
  blank_header: {
    en: 'Column {{column}} has no name in the header.',
    zh: '第 {{column}} 列没有列名。',
  },
  repeated_header: {
    en: 'The column name {{name}} is there twice; the later one is called {{as}}.',
    zh: '列名“{{name}}”重复，后一列改称“{{as}}”。',
  },
  repaired_at_first: {
    en: 'Of the first {{rows}} rows {{count}} were quoted as a whole; such lines are taken apart.',
    zh: '前 {{rows}} 行中有 {{count}} 行被整行加了引号，这样的行会自动拆开。',
  },
  repaired_lines: {
    en: '{{count}} lines were quoted as a whole and have been taken apart.',
    zh: '有 {{count}} 行被整行加了引号，已自动拆开。',
  },
}

/** The sentence of a reason in a language; the code itself when it has none. */
export function reasonText(code: string, details: Details, language: keyof Sentence): string {
  const sentence = Object.hasOwn(reasons, code) ? reasons[code]?.[language] : undefined
  return sentence?.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(details[name] ?? '')) ?? code
}
