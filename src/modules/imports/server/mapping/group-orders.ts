import type { Reading, ReadRow } from '#modules/imports/server/mapping/read-row.ts'

/** What becomes one item of the log: a row, or all rows of an order. */
export type Entry = { reading: Reading; lines: number[] }
export type Grouped = { entry: Entry } | { refused: Extract<ReadRow, { ok: false }> }

const perLine = /^products?\./

/** Neighbouring rows of the same order and person become one, with a product each; later rows of an order are refused. */
export async function* groupOrders(rows: AsyncIterable<ReadRow>): AsyncGenerator<Grouped> {
  const closed = new Set<string>()
  let open: Entry | undefined
  for await (const row of rows) {
    if (!row.ok) {
      yield { refused: row }
      continue
    }
    const { reading } = row
    const id = String(reading.properties.order_id)
    if (open && belongs(open.reading, reading)) {
      addLine(open, reading)
      continue
    }
    if (open) {
      closed.add(String(open.reading.properties.order_id))
      yield { entry: open }
    }
    open = undefined
    if (closed.has(id)) {
      const fault = { code: 'order_apart', details: { order: id.slice(0, 80) } }
      yield { refused: { ok: false, number: reading.number, outcome: 'failed', fault } }
    } else open = begin(reading)
  }
  if (open) yield { entry: open }
}

const belongs = (a: Reading, b: Reading) =>
  a.properties.order_id === b.properties.order_id && a.key.kind === b.key.kind && a.key.value === b.key.value

function begin(reading: Reading): Entry {
  const { product, rest } = splitProduct(reading.properties)
  const properties = product ? { ...rest, products: [product] } : rest
  return { reading: { ...reading, properties }, lines: [reading.number] }
}

function addLine(entry: Entry, reading: Reading): void {
  const { product, rest } = splitProduct(reading.properties)
  const { properties } = entry.reading
  // What the first row left blank may stand in a later one.
  for (const [name, value] of Object.entries(rest)) properties[name] ??= value
  if (product) properties.products = [...((properties.products as unknown[] | undefined) ?? []), product]
  entry.lines.push(reading.number)
}

function splitProduct(properties: Record<string, unknown>) {
  const all = Object.entries(properties)
  const of = all
    .filter(([name]) => perLine.test(name))
    .map(([name, value]) => [name.replace(perLine, ''), value])
  return {
    product: of.length > 0 ? (Object.fromEntries(of) as Record<string, unknown>) : undefined,
    rest: Object.fromEntries(all.filter(([name]) => !perLine.test(name))),
  }
}
