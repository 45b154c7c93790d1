import type { AnalyticsSchema } from '#platform/ch/migrate.ts'

/** Order facts; of several reports about one line the latest by event time stays. */
export const analyticsSchema: AnalyticsSchema = {
  tables: [
    {
      name: 'order_fact',
      rebuiltFrom: 'collect.log_batch + collect.verdict',
      columns: [
        'ws UInt32',
        'order_id String',
        "type Enum8('sale' = 1, 'refund' = 2, 'cancel' = 3)",
        // a sale's revisions share ''; refunds and cancellations are told apart
        'report String',
        'line String',
        'unit UInt64',
        "time DateTime64(3, 'UTC')",
        'amount Int64',
        'quantity Float64',
        'currency LowCardinality(String)',
        'product_id String',
        'product String',
        'category LowCardinality(String)',
        'coupon LowCardinality(String)',
        'reason LowCardinality(String)',
        'version UInt64',
      ],
      engine: 'ReplacingMergeTree(version)',
      orderBy: '(ws, order_id, type, report, line)',
      shardBy: 'cityHash64(ws, order_id)',
    },
  ],
}
