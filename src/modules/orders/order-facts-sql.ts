/**
 * SELECT of the order facts: a row for each sale (its latest revision), refund and cancellation. `at` is when that
 * happened; `unit` and `time` are of the sale, since an order is the buyer's whoever sent the refund, and so are coupon,
 * `props`, and the currency where none is said. `sold`: the sale is known; else all is of the report itself. A cancellation
 * takes back what refunds left, once. `only` is a condition on `order_id`, `ws` the bound workspace.
 */
export function orderFactsSql(only = '1', ws = '{ws:UInt32}'): string {
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
  const refunded = `sum(if(type = 'refund' AND currency = paid_in, said, 0)) OVER (PARTITION BY order_id)`
  const isFirst = `row_number() OVER (PARTITION BY order_id, type ORDER BY at, report) = 1`
  const amount = `multiIf(type = 'refund', said, NOT (${isFirst}), 0, sold = 0, said, -greatest(0, price + ${refunded}))`
  const own =
    'ws, order_id, type, report, toUInt8(1) AS sold, unit, time, time AS at, amount, discount, quantity, currency, coupon'
  return `${reports(`${own}, reason, products, props`, "type = 'sale'")}
    UNION ALL
    SELECT ws, order_id, type, report, sold, unit, time, at, toInt64(${amount}) AS amount, toInt64(0) AS discount, quantity, currency,
      coupon, reason, products, props FROM (${returned})`
}
