import { expect, test } from 'vitest'
import { legendOf } from '#ui/chart-legend.ts'

const palette = ['#111111', '#222222']

test('every name stands once, with the colour it is drawn in; a compared one is faint', () => {
  const series = [
    { name: 'Orders', color: '#abcdef' },
    { name: 'Visits' },
    { name: 'Orders (before)', color: '#abcdef', itemStyle: { opacity: 0.4 } },
    { name: 'Visits', type: 'line' },
    {},
  ]
  expect(legendOf({ legend: { show: true }, series }, palette)).toEqual([
    { name: 'Orders', colour: '#abcdef', isFaint: false },
    { name: 'Visits', colour: '#222222', isFaint: false },
    { name: 'Orders (before)', colour: '#abcdef', isFaint: true },
  ])
})

test('a chart without a legend has none', () => {
  expect(legendOf({ series: [{ name: 'Orders' }] }, palette)).toEqual([])
  expect(legendOf({ legend: { show: false }, series: [{ name: 'Orders' }] }, palette)).toEqual([])
})
