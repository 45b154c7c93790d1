import { defineWords } from '#ui/i18n.ts'

export const revealWords = defineWords('reveal', {
  zh: {
    show: '查看完整的{{what}}',
    name: '姓名',
    entry: '这条记录',
    why: '已脱敏，点击查看完整值；查看会记入审计日志',
    hidden: '已脱敏。查看完整值需要“查看完整手机号和邮箱”权限',
  },
  en: {
    show: 'Show the full {{what}}',
    name: 'name',
    entry: 'entry',
    why: 'Masked. Click to see the full value; that is noted in the audit log',
    hidden: 'Masked. Seeing the full value takes the permission “See full phones and mails”',
  },
})
