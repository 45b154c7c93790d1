import type { AnalyticsSchema } from '#platform/ch/migrate.ts'

// What lies further away shares the first and the last month: an insert writes one part a month (10 ms each), and
// clients do send every time from 1970 to 2199.
/** SQL of the partition an event lies in. */
export const eventMonth =
  "toYYYYMM(least(greatest(time, toDateTime64('2015-01-01', 3, 'UTC')), toDateTime64('2034-12-31', 3, 'UTC')))"

/**
 * Events, one row per stored item, sorted so that one person's history lies together: a timeline out of 20 M events
 * takes 2 ms sorted by (person, time) and 180–350 ms sorted by (event, day).
 * `unit` is the number of the identifier the event belongs to for ever; the person is found at read time.
 */
export const analyticsSchema: AnalyticsSchema = {
  tables: [
    {
      name: 'events',
      rebuiltFrom: 'collect.log_batch + collect.verdict',
      columns: [
        'ws UInt32',
        'unit UInt64',
        "time DateTime64(3, 'UTC')",
        'event LowCardinality(String)',
        'type LowCardinality(String)',
        'message_id String',
        'user_id String',
        'anonymous_id String',
        'props JSON(max_dynamic_paths = 512)',
        'properties String CODEC(ZSTD(1))',
        'context String CODEC(ZSTD(1))',
        "received_at DateTime64(3, 'UTC')",
        'seq UInt64 CODEC(Delta, ZSTD(1))',
        'idx UInt32',
      ],
      indexes: ['INDEX seq_range seq TYPE minmax GRANULARITY 1'],
      engine: 'MergeTree',
      partitionBy: eventMonth,
      orderBy: '(ws, unit, time, message_id)',
      // For questions about one event of everybody (decision 9): four to ten times faster, 27 MB a million events. The
      // engine takes it by itself where a statement names events and reads nothing but these columns.
      orders: [
        {
          name: 'by_event',
          columns: ['ws', 'event', 'unit', 'time', 'message_id', 'type', 'props'],
          orderBy: ['ws', 'event', 'unit', 'time', 'message_id'],
        },
      ],
      shardBy: 'cityHash64(ws, unit)',
    },
  ],
}
