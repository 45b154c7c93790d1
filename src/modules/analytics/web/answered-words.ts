import { defineWords } from '#ui/i18n.ts'

export const answeredWords = defineWords('analyticsAnswered', {
  zh: {
    stillHolds: '此后相关数据没有变化',
    countAnew: '重新计算',
    notCounted: '没能重新计算，显示的仍是之前的结果。',
  },
  en: {
    stillHolds: 'nothing it counts has changed since',
    countAnew: 'Count again',
    notCounted: 'It could not be counted again; these are the numbers from before.',
  },
})
