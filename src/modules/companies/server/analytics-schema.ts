import type { AnalyticsSchema } from '#platform/ch/migrate.ts'

/**
 * Companies and households for set questions. A membership carries the unit it was said of and since when; the person is
 * found at read time, as with events.
 */
export const analyticsSchema: AnalyticsSchema = {
  tables: [
    {
      name: 'circle',
      rebuiltFrom: 'companies.circle',
      columns: [
        'ws UInt32',
        'circle UInt64',
        'kind LowCardinality(String)',
        'attrs JSON(max_dynamic_paths = 512)',
        'name String',
        'domain String',
        // lower-cased name, domain and external id, for the list's search box
        'search String',
        'owner String',
        'department String',
        "created DateTime64(3, 'UTC')",
        'deleted UInt8',
        'version UInt64',
      ],
      engine: 'ReplacingMergeTree(version, deleted)',
      orderBy: '(ws, circle)',
      shardBy: 'cityHash64(ws, circle)',
    },
    {
      name: 'circle_member',
      rebuiltFrom: 'companies.member',
      columns: [
        'ws UInt32',
        'circle UInt64',
        'unit UInt64',
        'place UInt64',
        'kind LowCardinality(String)',
        "since DateTime64(3, 'UTC')",
        'title String',
        'main UInt8',
        'deleted UInt8',
        'version UInt64',
      ],
      engine: 'ReplacingMergeTree(version, deleted)',
      orderBy: '(ws, circle, unit, place)',
      shardBy: 'cityHash64(ws, circle)',
    },
  ],
}
