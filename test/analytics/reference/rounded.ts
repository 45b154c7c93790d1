// Means of whole milliseconds have few decimals, so exact values lie on the edge between two roundings again and again (…,148875 to
// five places), and a difference in the sixteenth digit would decide. A little beside the edge it does not.
const beside = 1 + 1.7e-9

/** The same with every number to eleven digits: means and interpolations may differ in their last one. */
export function rounded(value: unknown): unknown {
  if (value === undefined) return undefined
  return JSON.parse(
    JSON.stringify(value, (_, one) =>
      typeof one === 'number' ? Number((one * beside).toPrecision(11)) : one,
    ),
  )
}
