import { defineWords } from '#ui/i18n.ts'

export const answeredWords = defineWords('analyticsAnswered', {
  zh: {
    stillHolds: '此后相关数据没有变化',
    countAnew: '重新计算',
    changedMeanwhile: '页面上的数字是 {{when}} 计算的，之后数据有变化；下面是现在的客户，人数可能不同。',
    notCounted: '没能重新计算，显示的仍是之前的结果。',
  },
  en: {
    stillHolds: 'nothing it counts has changed since',
    countAnew: 'Count again',
    changedMeanwhile:
      'The numbers on the page were counted at {{when}} and have changed since. Below are the people of now, so their number may differ.',
    notCounted: 'It could not be counted again; these are the numbers from before.',
  },
})
