import { defineWords } from '#ui/i18n.ts'

export const trendWords = defineWords('trend', {
  zh: {
    title: '趋势',
    chart: '趋势图',
    table: '数据表',
    line: '指标',
    whole: '整段时间',
    beforeName: '{{name}}（对比期）',
    shape: '图形',
    'shape.line': '折线',
    'shape.bar': '柱状',
    average: '移动平均',
    averageNone: '不做平均',
    averageOf: '{{points}} 点平均',
    averageName: '{{name}}（平均）',
    cumulative: '累计',
    formula: '公式',
    formulaPlaceholder: '公式，如 B / A * 100',
    chartLabel: '{{names}}，{{from}} 至 {{to}}，最后一个值 {{last}}',
    noteBuckets: '按工作区时区划分时间；一周从周一开始。首尾的周和月只计所选日期内的部分。',
    noteSums:
      '“整段时间”是对整段时间重新计算的结果，人数不会重复计，因此不等于各点相加。分位数精确计算，在相邻两值之间插值。',
    noteRolling: '日活、周活、月活：到该时间段最后一天为止，过去 1、7、30 天内做过此事的人数。',
    noteOther: '细分按第一个指标的整段数值排序，超出的归入“其他”；客户属性按现在的值计算。',
  },
  en: {
    title: 'Trend',
    chart: 'Chart of the trend',
    table: 'Numbers',
    line: 'Measure',
    whole: 'Whole period',
    beforeName: '{{name}} (compared)',
    shape: 'Shape',
    'shape.line': 'Line',
    'shape.bar': 'Bars',
    average: 'Moving average',
    averageNone: 'No average',
    averageOf: 'Average of {{points}}',
    averageName: '{{name}} (average)',
    cumulative: 'Cumulative',
    formula: 'Formula',
    formulaPlaceholder: 'Formula, like B / A * 100',
    chartLabel: '{{names}}, {{from}} to {{to}}, last value {{last}}',
    noteBuckets:
      'Time is cut in the workspace’s zone; weeks begin on Monday. Of the first and last week or month, only the chosen days count.',
    noteSums:
      '“Whole period” is counted over the whole period, nobody twice, so it is not the sum of the points. Percentiles are exact, interpolated between the two nearest values.',
    noteRolling:
      'Daily, weekly and monthly active: people who did it in the 1, 7 or 30 days that end with the last day of the point.',
    noteOther:
      'Values are ranked by the first measure over the whole period; the rest is “Other”. Attributes of people are as they are now.',
  },
})
