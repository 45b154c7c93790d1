CREATE TABLE IF NOT EXISTS headwater.people_local ON CLUSTER 'growth' (
  ws UInt32,
  person UInt64,
  attrs JSON(max_dynamic_paths = 512),
  tags Array(String),
  identifiers Array(Tuple(kind String, value String)),
  search String,
  name String,
  first_seen DateTime64(3, 'UTC'),
  owner String,
  department String,
  deleted UInt8,
  version UInt64
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/headwater/people', '{replica}', version, deleted)
ORDER BY (ws, person);

CREATE TABLE IF NOT EXISTS headwater.people ON CLUSTER 'growth' AS headwater.people_local
ENGINE = Distributed('growth', 'headwater', 'people_local', cityHash64(ws, person));

CREATE TABLE IF NOT EXISTS headwater.unit_person_local ON CLUSTER 'growth' (
  unit UInt64,
  person UInt64,
  version UInt64,
  INDEX recent version TYPE minmax GRANULARITY 1
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/headwater/unit_person', '{replica}', version)
ORDER BY unit;

CREATE TABLE IF NOT EXISTS headwater.unit_person ON CLUSTER 'growth' AS headwater.unit_person_local
ENGINE = Distributed('growth', 'headwater', 'unit_person_local', cityHash64(unit));

CREATE TABLE IF NOT EXISTS headwater.unit_person_base_local ON CLUSTER 'growth' (
  one UInt8,
  version UInt64
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/headwater/unit_person_base', '{replica}', version)
ORDER BY one;

CREATE TABLE IF NOT EXISTS headwater.unit_person_base ON CLUSTER 'growth' AS headwater.unit_person_base_local
ENGINE = Distributed('growth', 'headwater', 'unit_person_base_local', one);

CREATE TABLE IF NOT EXISTS headwater.device_owner_local ON CLUSTER 'growth' (
  unit UInt64,
  starts Array(DateTime64(3, 'UTC')),
  persons Array(UInt64),
  version UInt64
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/headwater/device_owner', '{replica}', version)
ORDER BY unit;

CREATE TABLE IF NOT EXISTS headwater.device_owner ON CLUSTER 'growth' AS headwater.device_owner_local
ENGINE = Distributed('growth', 'headwater', 'device_owner_local', cityHash64(unit));

CREATE TABLE IF NOT EXISTS headwater.unit_activity_local ON CLUSTER 'growth' (
  ws UInt32,
  unit UInt64,
  first SimpleAggregateFunction(min, DateTime64(3, 'UTC')),
  last SimpleAggregateFunction(max, DateTime64(3, 'UTC'))
)
ENGINE = ReplicatedAggregatingMergeTree('/clickhouse/tables/{shard}/headwater/unit_activity', '{replica}')
ORDER BY (ws, unit);

CREATE TABLE IF NOT EXISTS headwater.unit_activity ON CLUSTER 'growth' AS headwater.unit_activity_local
ENGINE = Distributed('growth', 'headwater', 'unit_activity_local', cityHash64(ws, unit));

CREATE OR REPLACE DICTIONARY headwater.unit_person_base_dict ON CLUSTER 'growth' (unit UInt64, person UInt64)
PRIMARY KEY unit
SOURCE(CLICKHOUSE(USER 'app' PASSWORD 'secret' QUERY 'SELECT unit, person FROM headwater.unit_person FINAL'))
LAYOUT(FLAT(INITIAL_ARRAY_SIZE 65536 MAX_ARRAY_SIZE 4000000000))
LIFETIME(0);

CREATE OR REPLACE DICTIONARY headwater.unit_person_delta_dict ON CLUSTER 'growth' (unit UInt64, person UInt64)
PRIMARY KEY unit
SOURCE(CLICKHOUSE(USER 'app' PASSWORD 'secret' QUERY 'SELECT unit, argMax(person, version) AS person FROM headwater.unit_person WHERE version > (SELECT max(version) FROM headwater.unit_person_base) GROUP BY unit'))
LAYOUT(HASHED())
LIFETIME(0);

CREATE OR REPLACE DICTIONARY headwater.device_owner_dict ON CLUSTER 'growth' (unit UInt64, starts Array(DateTime64(3, 'UTC')), persons Array(UInt64))
PRIMARY KEY unit
SOURCE(CLICKHOUSE(USER 'app' PASSWORD 'secret' QUERY 'SELECT unit, starts, persons FROM headwater.device_owner FINAL WHERE notEmpty(persons)'))
LAYOUT(HASHED())
LIFETIME(0);

CREATE TABLE IF NOT EXISTS headwater.person_reach_local ON CLUSTER 'growth' (
  ws UInt32,
  person UInt64,
  consents Array(LowCardinality(String)),
  reach Array(LowCardinality(String)),
  deleted UInt8,
  version UInt64
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/headwater/person_reach', '{replica}', version, deleted)
ORDER BY (ws, person);

CREATE TABLE IF NOT EXISTS headwater.person_reach ON CLUSTER 'growth' AS headwater.person_reach_local
ENGINE = Distributed('growth', 'headwater', 'person_reach_local', cityHash64(ws, person));

CREATE TABLE IF NOT EXISTS headwater.events_local ON CLUSTER 'growth' (
  ws UInt32,
  unit UInt64,
  time DateTime64(3, 'UTC'),
  event LowCardinality(String),
  type LowCardinality(String),
  message_id String,
  user_id String,
  anonymous_id String,
  props JSON(max_dynamic_paths = 512),
  properties String CODEC(ZSTD(1)),
  context String CODEC(ZSTD(1)),
  received_at DateTime64(3, 'UTC'),
  seq UInt64 CODEC(Delta, ZSTD(1)),
  idx UInt32,
  INDEX seq_range seq TYPE minmax GRANULARITY 1,
  PROJECTION by_event (SELECT ws, event, unit, time, message_id, type, props ORDER BY ws, event, unit, time, message_id)
)
ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/headwater/events', '{replica}')
PARTITION BY toYYYYMM(least(greatest(time, toDateTime64('2015-01-01', 3, 'UTC')), toDateTime64('2034-12-31', 3, 'UTC')))
ORDER BY (ws, unit, time, message_id);

CREATE TABLE IF NOT EXISTS headwater.events ON CLUSTER 'growth' AS headwater.events_local
ENGINE = Distributed('growth', 'headwater', 'events_local', cityHash64(ws, unit));

CREATE TABLE IF NOT EXISTS headwater.order_report_local ON CLUSTER 'growth' (
  ws UInt32,
  order_id String,
  type Enum8('sale' = 1, 'refund' = 2, 'cancel' = 3),
  report String,
  unit UInt64,
  time DateTime64(3, 'UTC'),
  amount Int64,
  discount Int64,
  quantity Float64,
  currency LowCardinality(String),
  coupon LowCardinality(String),
  reason LowCardinality(String),
  products Array(Tuple(id String, name String, category String, quantity Float64, amount Int64)),
  props JSON(max_dynamic_paths = 128),
  version UInt64
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/headwater/order_report', '{replica}', version)
ORDER BY (ws, order_id, type, report);

CREATE TABLE IF NOT EXISTS headwater.order_report ON CLUSTER 'growth' AS headwater.order_report_local
ENGINE = Distributed('growth', 'headwater', 'order_report_local', cityHash64(ws, order_id));

CREATE TABLE IF NOT EXISTS headwater.circle_local ON CLUSTER 'growth' (
  ws UInt32,
  circle UInt64,
  kind LowCardinality(String),
  attrs JSON(max_dynamic_paths = 512),
  name String,
  domain String,
  search String,
  owner String,
  department String,
  created DateTime64(3, 'UTC'),
  deleted UInt8,
  version UInt64
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/headwater/circle', '{replica}', version, deleted)
ORDER BY (ws, circle);

CREATE TABLE IF NOT EXISTS headwater.circle ON CLUSTER 'growth' AS headwater.circle_local
ENGINE = Distributed('growth', 'headwater', 'circle_local', cityHash64(ws, circle));

CREATE TABLE IF NOT EXISTS headwater.circle_member_local ON CLUSTER 'growth' (
  ws UInt32,
  circle UInt64,
  unit UInt64,
  place UInt64,
  kind LowCardinality(String),
  since DateTime64(3, 'UTC'),
  title String,
  main UInt8,
  deleted UInt8,
  version UInt64
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/headwater/circle_member', '{replica}', version, deleted)
ORDER BY (ws, circle, unit, place);

CREATE TABLE IF NOT EXISTS headwater.circle_member ON CLUSTER 'growth' AS headwater.circle_member_local
ENGINE = Distributed('growth', 'headwater', 'circle_member_local', cityHash64(ws, circle));

CREATE TABLE IF NOT EXISTS headwater.segment_member_local ON CLUSTER 'growth' (
  ws UInt32,
  segment UInt32,
  person UInt64,
  member UInt8,
  flipped UInt8,
  recheck_at Int64,
  since DateTime64(3, 'UTC'),
  version UInt64,
  INDEX recent version TYPE minmax GRANULARITY 1
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/headwater/segment_member', '{replica}', version)
ORDER BY (ws, segment, person);

CREATE TABLE IF NOT EXISTS headwater.segment_member ON CLUSTER 'growth' AS headwater.segment_member_local
ENGINE = Distributed('growth', 'headwater', 'segment_member_local', cityHash64(ws, person));

CREATE TABLE IF NOT EXISTS headwater.segment_change_local ON CLUSTER 'growth' (
  ws UInt32,
  segment UInt32,
  at DateTime64(3, 'UTC'),
  person UInt64,
  entered UInt8,
  version UInt64,
  INDEX recent version TYPE minmax GRANULARITY 1
)
ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/headwater/segment_change', '{replica}')
PARTITION BY toYYYYMM(at)
ORDER BY (ws, segment, at, person);

CREATE TABLE IF NOT EXISTS headwater.segment_change ON CLUSTER 'growth' AS headwater.segment_change_local
ENGINE = Distributed('growth', 'headwater', 'segment_change_local', cityHash64(ws, person));

CREATE TABLE IF NOT EXISTS headwater.list_unit_local ON CLUSTER 'growth' (
  ws UInt32,
  list UInt32,
  unit UInt64,
  at DateTime64(3, 'UTC'),
  present UInt8,
  version UInt64
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/headwater/list_unit', '{replica}', version)
ORDER BY (ws, list, unit);

CREATE TABLE IF NOT EXISTS headwater.list_unit ON CLUSTER 'growth' AS headwater.list_unit_local
ENGINE = Distributed('growth', 'headwater', 'list_unit_local', cityHash64(ws, list));

CREATE TABLE IF NOT EXISTS headwater.segment_size_local ON CLUSTER 'growth' (
  ws UInt32,
  segment UInt32,
  at DateTime('UTC'),
  size UInt64,
  version UInt64
)
ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/headwater/segment_size', '{replica}', version)
ORDER BY (ws, segment, at);

CREATE TABLE IF NOT EXISTS headwater.segment_size ON CLUSTER 'growth' AS headwater.segment_size_local
ENGINE = Distributed('growth', 'headwater', 'segment_size_local', cityHash64(ws, segment));

ALTER TABLE headwater.events_local ON CLUSTER 'growth' ADD PROJECTION IF NOT EXISTS by_event (SELECT ws, event, unit, time, message_id, type, props ORDER BY ws, event, unit, time, message_id);

ALTER TABLE headwater.events_local ON CLUSTER 'growth' MATERIALIZE PROJECTION by_event SETTINGS mutations_sync = 0;

ALTER TABLE headwater.events_local ON CLUSTER 'growth' DELETE WHERE seq > 41 SETTINGS mutations_sync = 2, allow_nondeterministic_mutations = 1;

ALTER TABLE headwater.unit_activity_local ON CLUSTER 'growth' DELETE WHERE (ws, unit) NOT IN (SELECT ws, unit FROM headwater.events_local) SETTINGS mutations_sync = 2, allow_nondeterministic_mutations = 1;

ALTER TABLE headwater.events_local ON CLUSTER 'growth' DELETE WHERE seq >= 1 AND seq <= 200 SETTINGS mutations_sync = 2, allow_nondeterministic_mutations = 1;

SYSTEM RELOAD DICTIONARY ON CLUSTER 'growth' headwater.unit_person_base_dict;

SYSTEM RELOAD DICTIONARY ON CLUSTER 'growth' headwater.unit_person_delta_dict;

SYSTEM RELOAD DICTIONARY ON CLUSTER 'growth' headwater.device_owner_dict;

TRUNCATE TABLE headwater.people_local ON CLUSTER 'growth' SETTINGS alter_sync = 2;

TRUNCATE TABLE headwater.unit_person_local ON CLUSTER 'growth' SETTINGS alter_sync = 2;

TRUNCATE TABLE headwater.device_owner_local ON CLUSTER 'growth' SETTINGS alter_sync = 2;

TRUNCATE TABLE headwater.unit_activity_local ON CLUSTER 'growth' SETTINGS alter_sync = 2;

TRUNCATE TABLE headwater.events_local ON CLUSTER 'growth' SETTINGS alter_sync = 2;

TRUNCATE TABLE headwater.order_report_local ON CLUSTER 'growth' SETTINGS alter_sync = 2;

TRUNCATE TABLE headwater.circle_local ON CLUSTER 'growth' SETTINGS alter_sync = 2;

TRUNCATE TABLE headwater.circle_member_local ON CLUSTER 'growth' SETTINGS alter_sync = 2;
