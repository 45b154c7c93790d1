import { defineWords } from '#ui/i18n.ts'

export const reviewWords = defineWords('review', {
  zh: {
    title: '身份核查',
    purpose: '可能认错人的地方：一个人名下标识过多，或一个手机号、邮箱、设备被许多人共用。',
    finding: '问题',
    shared: '{{count}} 人共用这个{{kind}}',
    crowded: '一个人有 {{count}} 个{{kind}}',
    values: '标识',
    people: '客户',
    more: '等 {{count}} 人',
    nameless: '未命名客户',
    actions: '处理',
    accept: '没有问题',
    accepted: '已确认。数量再增加时会重新列出',
    block: '屏蔽此值',
    blockTitle: '屏蔽“{{value}}”？',
    blockText:
      '之后收到的数据里，这个值不再用来认人（例如客服电话、占位手机号）。已有的归属不变，可在客户页拆分。',
    blocked: '已屏蔽，对之后收到的数据生效',
    emptyTitle: '没有可疑的身份',
    emptyText: '共用的手机号、邮箱或标识过多的客户会列在这里，由你确认、拆分或屏蔽。',
    hint: '打开客户可以查看身份图谱并拆分。',
  },
  en: {
    title: 'Identity review',
    purpose:
      'Where people may be mistaken: too many identifiers at one person, or one phone, mail or device at many.',
    finding: 'Finding',
    shared: '{{count}} people share this {{kind}}',
    crowded: 'One person has {{count}} of {{kind}}',
    values: 'Identifiers',
    people: 'People',
    more: 'of {{count}}',
    nameless: 'Unnamed person',
    actions: 'Do',
    accept: 'It is right',
    accepted: 'Accepted; it comes back when it grows',
    block: 'Block the value',
    blockTitle: 'Block “{{value}}”?',
    blockText:
      'In what arrives from now on the value joins nobody any more (a hotline, a placeholder). Who has it keeps it; separate them on their pages.',
    blocked: 'Blocked, for what arrives from now on',
    emptyTitle: 'Nothing suspicious',
    emptyText:
      'Shared phones and mails, and people with too many identifiers, are listed here to accept, separate or block.',
    hint: 'Open a person to see how they were joined, and to separate them.',
  },
})
