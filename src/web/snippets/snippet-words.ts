import { defineWords } from '#ui/i18n.ts'

export const snippetWords = defineWords('snippet', {
  zh: { choose: '接入方式', install: '安装命令', code: '示例代码' },
  en: { choose: 'Way to send', install: 'Install command', code: 'Example code' },
})
