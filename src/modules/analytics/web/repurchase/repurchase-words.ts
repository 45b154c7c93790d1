import { defineWords } from '#ui/i18n.ts'

export const repurchaseWords = defineWords('repurchase', {
  zh: {
    title: '复购',
    began: '首单时间',
    table: '复购表',
    curve: '复购曲线',
    curveLabel: '复购曲线：{{points}}',
    average: '加权平均',
    cumulative: '累计（到该期为止）',
    rates: '首单后多久内复购',
    within: '{{days}} 天内',
    ofPeople: '{{people}} / {{of}} 人',
    rateTitle: '首单后 {{days}} 天内复购',
    tooEarly: '还没有人满 {{days}} 天',
    second: '首单到第二单的天数',
    secondLabel: '首单到第二单：{{people}} 人，中位 {{median}} 天',
    people: '人数',
    quartiles: '四分之一的人在 {{p25}} 天内，一半在 {{p50}} 天内，四分之三在 {{p75}} 天内；平均 {{avg}} 天。',
    nobodyAgain: '所选时间内首次下单的人还没有第二单。',
    noteCohort: '首单看全部历史；首单在所选日期内的客户按首单所在周期分组。',
    notePeriod:
      '第 n 期：首单后第 n 个自然周期内又下单的人；“累计”指到该期结束时已有第二单的人，含首单当期。',
    noteRates: '“多久内复购”只看首单已满这些天数的客户；天数按满 24 小时计。',
  },
  en: {
    title: 'Repurchase',
    began: 'First order',
    table: 'Repurchase by cohort',
    curve: 'Repurchase curve',
    curveLabel: 'Repurchase curve: {{points}}',
    average: 'Weighted average',
    cumulative: 'Up to each period',
    rates: 'Bought again within',
    within: '{{days}} days',
    ofPeople: '{{people}} of {{of}} people',
    rateTitle: 'Bought again within {{days}} days',
    tooEarly: 'nobody had {{days}} days yet',
    second: 'Days from the first order to the second',
    secondLabel: 'From the first order to the second: {{people}} people, median {{median}} days',
    people: 'People',
    quartiles:
      'A quarter within {{p25}} days, half within {{p50}}, three quarters within {{p75}}; on average {{avg}} days.',
    nobodyAgain: 'Nobody who first bought in this period has bought again.',
    noteCohort:
      'First orders are those of all history; whose first order lies in the chosen days is in the cohort of its period.',
    notePeriod:
      'Period n: who bought again in the n-th calendar period after; “up to each period” counts who has a second order by its end, also in the period of the first.',
    noteRates: '“Within” is of people whose first order is so many days ago; a day is 24 full hours.',
  },
})
