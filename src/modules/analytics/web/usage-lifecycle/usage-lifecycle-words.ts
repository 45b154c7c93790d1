import { defineWords } from '#ui/i18n.ts'

export const usageLifecycleWords = defineWords('usageLifecycle', {
  zh: {
    title: '使用周期',
    chart: '使用周期图',
    table: '数据表',
    state: '状态',
    'state.new': '新增',
    'state.returning': '持续',
    'state.resurrecting': '回流',
    'state.dormant': '沉默',
    active: '活跃合计',
    shown: '图中显示',
    totals: '各期合计',
    totalsNote: '各期人数相加，同一客户可在几期中各计一次。',
    anchor: '怎样算新增',
    'anchor.first_event': '首次做此行为',
    'anchor.person_created': '客户首次出现',
    open: '进行中',
    chartLabel: '使用周期，{{from}} 至 {{to}}',
    noteStates:
      '新增：该期首次做此行为（或首次出现）；持续：上一期也做过；回流：以前做过、上一期没做；沉默：上一期做过、本期没做。',
    noteSums: '新增 + 持续 + 回流 = 本期活跃人数；沉默画在零线以下。',
    noteWhole: '首尾的周和月按整周、整月计算。进行中的一期，沉默的客户还可能回来。',
    noteValues:
      '按事件属性细分时，每个值各算各的，如同给事件加上这个条件：换了值的客户在旧值中沉默、在新值中新增；客户属性按现在的值，各值相加等于全部。“其他”是前 8 个以外的值合在一起。',
    noteCompare: '对比期与所选时间等长，按同样的值计算；按周、按月时整周、整月地移动。',
  },
  en: {
    title: 'Lifecycle of use',
    chart: 'Chart of the lifecycle',
    table: 'Numbers',
    state: 'State',
    'state.new': 'New',
    'state.returning': 'Returning',
    'state.resurrecting': 'Resurrecting',
    'state.dormant': 'Dormant',
    active: 'Active in all',
    shown: 'Drawn in the chart',
    totals: 'All periods',
    totalsNote: 'Periods added up: a person may count once in each of several.',
    anchor: 'What makes somebody new',
    'anchor.first_event': 'First time they did it',
    'anchor.person_created': 'First seen at all',
    open: 'running',
    chartLabel: 'Lifecycle of use, {{from}} to {{to}}',
    noteStates:
      'New: did it (or was seen) for the first time in this period. Returning: also in the period before. Resurrecting: earlier, but not in the period before. Dormant: in the period before, but not in this one.',
    noteSums: 'New + returning + resurrecting are the active people; dormant ones are drawn below zero.',
    noteWhole:
      'The first and last week or month count whole. In a running period, those who are dormant may still come.',
    noteValues:
      'Broken down by a property of the event, each value stands for itself, as if it were a condition of the event: who changes from one to another falls asleep in the first and is new in the second. Attributes of people are as they are now, and their parts add up. “Other” holds all values beyond the first 8 together.',
    noteCompare:
      'The compared period is as long and has the same values; by weeks or months it moves by whole ones.',
  },
})
