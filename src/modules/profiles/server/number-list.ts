/**
 * Unit and person numbers as SQL text. Inline and not bound, because lists of thousands do not fit the length of an
 * address in which parameters travel; only our own whole numbers pass.
 */
export function numberList(numbers: Iterable<number>): string {
  const list = [...numbers]
  for (const one of list)
    if (!Number.isSafeInteger(one) || one < 0) throw new Error(`${one} is no unit number`)
  return list.length === 0 ? 'NULL' : list.join(',')
}
