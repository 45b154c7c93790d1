/** A formula over series by their letters, ready to be worked out; null where a value is missing or a divisor zero. */
export type Formula = { uses: number[]; of(values: readonly (number | null)[]): number | null }
type Node = (values: readonly (number | null)[]) => number | null

/** Reads `A / (B + 1) * 100`; undefined when it is none, or names a series there is not. */
export function readFormula(text: string, series: number): Formula | undefined {
  const tokens = text.match(/\d+(?:\.\d+)?|[A-Za-z]|[-+*/()]|\S/g) ?? []
  const uses = new Set<number>()
  let at = 0
  let broken = false

  function sum(): Node {
    let left = product()
    while (tokens[at] === '+' || tokens[at] === '-') left = binary(tokens[at++] as string, left, product())
    return left
  }
  function product(): Node {
    let left = factor()
    while (tokens[at] === '*' || tokens[at] === '/') left = binary(tokens[at++] as string, left, factor())
    return left
  }
  function factor(): Node {
    const token = tokens[at++] ?? ''
    if (token === '-') return binary('-', () => 0, factor())
    if (token === '(') {
      const inner = sum()
      if (tokens[at++] !== ')') broken = true
      return inner
    }
    if (/^\d/.test(token)) return () => Number(token)
    const place = token.toUpperCase().charCodeAt(0) - 65
    if (!/^[A-Za-z]$/.test(token) || place >= series) {
      broken = true
      return () => null
    }
    uses.add(place)
    return (values) => values[place] ?? null
  }

  const root = sum()
  if (broken || at < tokens.length || uses.size === 0) return undefined
  return { uses: [...uses].sort((a, b) => a - b), of: (values) => finite(root(values)) }
}

function binary(sign: string, left: Node, right: Node): Node {
  return (values) => {
    const [a, b] = [left(values), right(values)]
    if (a === null || b === null) return null
    if (sign === '+') return a + b
    if (sign === '-') return a - b
    if (sign === '*') return a * b
    return b === 0 ? null : a / b
  }
}

const finite = (value: number | null) => (value !== null && Number.isFinite(value) ? value : null)
