import { exitItem, otherItem, type PathCell } from '#modules/analytics/contract/path.ts'
import { badQuestion } from '#modules/analytics/server/check-question.ts'
import type { Drawn } from '#modules/analytics/server/path/cut-moves.ts'
import { exitCode } from '#modules/analytics/server/path/items-sql.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'

type Node = { n: number; item: string }

/** Condition on a move: that it is this edge, or leads into this node, as these are drawn. */
export function cellSql(inquiry: Inquiry, names: string, drawn: readonly Drawn[], cell: PathCell): string {
  const ways = openWays(inquiry, names, drawn)
  if ('node' in cell) {
    const { n, item } = readNode('/cell/node', cell.node)
    // Into it; at the first place, where nothing comes in, out of it.
    if (item !== otherItem)
      return n === 1 ? `n = 1 AND s = ${ways.code(item)}` : `n = ${n - 1} AND t = ${ways.code(item)}`
    return n === 1 ? `n = 1 AND (${ways.fromOther(1)})` : `n = ${n - 1} AND (${ways.toOther(n - 1)})`
  }
  const [source, target] = [readNode('/cell/source', cell.source), readNode('/cell/target', cell.target)]
  if (target.n !== source.n + 1)
    throw badQuestion('/cell/target', 'not_next', 'An edge leads to the very next place.')
  return `n = ${source.n} AND (${ways.along(source, target)})`
}

function openWays(inquiry: Inquiry, names: string, drawn: readonly Drawn[]) {
  const { bindings } = inquiry
  const code = (item: string) =>
    item === exitItem ? `${exitCode}` : `nullIf(indexOf(${names}, ${bindings.bind('String', item)}), 0)`
  const codes = (items: readonly string[]) =>
    `arrayMap(x -> indexOf(${names}, x), ${bindings.bind('Array(String)', [...new Set(items)])})`
  const isOneOf = (node: 's' | 't', items: readonly string[]) =>
    items.length === 0 ? '0' : `has(${codes(items)}, ${node})`
  const nodesAt = (n: number) =>
    drawn
      .flatMap((one) => [
        { n: one.n, item: one.source },
        { n: one.n + 1, item: one.target },
      ])
      .filter((one) => one.n === n && one.item !== otherItem && one.item !== exitItem)
      .map(({ item }) => item)
  const isShown = (node: 's' | 't', n: number) => isOneOf(node, nodesAt(n))
  const kept = (n: number) => drawn.filter((one) => one.kept && one.n === n)
  const isKept = (n: number) => {
    const from = kept(n)
    if (from.length === 0) return '0'
    const [sources, targets] = [from.map(({ source }) => source), from.map(({ target }) => target)]
    const list = (items: readonly string[]) =>
      `arrayMap(x -> indexOf(${names}, x), ${bindings.bind('Array(String)', [...items])})`
    return `has(arrayZip(${list(sources)}, ${list(targets)}), (toUInt64(s), toUInt64(t)))`
  }
  // To a next item, or beyond the last step.
  const goesOn = `t != ${exitCode}`
  const along = (source: Node, target: Node): string => {
    const n = source.n
    const [from, to] = [source.item === otherItem, target.item === otherItem]
    if (target.item === exitItem)
      return `t = ${exitCode} AND ${from ? `NOT ${isShown('s', n)}` : `s = ${code(source.item)}`}`
    if (!from && !to) return `s = ${code(source.item)} AND t = ${code(target.item)}`
    const isCut = `${goesOn} AND NOT ${isKept(n)}`
    if (from && to) return `${isCut} AND NOT ${isShown('s', n)} AND NOT ${isShown('t', n + 1)}`
    return `${isCut} AND ${from ? `t = ${code(target.item)}` : `s = ${code(source.item)}`}`
  }
  return {
    code,
    along,
    toOther: (n: number) =>
      `${goesOn} AND NOT ${isKept(n)} AND (${isShown('s', n)} OR NOT ${isShown('t', n + 1)})`,
    fromOther: (n: number) =>
      `if(t = ${exitCode}, NOT ${isShown('s', n)}, NOT ${isKept(n)} AND (${isShown('t', n + 1)} OR NOT ${isShown('s', n)}))`,
  }
}

function readNode(path: string, node: string): Node {
  const [, n, item] = /^([1-9]\d?)_(.*)$/s.exec(node) ?? []
  if (n === undefined || item === undefined)
    throw badQuestion(path, 'unknown_node', 'A node is its place and its item: 2_Order Completed.')
  return { n: Number(n), item }
}
