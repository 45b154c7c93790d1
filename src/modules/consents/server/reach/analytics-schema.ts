import type { AnalyticsSchema } from '#platform/ch/migrate.ts'

export const reachTable = 'person_reach'

/** What people said about being spoken to and which of their addresses take messages, for set questions. */
export const analyticsSchema: AnalyticsSchema = {
  tables: [
    {
      name: reachTable,
      rebuiltFrom: 'consents.state + consents.address_refusal + consents.suppression + profiles.identifier',
      columns: [
        'ws UInt32',
        'person UInt64',
        // `channel:topic=state`, as leaves of rules ask for it
        'consents Array(LowCardinality(String))',
        // `channel`, `channel!topic`, `channel+topic`
        'reach Array(LowCardinality(String))',
        'deleted UInt8',
        'version UInt64',
      ],
      engine: 'ReplacingMergeTree(version, deleted)',
      orderBy: '(ws, person)',
      shardBy: 'cityHash64(ws, person)',
    },
  ],
}
