import fc from 'fast-check'

/** A formula as it is meant; its text is written from this, and its value worked out without reading that. */
export type FormulaTree =
  | { number: number }
  | { series: number }
  | { minus: FormulaTree }
  | { sign: '+' | '-' | '*' | '/'; left: FormulaTree; right: FormulaTree }

/** Formulas over so many series, at least one of which they name. */
export const anyFormula = (series: number): fc.Arbitrary<FormulaTree> =>
  fc
    .letrec<{ tree: FormulaTree; leaf: FormulaTree }>((tie) => ({
      leaf: fc.oneof(
        fc.record({ series: fc.nat({ max: series - 1 }) }),
        fc.record({ number: fc.constantFrom(0, 1, 2.5, 100) }),
      ),
      tree: fc.oneof(
        { maxDepth: 3 },
        tie('leaf'),
        fc.record({
          sign: fc.constantFrom('+' as const, '-' as const, '*' as const, '/' as const),
          ...{ left: tie('tree'), right: tie('tree') },
        }),
        fc.record({ minus: tie('tree') }),
      ),
    }))
    .tree.filter((tree) => seriesIn(tree).length > 0 && writtenOut(tree).length <= 200)

export function seriesIn(tree: FormulaTree): number[] {
  if ('number' in tree) return []
  if ('series' in tree) return [tree.series]
  const parts = 'minus' in tree ? [tree.minus] : [tree.left, tree.right]
  return [...new Set(parts.flatMap(seriesIn))].sort()
}

/** What lacks a value, and what is divided by nothing, has none. */
export function workedOut(tree: FormulaTree, values: readonly (number | null)[]): number | null {
  if ('number' in tree) return tree.number
  if ('series' in tree) return values[tree.series] ?? null
  const parts = 'minus' in tree ? [{ number: 0 }, tree.minus] : [tree.left, tree.right]
  const [left = null, right = null] = parts.map((part) => workedOut(part, values))
  if (left === null || right === null) return null
  const sign = 'minus' in tree ? '-' : tree.sign
  if (sign === '+') return left + right
  if (sign === '-') return left - right
  if (sign === '*') return left * right
  return right === 0 ? null : left / right
}

const binds = { '+': 1, '-': 1, '*': 2, '/': 2 }

/** With no more parentheses than it needs: what binds stronger, and what goes from left to right, has none. */
export function writtenOut(tree: FormulaTree, within = 0): string {
  if ('number' in tree) return String(tree.number)
  if ('series' in tree) return String.fromCharCode(65 + tree.series)
  if ('minus' in tree) return `-${writtenOut(tree.minus, 3)}`
  const own = binds[tree.sign]
  const text = `${writtenOut(tree.left, own)} ${tree.sign} ${writtenOut(tree.right, own + 1)}`
  return own < within ? `(${text})` : text
}
