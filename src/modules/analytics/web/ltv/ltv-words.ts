import { defineWords } from '#ui/i18n.ts'

export const ltvWords = defineWords('ltv', {
  zh: {
    title: '生命周期价值',
    began: '起始时间',
    table: '生命周期价值表',
    curve: '人均累计价值曲线',
    curveLabel: '人均累计价值：{{points}}',
    cellTitle: '{{cohort}} · 第 {{period}} 期前已下单',
    cohortTitle: '{{cohort}} · 全组',
    noteValue:
      '每格是该组客户到这一期结束时累计带来的金额除以全组人数，没下单的人也算在内；点开是已下单的人。',
    noteNet: '按订单计算时扣除退款，退款计在退款发生的那一期；已取消的订单不计。',
    noteStart: '“按起始事件分组”以客户历史上第一次该事件为起点，起点之前的订单不计；否则以首单为起点。',
    noteOpen: '周期未结束的格子留空，不按 0 计。',
  },
  en: {
    title: 'Lifetime value',
    began: 'Began',
    table: 'Lifetime value by cohort',
    curve: 'Value of one person over time',
    curveLabel: 'Value of one person: {{points}}',
    cellTitle: '{{cohort}} · had bought by period {{period}}',
    cohortTitle: '{{cohort}} · everybody',
    noteValue:
      'Each cell is what the cohort brought up to the end of that period, divided by everybody in it, those who never bought included; it opens who had bought.',
    noteNet:
      'Of orders, refunds are taken off in the period in which they happen; cancelled orders do not count.',
    noteStart:
      '“By a first event” begins with the first such event in all of history, and orders before it do not count; else people begin with their first order.',
    noteOpen: 'Periods that are not over are empty, not 0.',
  },
})
