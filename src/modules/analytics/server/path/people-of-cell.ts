import { exitItem, otherItem, type PathCell } from '#modules/analytics/contract/path.ts'
import { badQuestion } from '#modules/analytics/server/check-question.ts'
import type { Drawn } from '#modules/analytics/server/path/cut-moves.ts'
import { codeSql } from '#modules/analytics/server/path/inner-query.ts'
import { exitCode } from '#modules/analytics/server/path/items-sql.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'

type Node = { n: number; item: string }

/** Condition on the arrays of one path: that it goes along this edge, or through this node, as these are drawn. */
export function cellSql(inquiry: Inquiry, names: string, drawn: readonly Drawn[], cell: PathCell): string {
  const ways = openWays(inquiry, names, drawn)
  if ('node' in cell) {
    const { n, item } = readNode('/cell/node', cell.node)
    if (item !== otherItem) return `${ways.at(n)} = ${ways.code(item)}`
    // Into the others; at the first place, where nothing comes in, out of them.
    return n === 1 ? `(${ways.fromOther(1)})` : `(${ways.toOther(n - 1)})`
  }
  const [source, target] = [readNode('/cell/source', cell.source), readNode('/cell/target', cell.target)]
  if (target.n !== source.n + 1)
    throw badQuestion('/cell/target', 'not_next', 'An edge leads to the very next place.')
  return `(${ways.along(source, target)})`
}

function openWays(inquiry: Inquiry, names: string, drawn: readonly Drawn[]) {
  const { bindings } = inquiry
  const code = (item: string) =>
    item === exitItem ? `${exitCode}` : `nullIf(indexOf(${names}, ${bindings.bind('String', item)}), 0)`
  const codes = (items: readonly string[]) =>
    `arrayMap(x -> indexOf(${names}, x), ${bindings.bind('Array(String)', [...new Set(items)])})`
  const at = (n: number) => `toUInt32(${codeSql(`ins[${n}]`)})`
  const isOneOf = (n: number, items: readonly string[]) =>
    items.length === 0 ? '0' : `has(${codes(items)}, ${at(n)})`
  const nodesAt = (n: number) =>
    drawn
      .flatMap((one) => [
        { n: one.n, item: one.source },
        { n: one.n + 1, item: one.target },
      ])
      .filter((one) => one.n === n && one.item !== otherItem && one.item !== exitItem)
      .map(({ item }) => item)
  const isShown = (n: number) => isOneOf(n, nodesAt(n))
  const kept = (n: number) => drawn.filter((one) => one.kept && one.n === n)
  const isKept = (n: number) => {
    const from = kept(n)
    if (from.length === 0) return '0'
    const [sources, targets] = [from.map(({ source }) => source), from.map(({ target }) => target)]
    const list = (items: readonly string[]) =>
      `arrayMap(x -> indexOf(${names}, x), ${bindings.bind('Array(String)', [...items])})`
    return `has(arrayZip(${list(sources)}, ${list(targets)}), (toUInt64(${at(n)}), toUInt64(${at(n + 1)})))`
  }
  // A path that makes a move from place n to a next item, or beyond the last step.
  const goesOn = (n: number) => `${at(n + 1)} NOT IN (0, ${exitCode})`
  const along = (source: Node, target: Node): string => {
    const n = source.n
    const [from, to] = [source.item === otherItem, target.item === otherItem]
    if (target.item === exitItem)
      return `${at(n + 1)} = ${exitCode} AND ${from ? `NOT ${isShown(n)}` : `${at(n)} = ${code(source.item)}`}`
    if (!from && !to) return `${at(n)} = ${code(source.item)} AND ${at(n + 1)} = ${code(target.item)}`
    const isCut = `${goesOn(n)} AND NOT ${isKept(n)}`
    if (from && to) return `${isCut} AND NOT ${isShown(n)} AND NOT ${isShown(n + 1)}`
    return `${isCut} AND ${from ? `${at(n + 1)} = ${code(target.item)}` : `${at(n)} = ${code(source.item)}`}`
  }
  return {
    at,
    code,
    along,
    toOther: (n: number) => `${goesOn(n)} AND NOT ${isKept(n)} AND (${isShown(n)} OR NOT ${isShown(n + 1)})`,
    fromOther: (n: number) =>
      `${at(n + 1)} != 0 AND if(${at(n + 1)} = ${exitCode}, NOT ${isShown(n)}, NOT ${isKept(n)} AND (${isShown(n + 1)} OR NOT ${isShown(n)}))`,
  }
}

function readNode(path: string, node: string): Node {
  const [, n, item] = /^([1-9]\d?)_(.*)$/s.exec(node) ?? []
  if (n === undefined || item === undefined)
    throw badQuestion(path, 'unknown_node', 'A node is its place and its item: 2_Order Completed.')
  return { n: Number(n), item }
}
