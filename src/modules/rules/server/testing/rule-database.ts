import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Session } from 'chdb'
import type { CanonicalRecord } from '../canonical.ts'
import { toCanonicalJson } from '../canonical.ts'
import type { BoundQuery } from '../compile-rule.ts'

export type StoredPerson = {
  ws: number
  person: number
  attrs: CanonicalRecord
  tags: string[]
  owner?: string
  department?: string
  deleted?: number
  version?: number
}
export type StoredEvent = {
  ws: number
  unit: number
  name: string
  time: number
  messageId: string
  props: CanonicalRecord
}

export type StoredListUnit = { ws: number; list: number; unit: number; present: 0 | 1; version: number }
export type StoredReach = {
  ws: number
  person: number
  consents: readonly string[]
  reach: readonly string[]
  version: number
}
export type StoredCircle = {
  ws: number
  circle: number
  kind: string
  attrs: CanonicalRecord
  deleted?: number
}
export type StoredMember = {
  ws: number
  circle: number
  unit: number
  kind: string
  title: string
  since: number
  deleted?: number
}

/** A ClickHouse in a temporary folder with the tables that rules read. One per test file: chDB allows one path per process. */
export function openRuleDatabase() {
  const dir = mkdtempSync(join(tmpdir(), 'rules-'))
  const session = new Session(dir, { connectionArgs: ['--max_threads=2'] })
  session.query('CREATE DATABASE t')
  session.query(`CREATE TABLE t.events (ws UInt32, unit UInt64, time DateTime64(3,'UTC'), event LowCardinality(String),
    message_id String, props JSON) ENGINE MergeTree ORDER BY (ws, unit, time, message_id) PARTITION BY toYYYYMM(time)`)
  session.query(`CREATE TABLE t.people (ws UInt32, person UInt64, attrs JSON, tags Array(String), owner String, department String,
    first_seen DateTime64(3,'UTC'), deleted UInt8, version UInt64) ENGINE ReplacingMergeTree(version, deleted) ORDER BY (ws, person)`)
  session.query(`CREATE TABLE t.list_unit (ws UInt32, list UInt32, unit UInt64, at DateTime64(3,'UTC'), present UInt8,
    version UInt64) ENGINE ReplacingMergeTree(version) ORDER BY (ws, list, unit)`)
  session.query(`CREATE TABLE t.person_reach (ws UInt32, person UInt64, consents Array(String), reach Array(String), deleted UInt8,
    version UInt64) ENGINE ReplacingMergeTree(version, deleted) ORDER BY (ws, person)`)
  session.query(`CREATE TABLE t.circle (ws UInt32, circle UInt64, kind LowCardinality(String), attrs JSON, deleted UInt8, version UInt64)
    ENGINE ReplacingMergeTree(version, deleted) ORDER BY (ws, circle)`)
  session.query(`CREATE TABLE t.circle_member (ws UInt32, circle UInt64, unit UInt64, place UInt64, kind LowCardinality(String),
    since DateTime64(3,'UTC'), title String, deleted UInt8, version UInt64)
    ENGINE ReplacingMergeTree(version, deleted) ORDER BY (ws, circle, unit, place)`)
  const insert = (table: string, rows: string[]): void => {
    if (rows.length === 0) return
    session.query(`INSERT INTO t.${table} SETTINGS ${insertSettings} FORMAT JSONEachRow ${rows.join('\n')}`)
  }
  return {
    tables: {
      events: 't.events',
      people: 't.people',
      lists: 't.list_unit',
      circles: 't.circle',
      circleMembers: 't.circle_member',
      reach: 't.person_reach',
    },
    addPeople: (people: StoredPerson[]) => insert('people', people.map(personLine)),
    addEvents: (events: StoredEvent[]) => insert('events', events.map(eventLine)),
    addToLists: (rows: StoredListUnit[]) =>
      insert(
        'list_unit',
        rows.map((row) => JSON.stringify({ at: 0, ...row })),
      ),
    addReach: (rows: StoredReach[]) =>
      insert(
        'person_reach',
        rows.map((row) => JSON.stringify({ deleted: 0, ...row })),
      ),
    addCircles: (circles: StoredCircle[]) =>
      insert(
        'circle',
        circles.map(
          ({ attrs, ...one }) =>
            `${JSON.stringify({ deleted: 0, version: 1, ...one }).slice(0, -1)},"attrs":${toCanonicalJson(attrs)}}`,
        ),
      ),
    addMembers: (members: StoredMember[]) =>
      insert(
        'circle_member',
        members.map(({ since, ...one }) =>
          JSON.stringify({ deleted: 0, version: 1, place: 0, since: new Date(since).toISOString(), ...one }),
        ),
      ),
    rows: <T>({ sql, params }: BoundQuery): T[] => {
      const text = session.queryBind(sql, params, 'JSONEachRow')
      return text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as T)
    },
    close: () => {
      session.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

// As the projection inserts: nothing inferred from text.
const insertSettings =
  "input_format_try_infer_integers = 0, input_format_try_infer_dates = 0, input_format_try_infer_datetimes = 0, date_time_input_format = 'best_effort', throw_on_max_partitions_per_insert_block = 0"

function personLine({ attrs, ...one }: StoredPerson): string {
  const fields = JSON.stringify({ owner: '', department: '', deleted: 0, version: 1, first_seen: 0, ...one })
  return `${fields.slice(0, -1)},"attrs":${toCanonicalJson(attrs)}}`
}

function eventLine({ ws, unit, name, time, messageId, props }: StoredEvent): string {
  const fields = JSON.stringify({ ws, unit, event: name, message_id: messageId })
  return `${fields.slice(0, -1)},"time":"${new Date(time).toISOString()}","props":${toCanonicalJson(props)}}`
}
