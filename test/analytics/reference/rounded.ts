// Means of whole milliseconds have few decimals, so exact values lie on the edge between two roundings again and again (…,148875 to
// five places), and a difference in the sixteenth digit would decide. A little beside the edge it does not; by √3, as by a round
// number some lie on the edge anew (0.0045).
const beside = 1 + 1.7320508075688772e-9

/** The same with every number to eleven digits: means and interpolations may differ in their last one. */
export function rounded(value: unknown): unknown {
  if (value === undefined) return undefined
  return JSON.parse(
    JSON.stringify(value, (_, one) =>
      typeof one === 'number' ? Number((one * beside).toPrecision(11)) : one,
    ),
  )
}
