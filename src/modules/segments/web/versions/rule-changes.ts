/** Lines that only one of two readings of a rule has; a line that stands twice must be missed twice. */
export function changedLines(
  before: readonly string[],
  after: readonly string[],
): { added: string[]; removed: string[] } {
  return { added: without(after, before), removed: without(before, after) }
}

function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = [...others]
  return lines.filter((line) => {
    const at = left.indexOf(line)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}
