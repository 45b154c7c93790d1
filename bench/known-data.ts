import pg from 'pg'
import type { More } from '#bench/data-set.ts'

/** Number of the person with many events, and how many these are. */
export const busy = { person: 1, events: 10_000 }
/** People who belong to one company. */
export const peopleOfCompany = 20

// Frequent names, so that a name finds thousands and a name with a phone's end one.
const surnames = '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗'
const given = [
  '伟',
  '芳',
  '娜',
  '敏',
  '静',
  '丽',
  '强',
  '磊',
  '军',
  '洋',
  '秀英',
  '晓明',
  '子涵',
  '雨桐',
  '思远',
]
const spelled = {
  surnames: 'wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo'.split(' '),
  given: 'wei fang na min jing li qiang lei jun yang xiuying xiaoming zihan yutong siyuan'.split(' '),
}

/**
 * What is asked for where people are known: Chinese names and phones, a person with 10,000 events on six devices with
 * what browsers tell of themselves, and a company for every twenty people.
 */
export const known: More = {
  name: 'known',
  fill: async (ch, databaseUrl, people) => {
    const client = new pg.Client({ connectionString: databaseUrl, options: '-c role=headwater_system' })
    await client.connect()
    await fillPeople(client, people)
    await fillCompanies(client, people)
    await client.query(
      `insert into collect.verdict (seq, workspace_id, outcomes, stored) values (2, 1, '', $1)`,
      [busy.events],
    )
    await client.query('set role none')
    await client.query(`select setval('profiles.unit_seq', $1)`, [
      Math.ceil((2 * people) / 1000) * 1000 + 2000,
    ])
    await client.query(`select setval('companies.version_seq', $1)`, [people * 2])
    await client.query('analyze')
    await client.end()
    for (const statement of inClickHouse(people)) await ch.command(statement)
  },
}

const nameOf = (n: string) =>
  `substr('${surnames}', 1 + (${n} % ${surnames.length})::int, 1) || (array['${given.join("','")}'])[1 + (${n} / ${surnames.length} % ${given.length})::int]`
const phoneOf = (n: string) => `'+861' || lpad((3000000000 + ${n} * 7919 % 6999999999)::text, 10, '0')`

/** Units: a login n, a phone people + n, devices of the busy person behind. */
async function fillPeople(client: pg.Client, people: number): Promise<void> {
  await client.query(
    `update profiles.unit_traits set traits = traits || jsonb_build_object(
       'name', jsonb_build_array(jsonb_build_array(${nameOf('unit')}, 1700000000000, 'm')),
       'phone', jsonb_build_array(jsonb_build_array(${phoneOf('unit')}, 1700000000000, 'm')))`,
  )
  await client.query(
    `insert into profiles.identifier (workspace_id, unit, kind, value, person, component, first_time, first_message_id, seen)
     select 1, $1 + n, 'phone', ${phoneOf('n')}, n, n, 1700000000000, 'm', true from generate_series(1::bigint, $1::bigint) n
     union all
     select 1, 2 * $1::bigint + n, 'anonymous_id', 'device-' || n, ${busy.person}, ${busy.person}, 1700000000000, 'm', true from generate_series(1, 6) n`,
    [people],
  )
  await client.query(
    `insert into profiles.attribute (workspace_id, name, type) select 1, * from (values ('name', 'text'), ('phone', 'text')) v on conflict do nothing`,
  )
}

async function fillCompanies(client: pg.Client, people: number): Promise<void> {
  const companies = people / peopleOfCompany
  await client.query(
    `insert into companies.circle (workspace_id, id, kind, external_id, traits, name, domain, created_at, updated_at, version)
     select 1, 'com_' || lpad(n::text, 22, '0'), 'company', 'c' || n, jsonb_build_object(
         'name', jsonb_build_array('Company ' || n, 1700000000000, 'm'),
         'industry', jsonb_build_array('i' || n % 12, 1700000000000, 'm'),
         'employees', jsonb_build_array(n % 500 + 0.5, 1700000000000, 'm')),
       'Company ' || n, 'c' || n || '.example', now(), now(), n
     from generate_series(1, $1::int) n order by n`,
    [companies],
  )
  await client.query(
    `insert into companies.member (workspace_id, circle, unit, since, last, title, title_at, title_by, version)
     select 1, 1 + (n - 1) % $2::int, n, 1700000000000, 1700000000000, 't' || n % 30, 1700000000000, 'm', $2 + n
     from generate_series(1, $1::int) n`,
    [people, companies],
  )
  await client.query(
    `insert into companies.attribute (workspace_id, name, type)
     values (1, 'name', 'text'), (1, 'industry', 'text'), (1, 'employees', 'number') on conflict do nothing`,
  )
  await client.query('update companies.shipped set version = $1', [companies + people])
}

const list = (texts: readonly string[]) => `[${texts.map((text) => `'${text}'`).join(', ')}]`

function inClickHouse(people: number): string[] {
  const companies = people / peopleOfCompany
  const surname = `number % ${surnames.length}`
  const first = `intDiv(number, ${surnames.length}) % ${given.length}`
  const name = `concat(${list([...surnames])}[1 + ${surname}], ${list(given)}[1 + ${first}])`
  const latin = `concat(${list(spelled.surnames)}[1 + ${surname}], ${list(spelled.given)}[1 + ${first}])`
  const phone = `concat('+861', toString(3000000000 + number * 7919 % 6999999999))`
  const context = `concat('{"ip":"203.0.113.', toString(number % 250), '","locale":"zh-CN","userAgent":"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36","page":{"path":"/course/', toString(number % 300),
    '","url":"https://www.example.com/course/', toString(number % 300), if(number % 50 = 0, '?utm_source=baidu&utm_medium=cpc', ''), '","referrer":"https://www.example.com/","title":"Course ', toString(number % 300), '"},"screen":{"width":1440,"height":900},"timezone":"Asia/Shanghai"}')`
  return [
    'TRUNCATE TABLE people',
    `INSERT INTO people (ws, person, attrs, search, identifiers, name, first_seen, version)
     SELECT 1, number, concat('{"city":"c', toString(number % 20), '","age":', toString(number % 70), '.5,"name":"', ${name}, '","phone":"', ${phone}, '"}')::JSON,
       concat(${name}, '\\nu', toString(number), '\\n', ${latin}, '\\n', substring(${list(spelled.surnames)}[1 + ${surname}], 1, 1), substring(${list(spelled.given)}[1 + ${first}], 1, 1), '\\n\\x01\\n', ${phone}),
       [('user_id', concat('u', toString(number))), ('phone', ${phone})], ${name}, now64(3) - 8640000, 1 FROM numbers(1, ${people})`,
    `INSERT INTO unit_person SELECT ${people} + number, number, 1 FROM numbers(1, ${people})
     UNION ALL SELECT ${2 * people} + number, ${busy.person}, 1 FROM numbers(1, 6)`,
    `INSERT INTO circle (ws, circle, kind, attrs, name, domain, search, created, version)
     SELECT 1, number, 'company', concat('{"name":"Company ', toString(number), '","industry":"i', toString(number % 12), '","employees":', toString(number % 500), '.5}')::JSON,
       concat('Company ', toString(number)), concat('c', toString(number), '.example'), concat('company ', toString(number), '\\nc', toString(number), '.example\\nc', toString(number)), now64(3), number FROM numbers(1, ${companies})`,
    `INSERT INTO circle_member (ws, circle, unit, place, kind, since, title, version)
     SELECT 1, 1 + (number - 1) % ${companies}, number, 0, 'company', fromUnixTimestamp64Milli(1700000000000, 'UTC'), concat('t', toString(number % 30)), ${companies} + number FROM numbers(1, ${people})`,
    `INSERT INTO events (ws, unit, time, event, type, message_id, user_id, anonymous_id, props, properties, context, received_at, seq, idx)
     SELECT 1, if(number % 3 = 0, ${busy.person}, ${2 * people} + 1 + number % 6), now64(3) - toIntervalSecond(cityHash64(number, 1) % 15552000), concat('E', toString(cityHash64(number, 2) % 20)), if(number % 2 = 0, 'page', 'track'),
       concat('b', toString(number)), if(number % 3 = 0, 'u${busy.person}', ''), concat('device-', toString(1 + number % 6)),
       concat('{"revenue":', toString(number % 500), '.5,"course":"Course ', toString(number % 300), '"}')::JSON, concat('{"revenue":', toString(number % 500), '.5,"course":"Course ', toString(number % 300), '"}'),
       ${context}, now64(3), 2, number FROM numbers(${busy.events})`,
    `INSERT INTO unit_activity SELECT ws, unit, min(time), max(time) FROM events WHERE seq = 2 GROUP BY ws, unit`,
    'SYSTEM RELOAD DICTIONARY unit_person_base_dict',
    'INSERT INTO unit_person_base (one, version) VALUES (1, 1)',
    'SYSTEM RELOAD DICTIONARY unit_person_delta_dict',
  ]
}
