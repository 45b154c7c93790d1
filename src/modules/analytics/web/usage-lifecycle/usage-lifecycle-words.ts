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
    anchor: '怎样算新增',
    'anchor.first_event': '首次做此行为',
    'anchor.person_created': '客户首次出现',
    open: '进行中',
    chartLabel: '使用周期，{{from}} 至 {{to}}',
    noteStates:
      '新增：该期首次做此行为（或首次出现）；持续：上一期也做过；回流：以前做过、上一期没做；沉默：上一期做过、本期没做。',
    noteSums: '新增 + 持续 + 回流 = 本期活跃人数；沉默画在零线以下。',
    noteWhole: '首尾的周和月按整周、整月计算。进行中的一期，沉默的客户还可能回来。',
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
  },
})
