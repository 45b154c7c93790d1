import { defineWords } from '#ui/i18n.ts'

/** What tables of cohorts have in common. */
export const cohortWords = defineWords('cohorts', {
  zh: {
    size: '人数',
    dayRange: '{{from}}–{{until}} 天',
    dayOne: '{{from}} 天',
    average: '加权平均',
    running: '周期未结束',
    period: '第 {{at}} 期',
    periodsOf: '观察 {{count}} 期',
    periods: '观察期数',
    cellTitle: '{{cohort}} · {{period}}',
    show: '展开 {{name}} 的各组',
    hide: '收起 {{name}} 的各组',
    leftOut: '此前 {{count}} 期没有人，未列出。点此显示',
    legend: '颜色越深，数值越高；斜线格的周期尚未结束，不计入平均。',
  },
  en: {
    size: 'People',
    dayRange: '{{from}}–{{until}} days',
    dayOne: '{{from}} days',
    average: 'Weighted average',
    running: 'not over yet',
    period: 'Period {{at}}',
    periodsOf: '{{count}} periods',
    periods: 'How many periods',
    cellTitle: '{{cohort}} · {{period}}',
    show: 'Show the cohorts of {{name}}',
    hide: 'Hide the cohorts of {{name}}',
    leftOut: '{{count}} periods before with nobody are not listed. Show them',
    leftOut_one: '{{count}} period before with nobody is not listed. Show it',
    legend: 'Darker is more. Hatched cells are not over yet and are left out of the average.',
  },
})
