import { defineWords } from '#ui/i18n.ts'

export const sourceWords = defineWords('source', {
  zh: { hand: '手工填写', import: '导入', api_key: 'API 密钥' },
  en: { hand: 'By hand', import: 'import', api_key: 'API key' },
})
