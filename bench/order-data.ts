import type { ClickHouse } from '#platform/ch/client.ts'

/** One order in so many is given back in part. */
const refundOneIn = 12

/**
 * Order facts in which everybody bought twice in 180 days, one order in twelve with a refund a week later; written once,
 * a kept data set has them from then on.
 */
export async function fillOrders(ch: Pick<ClickHouse, 'command' | 'query'>, people: number): Promise<void> {
  const [there] = await ch.query<{ n: number }>('SELECT count() AS n FROM order_report', {})
  if (there?.n) return
  const step = 250_000 // an insert must be answered within two minutes, on a busy machine too
  const columns =
    'ws, order_id, type, report, unit, time, amount, discount, quantity, currency, coupon, reason, products, props, version'
  const placed = 'now64(3) - toIntervalSecond(cityHash64(number, 7) % 15552000)'
  for (let from = 0; from < people * 2; from += step) {
    const orders = `FROM numbers(${from}, ${Math.min(step, people * 2 - from)})`
    const common = `1, concat('o', toString(number)), `
    await ch.command(`INSERT INTO order_report (${columns})
      SELECT ${common}'sale', '', cityHash64(number, 8) % ${people} + 1, ${placed}, 1000 + cityHash64(number, 9) % 50000, 0, 1, 'CNY', '', '',
        [('p1', 'Course', 'Courses', 1., toInt64(1000))], concat('{"channel":"ch', toString(number % 6), '"}')::JSON, 1 ${orders}`)
    await ch.command(`INSERT INTO order_report (${columns})
      SELECT ${common}'refund', 'r', cityHash64(number, 8) % ${people} + 1, ${placed} + toIntervalDay(7), -500, 0, 0, 'CNY', '', 'changed mind',
        [], '{}'::JSON, 1 ${orders} WHERE number % ${refundOneIn} = 0`)
  }
  await ch.command('OPTIMIZE TABLE order_report')
}
