import { defineWords } from '#ui/i18n.ts'

/** What can be wrong with a text, by code; the server's sentence says which word it is about. */
export const faultWords = defineWords('contentFault', {
  zh: {
    liquid: '变量写法有误：{{said}}',
    mjml: 'MJML 提示：{{said}}',
    mjml_unreadable: 'MJML 读不懂：{{said}}',
    include: '模板不能引用其他文件，请把内容直接写进来。',
    script: '消息里不能有会运行的代码：{{said}}',
    attribute_unquoted: '属性值里有变量时要加引号：{{said}}',
    branches_differ: '条件的各个分支没有在同一处结束：某个分支打开的标签或引号没有关闭。',
    too_large: '内容太长，最多 500,000 个字符。',
    too_heavy: '这段内容处理时间过长，请精简。',
    unknown_value: '没有这个变量：{{said}}',
    subject_empty: '邮件需要主题。',
    body_empty: '还没有内容。',
    no_unsubscribe: '营销邮件要有退订链接，可从“插入变量”里添加。',
  },
  en: {
    liquid: '{{said}}',
    mjml: 'MJML: {{said}}',
    mjml_unreadable: '{{said}}',
    include: 'Templates read no other files; put the text here.',
    script: '{{said}}',
    attribute_unquoted: '{{said}}',
    branches_differ:
      'The branches of a condition end in different places: one opens a tag or quote that another does not.',
    too_large: 'The text is too long; at most 500,000 characters are sent.',
    too_heavy: 'This takes too long to work through; make it smaller.',
    unknown_value: '{{said}}',
    subject_empty: 'An e-mail needs a subject.',
    body_empty: 'There is nothing in it yet.',
    no_unsubscribe: 'Marketing mail needs a way out: insert the unsubscribe link.',
  },
})
