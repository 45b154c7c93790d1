import { analyticsSchema } from '#modules/collect/server/analytics-schema.ts'
import type { ClickHouse } from '#platform/ch/client.ts'

type Rows = { n: number; hash: string }

/** What `events` holds in its first order and in its second one: rows and a hash of all of them; they must be equal. */
export async function inBothOrders(ch: ClickHouse): Promise<{ first: Rows; second: Rows }> {
  const order = analyticsSchema.tables.find((table) => table.name === 'events')?.orders?.[0]
  if (!order) throw new Error('events have no second order')
  const columns = order.columns.map((name) => (name === 'props' ? 'toJSONString(props)' : name)).join(', ')
  const read = async (from: string) => {
    const [row] = await ch.query<Rows>(
      `SELECT count() AS n, toString(sum(cityHash64(${columns}))) AS hash FROM ${from} SETTINGS optimize_use_projections = 0`,
    )
    return row as Rows
  }
  return {
    first: await read('events'),
    second: await read(`mergeTreeProjection('${ch.database}', 'events', '${order.name}')`),
  }
}
