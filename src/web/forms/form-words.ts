import { defineWords } from '#ui/i18n.ts'

export const formWords = defineWords('form', {
  zh: { fieldInvalid: '这一项不符合要求' },
  en: { fieldInvalid: 'This is not valid' },
})
