import type { AnalyticsSchema } from '#platform/ch/migrate.ts'

/** Who is in which segment, since when, and when that may change by itself; and what changed. */
export const analyticsSchema: AnalyticsSchema = {
  tables: [
    {
      name: 'segment_member',
      rebuiltFrom: 'segments.segment (its rule) over people and events',
      columns: [
        'ws UInt32',
        'segment UInt32',
        'person UInt64',
        'member UInt8',
        // this row changed `member`, not only `recheck_at`
        'flipped UInt8',
        // ms; 0: never by itself
        'recheck_at Int64',
        // entered then, or was found in it by a count from scratch; 1970: not known, since a rebuild
        "since DateTime64(3, 'UTC')",
        'version UInt64',
      ],
      indexes: ['INDEX recent version TYPE minmax GRANULARITY 1'],
      engine: 'ReplacingMergeTree(version)',
      orderBy: '(ws, segment, person)',
      shardBy: 'cityHash64(ws, person)',
    },
    {
      name: 'segment_change',
      rebuiltFrom: 'nothing: a record of what was; a rebuild keeps it',
      columns: [
        'ws UInt32',
        'segment UInt32',
        "at DateTime64(3, 'UTC')",
        'person UInt64',
        'entered UInt8',
        'version UInt64',
      ],
      indexes: ['INDEX recent version TYPE minmax GRANULARITY 1'],
      engine: 'MergeTree',
      partitionBy: 'toYYYYMM(at)',
      orderBy: '(ws, segment, at, person)',
      shardBy: 'cityHash64(ws, person)',
    },
    {
      name: 'list_unit',
      rebuiltFrom: 'segments.list_unit and segments.snapshot_part',
      columns: [
        'ws UInt32',
        // number of the list (a segment) or of the snapshot
        'list UInt32',
        'unit UInt64',
        // when it was put on: whose a shared device was then
        "at DateTime64(3, 'UTC')",
        'present UInt8',
        'version UInt64',
      ],
      engine: 'ReplacingMergeTree(version)',
      orderBy: '(ws, list, unit)',
      shardBy: 'cityHash64(ws, list)',
    },
    {
      name: 'segment_size',
      rebuiltFrom: 'nothing: a record of what was; a rebuild keeps it',
      // the last size within each hour
      columns: ['ws UInt32', 'segment UInt32', "at DateTime('UTC')", 'size UInt64', 'version UInt64'],
      engine: 'ReplacingMergeTree(version)',
      orderBy: '(ws, segment, at)',
      shardBy: 'cityHash64(ws, segment)',
    },
  ],
}
