import type { ClickHouse } from '#platform/ch/client.ts'

/**
 * The tables PostHog documents for a self-run ClickHouse, in the same engine and filled from our own events: sorted by
 * (team, day, name, hash of the distinct id, hash of the uuid), the person stamped on every event, properties as text
 * with those asked about in materialised columns, and merged people as overrides of distinct ids
 * (posthog/models/event/sql.py, posthog/models/person/sql.py).
 */
export async function layOutAsPostHog(
  ch: Pick<ClickHouse, 'command' | 'query'>,
  people: number,
): Promise<void> {
  const [there] = await ch.query<{ n: number }>(
    "SELECT count() AS n FROM system.tables WHERE name = 'ph_filled'",
    {},
  )
  if (there?.n) return
  for (const table of ['ph_events', 'ph_overrides']) await ch.command(`DROP TABLE IF EXISTS ${table}`)
  await ch.command(`CREATE TABLE ph_events (
    uuid UUID, event String, properties String CODEC(ZSTD(3)), timestamp DateTime64(6, 'UTC'), team_id Int64,
    distinct_id String, created_at DateTime64(6, 'UTC'), person_id UUID, person_created_at DateTime64(3, 'UTC'),
    mat_channel String MATERIALIZED JSONExtractString(properties, 'channel'),
    mat_revenue String MATERIALIZED JSONExtractRaw(properties, 'revenue'),
    _timestamp DateTime)
    ENGINE = ReplacingMergeTree(_timestamp) PARTITION BY toYYYYMM(timestamp)
    ORDER BY (team_id, toDate(timestamp), event, cityHash64(distinct_id), cityHash64(uuid)) SAMPLE BY cityHash64(distinct_id)`)
  // One bucket of people at a time: an insert must be answered within two minutes on a busy machine, too.
  const step = Math.ceil(people / 40)
  for (let from = 0; from <= people; from += step)
    await ch.command(`INSERT INTO ph_events
      SELECT toUUID(concat(substring(hex(MD5(message_id)), 1, 8), '-0000-4000-8000-', substring(hex(MD5(message_id)), 9, 12))),
        event, properties, time, 2, user_id, time, ${uuidOf('unit')}, toDateTime64('2026-01-01', 3, 'UTC'), now()
      FROM events WHERE ws = 1 AND unit >= ${from} AND unit < ${from + step}`)
  await ch.command(`CREATE TABLE ph_overrides (team_id Int64, distinct_id String, person_id UUID, is_deleted Int8, version Int64)
    ENGINE = ReplacingMergeTree(version) ORDER BY (team_id, distinct_id) SETTINGS index_granularity = 512`)
  await ch.command(`INSERT INTO ph_overrides
    SELECT 2, concat('u', toString(unit)), ${uuidOf('person')}, 0, 1 FROM unit_person FINAL WHERE person != unit AND person != 0`)
  await ch.command('OPTIMIZE TABLE ph_events')
  await ch.command('CREATE TABLE ph_filled (one UInt8) ENGINE = MergeTree ORDER BY one')
}

const uuidOf = (number: string) =>
  `toUUID(concat('00000000-0000-4000-8000-', lower(leftPad(hex(${number}), 12, '0'))))`
