import { defineWords } from '#ui/i18n.ts'

export const stickinessWords = defineWords('stickiness', {
  zh: {
    title: '粘性',
    chart: '粘性图',
    table: '数据表',
    people: '人数',
    share: '占比',
    'times.hour': '小时数',
    'times.day': '天数',
    'times.week': '周数',
    'times.month': '月数',
    cumulative: '及以上',
    minimum: '每期次数',
    minimumOf: '每期至少 {{count}} 次',
    all: '合计',
    chartLabel: '粘性：共 {{people}} 人，其中 {{once}} 人只有 1 期',
    noteBins: '每位客户在所选日期内，有多少天（或小时、周、月）做过此行为；各组相加等于做过的总人数。',
    noteCumulative: '“及以上”：每组包含做过这么多天或更多天的客户。',
    noteMinimum: '“每期至少”：达到次数的那一天才算。',
    noteValues:
      '按事件属性细分时，每个值各算各的，如同给事件加上这个条件，一位客户可以在几个值中；客户属性按现在的值，各值相加等于全部。“其他”是前 8 个以外的值合在一起。',
    noteCompare: '对比期与所选时间等长，按同样的值计算；按周、按月时整周、整月地移动。',
  },
  en: {
    title: 'Stickiness',
    chart: 'Chart of stickiness',
    table: 'Numbers',
    people: 'People',
    share: 'Share',
    'times.hour': 'Hours',
    'times.day': 'Days',
    'times.week': 'Weeks',
    'times.month': 'Months',
    cumulative: 'Or more',
    minimum: 'Times in each',
    minimumOf: 'At least {{count}} × in each',
    all: 'All',
    chartLabel: 'Stickiness: {{people}} people, {{once}} of them in one period only',
    noteBins:
      'On how many of the chosen days (or hours, weeks, months) each person did it. The bins add up to everybody who did.',
    noteCumulative: '“Or more”: each bin holds those with so many days or more.',
    noteMinimum: '“At least”: a day counts once they did it so often on it.',
    noteValues:
      'Broken down by a property of the event, each value stands for itself, as if it were a condition of the event, so one person may be in several; attributes of people are as they are now, and their parts add up. “Other” holds all values beyond the first 8 together.',
    noteCompare:
      'The compared period is as long and has the same values; by weeks or months it moves by whole ones.',
  },
})
