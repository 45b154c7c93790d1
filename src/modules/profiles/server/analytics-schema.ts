import type { AnalyticsSchema } from '#platform/ch/migrate.ts'

/** The current state of people for set questions, and the dictionaries that tell whose an event is. */
export const analyticsSchema: AnalyticsSchema = {
  tables: [
    {
      name: 'people',
      rebuiltFrom:
        'profiles.identifier + profiles.unit_traits + profiles.unit_tag + profiles.unit_owner + profiles.unit_trash',
      columns: [
        'ws UInt32',
        'person UInt64',
        'attrs JSON(max_dynamic_paths = 512)',
        'tags Array(String)',
        'identifiers Array(Tuple(kind String, value String))',
        // lower-cased name, identifiers, and the name in pinyin and initials, one a line: for search boxes
        'search String',
        'name String',
        "first_seen DateTime64(3, 'UTC')",
        'owner String',
        'department String',
        'deleted UInt8',
        'version UInt64',
      ],
      engine: 'ReplacingMergeTree(version, deleted)',
      orderBy: '(ws, person)',
      shardBy: 'cityHash64(ws, person)',
    },
    {
      name: 'unit_person',
      rebuiltFrom: 'profiles.identifier',
      // person = 0: a device of several logins, see device_owner
      columns: ['unit UInt64', 'person UInt64', 'version UInt64'],
      indexes: ['INDEX recent version TYPE minmax GRANULARITY 1'],
      engine: 'ReplacingMergeTree(version)',
      orderBy: 'unit',
      shardBy: 'cityHash64(unit)',
    },
    {
      name: 'unit_person_base',
      rebuiltFrom: 'written when the base dictionary is loaded anew',
      columns: ['one UInt8', 'version UInt64'],
      engine: 'ReplacingMergeTree(version)',
      orderBy: 'one',
      shardBy: 'one',
    },
    {
      name: 'device_owner',
      rebuiltFrom: 'profiles.identifier',
      columns: [
        'unit UInt64',
        "starts Array(DateTime64(3, 'UTC'))",
        'persons Array(UInt64)',
        'version UInt64',
      ],
      engine: 'ReplacingMergeTree(version)',
      orderBy: 'unit',
      shardBy: 'cityHash64(unit)',
    },
    {
      name: 'unit_activity',
      rebuiltFrom: 'collect.log_batch + collect.verdict',
      columns: [
        'ws UInt32',
        'unit UInt64',
        "first SimpleAggregateFunction(min, DateTime64(3, 'UTC'))",
        "last SimpleAggregateFunction(max, DateTime64(3, 'UTC'))",
      ],
      engine: 'AggregatingMergeTree',
      orderBy: '(ws, unit)',
      shardBy: 'cityHash64(ws, unit)',
    },
  ],
  // Two levels, because loading a million entries anew takes 154 ms and must not happen with every micro-batch. The small
  // one stays a hash table: an array as long as all units would be cleared each time.
  dictionaries: [
    {
      name: 'unit_person_base_dict',
      columns: ['unit UInt64', 'person UInt64'],
      key: 'unit',
      query: 'SELECT unit, person FROM {db}.unit_person FINAL',
      // Units are counted up from 1, so an array of 8 bytes a unit: 13 M look-ups among a million units take 33 ms
      // instead of 150, and less memory than a hash table as soon as one unit in four is merged.
      layout: 'FLAT(INITIAL_ARRAY_SIZE 65536 MAX_ARRAY_SIZE 4000000000)',
    },
    {
      name: 'unit_person_delta_dict',
      columns: ['unit UInt64', 'person UInt64'],
      key: 'unit',
      query:
        'SELECT unit, argMax(person, version) AS person FROM {db}.unit_person ' +
        'WHERE version > (SELECT max(version) FROM {db}.unit_person_base) GROUP BY unit',
      layout: 'HASHED()',
    },
    {
      name: 'device_owner_dict',
      columns: ['unit UInt64', "starts Array(DateTime64(3, 'UTC'))", 'persons Array(UInt64)'],
      key: 'unit',
      query: 'SELECT unit, starts, persons FROM {db}.device_owner FINAL WHERE notEmpty(persons)',
      layout: 'HASHED()',
    },
  ],
}

/** SQL of the person a unit's event belongs to: at `time` where the unit is a device of several logins. */
export function personOfSql(database: string): (unit: string, time: string) => string {
  const dict = (name: string) => `'${database}.${name}'`
  return (unit, time) => {
    const base = `dictGetOrDefault(${dict('unit_person_base_dict')}, 'person', ${unit}, ${unit})`
    const current = `dictGetOrDefault(${dict('unit_person_delta_dict')}, 'person', ${unit}, ${base})`
    const starts = `dictGet(${dict('device_owner_dict')}, 'starts', ${unit})`
    const owner = `dictGet(${dict('device_owner_dict')}, 'persons', ${unit})[arrayCount(s -> s <= ${time}, ${starts})]`
    return `if(${current} = 0, ${owner}, ${current})`
  }
}

/**
 * SQL condition on a unit that holds for every unit whose events may belong to people for whom `isMeant` (SQL of a
 * person) holds, and for some others: who an event is of must still be asked. Their own numbers first, a range of
 * the sort key where `isMeant` is one; then what was merged into them, or was a device of theirs for a time.
 */
export function unitsOfSql(
  database: string,
): (isMeant: (personSql: string) => string, unit: string) => string {
  return (isMeant, unit) => {
    const merged = `SELECT unit FROM ${database}.unit_person WHERE ${isMeant('person')} AND person != unit`
    const shared = `SELECT unit FROM ${database}.device_owner WHERE arrayExists(p -> ${isMeant('p')}, persons)`
    return `${isMeant(unit)} OR ${unit} IN (${merged}) OR ${unit} IN (${shared})`
  }
}
