/**
 * SELECT of the order facts: a row for each sale (its latest revision), refund and cancellation. `at` is when that
 * happened; `unit` and `time` are of the sale, since an order is the buyer's whoever sent the refund, and so are coupon,
 * `props`, and the currency where none is said. `sold`: the sale is known; else all is of the report itself. A cancellation
 * takes back what refunds left, once. `only` is a condition on `order_id`, `ws` the bound workspace, `of` which of the rows.
 */
export function orderFactsSql(only = '1', ws = '{ws:UInt32}', of: OrderRows = 'all'): string {
  const reports = (columns: string, where: string) =>
    `SELECT ${columns} FROM order_report FINAL WHERE ws = ${ws} AND (${only}) AND (${where})`
  const sales = reports(
    'order_id, unit, time, amount, currency, coupon, props, toUInt8(1) AS sold',
    `type = 'sale' AND order_id IN (SELECT order_id FROM order_report WHERE ws = ${ws} AND (${only}) AND type != 'sale')`,
  )
  // Few of all rows: only here are sales looked up.
  const returned = `SELECT b.ws AS ws, b.order_id AS order_id, b.type AS type, b.report AS report, s.sold AS sold,
      if(sold, s.unit, b.unit) AS unit, if(sold, s.time, b.time) AS time, b.time AS at, b.amount AS said, s.amount AS price,
      b.quantity AS quantity, if(b.currency = '', s.currency, b.currency) AS currency, s.currency AS paid_in,
      if(sold, s.coupon, b.coupon) AS coupon, b.reason AS reason, b.products AS products, s.props AS props
    FROM (${reports('*', "type != 'sale'")}) AS b LEFT ANY JOIN (${sales}) AS s ON s.order_id = b.order_id`
  // By a number of 16 bytes: sorting texts took as long as finding the rows.
  const one = 'sipHash128(order_id)'
  const refunded = `sum(if(type = 'refund' AND currency = paid_in, said, 0)) OVER (PARTITION BY ${one})`
  const isFirst = `row_number() OVER (PARTITION BY ${one}, type ORDER BY at, report) = 1`
  const amount = `multiIf(type = 'refund', said, NOT (${isFirst}), 0, sold = 0, said, -greatest(0, price + ${refunded}))`
  const own =
    'ws, order_id, type, report, toUInt8(1) AS sold, unit, time, time AS at, amount, discount, quantity, currency, coupon'
  const sold = reports(`${own}, reason, products, props`, "type = 'sale'")
  const back = `SELECT ws, order_id, type, report, sold, unit, time, at, toInt64(${amount}) AS amount, toInt64(0) AS discount, quantity, currency,
      coupon, reason, products, props FROM (${returned})`
  if (of !== 'all') return of === 'sales' ? sold : back
  return `${sold}
    UNION ALL
    ${back}`
}

/**
 * SELECT of the sales in a currency with what went back of each, for whoever asks of orders as wholes: `back`, the sum of refunds (negative), `refund_times`
 * and `refund_amounts`, and `cancelled`, 1 or 0; of what happened before `until`. Without a currency: sales in any, and all refunds. Sales are not looked
 * up for refunds: the few that went back are looked up for sales (of 2 million orders with 170,000 refunds that was half of the time of the facts).
 */
export function orderSalesSql(
  ws: string,
  { currency, until }: { currency?: string | undefined; until?: string | undefined },
): string {
  const reports = (columns: string, where: string) =>
    `SELECT ${columns} FROM order_report FINAL WHERE ws = ${ws} AND (${where})`
  const isIn = currency === undefined ? '1' : `currency = ${currency}`
  const isRefund = `type = 'refund'${currency === undefined ? '' : ` AND currency IN ('', ${currency})`}`
  const back = `SELECT order_id, sumIf(amount, ${isRefund}) AS back, groupArrayIf(time, ${isRefund}) AS refund_times,
      groupArrayIf(amount, ${isRefund}) AS refund_amounts, max(type = 'cancel') AS cancelled
    FROM (${reports('order_id, type, time, amount, currency', `type != 'sale'${until === undefined ? '' : ` AND time < ${until}`}`)}) GROUP BY order_id`
  return `SELECT s.order_id AS order_id, s.unit AS unit, s.time AS time, s.amount AS amount, s.currency AS currency, s.props AS props,
      b.back AS back, b.refund_times AS refund_times, b.refund_amounts AS refund_amounts, b.cancelled AS cancelled
    FROM (${reports('order_id, unit, time, amount, currency, props', `type = 'sale' AND ${isIn}`)}) AS s LEFT ANY JOIN (${back}) AS b ON b.order_id = s.order_id`
}

/** Sales, or what goes back (refunds and cancellations). */
export type OrderRows = 'all' | 'sales' | 'returned'
