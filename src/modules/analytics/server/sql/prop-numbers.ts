import { numbersOf, storedColumn } from '#modules/rules/index.ts'

// Beyond ±10^24 a number is left out: sums are whole millionths in 128 bits, as in rules and trends.
const largest = 1e24

/** Every number of a property, as an array: its own, those of its list, text that reads as one. */
export const numsSql = (prop: string): string =>
  `arrayFilter(x -> abs(x) <= ${largest}, ${numbersOf(storedColumn('props', prop))})`

/** The sum of a column of such arrays in whole millionths: adding doubles depends on the order of the rows. */
export const millionthsSql = (nums: string): string =>
  `sumArray(arrayMap(x -> toInt128(floor(x * 1000000 + 0.5)), ${nums}))`
