import fc from 'fast-check'

const columns = {
  events: [
    'event',
    'type',
    'message_id',
    'person',
    'props.plan',
    'num(props.price)',
    "properties['plan']",
    'toHour(time)',
  ],
  people: ['person', 'name', 'attrs.city', 'num(attrs.grade)', 'length(tags)', 'toDate(first_seen)'],
  orders: ['order_id', 'type', 'amount', 'currency', 'category', 'person'],
  segment_members: ['segment', 'segment_id', 'person', 'toDate(since)'],
  companies: ['name', 'domain', 'attrs.size'],
} as const
type View = keyof typeof columns
const view = fc.constantFrom(...(Object.keys(columns) as View[]))
const aggregate = fc.constantFrom('count()', 'uniq(1)', "groupArray('x')", 'countIf(1)', 'any(1)')
const condition = fc.constantFrom(
  '1',
  'NOT 0',
  '1 = 1 OR 2 > 1',
  "'a' IN ('a', 'b')",
  'NULL IS NULL',
  '1 BETWEEN 0 AND 2',
  "'ab' LIKE 'a%'",
)
// Names of columns that keep the wall, tried wherever a name may stand.
const alias = fc.constantFrom('ws', 'unit', 'deleted', 'time', 'event', 'x', 'person_key', 'kind')

const plain = view.chain((name) =>
  fc.record({
    name: fc.constant(name),
    chosen: fc.uniqueArray(fc.constantFrom<string>(...columns[name]), { minLength: 1, maxLength: 4 }),
    where: condition,
    renamed: alias,
    distinct: fc.boolean(),
    star: fc.boolean(),
  }),
)

const simple = plain.map(({ name, chosen, where, distinct, star, renamed }) =>
  star
    ? `SELECT * FROM ${name} AS ${renamed} WHERE ${where}`
    : `SELECT ${distinct ? 'DISTINCT ' : ''}${chosen.join(', ')} FROM ${name} WHERE ${where}`,
)
const grouped = fc
  .tuple(plain, aggregate)
  .map(
    ([{ name, chosen, where, renamed }, sum]) =>
      `WITH 2 AS ${renamed}_, (SELECT count() FROM ${name}) AS everything SELECT ${chosen[0]} AS ${renamed}, ${sum}, everything FROM ${name} WHERE ${where} GROUP BY ${renamed} ORDER BY 1`,
  )
const nested = fc.tuple(plain, fc.boolean()).map(([{ name, chosen, renamed, where }, isNamed]) => {
  const inner = `SELECT ${chosen[0]} AS ${renamed} FROM ${name}`
  return isNamed
    ? `WITH inside AS (${inner}) SELECT * FROM inside WHERE ${where}`
    : `SELECT s.${renamed}, count() FROM (${inner}) AS s WHERE ${where} GROUP BY 1`
})
const joined = fc
  .tuple(
    fc.constantFrom('events', 'people', 'orders', 'segment_members'),
    fc.constantFrom('events', 'people', 'orders', 'segment_members'),
    fc.constantFrom('', 'LEFT ', 'LEFT ANY ', 'RIGHT ', 'INNER ALL ', 'LEFT ANTI ', 'LEFT SEMI ', 'FULL '),
  )
  .map(
    ([a, b, kind]) =>
      `SELECT a.person, b.person, count() FROM ${a} AS a ${kind}JOIN ${b} AS b ON a.person = b.person GROUP BY ALL`,
  )
const crossed = fc.tuple(view, view).map(([a, b]) => `SELECT * FROM ${a} AS a, ${b} AS b`)
const together = fc
  .tuple(plain, plain)
  .map(
    ([a, b]) =>
      `SELECT toString(${a.chosen[0]}) AS x FROM ${a.name} UNION ALL SELECT toString(${b.chosen[0]}) FROM ${b.name}`,
  )
const among = fc
  .tuple(plain, plain)
  .map(
    ([a, b]) =>
      `SELECT ${a.chosen.join(', ')} FROM ${a.name} WHERE toString(${a.chosen[0]}) NOT IN (SELECT toString(${b.chosen[0]}) FROM ${b.name})`,
  )

/** Queries over all views in many shapes, whose names collide with those inside of the views. */
export const queries = fc.oneof(simple, grouped, nested, joined, crossed, together, among)
