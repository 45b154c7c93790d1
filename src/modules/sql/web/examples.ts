/** Questions to begin with; each runs on any workspace that has what it names. */
export const examples = [
  {
    word: 'exampleDays',
    chart: { kind: 'line', x: 'day', y: ['events', 'people'] },
    sql: `SELECT toDate(time) AS day, count() AS events, uniq(person) AS people
FROM events
WHERE time >= now() - INTERVAL 30 DAY
GROUP BY day
ORDER BY day`,
  },
  {
    word: 'exampleCities',
    chart: { kind: 'bar', x: 'city', y: ['people'] },
    sql: `SELECT attrs.city AS city, count() AS people
FROM people
WHERE city IS NOT NULL
GROUP BY city
ORDER BY people DESC
LIMIT 20`,
  },
  {
    word: 'exampleRevenue',
    chart: { kind: 'bar', x: 'month', y: ['net'] },
    sql: `SELECT toStartOfMonth(time) AS month, sum(amount) AS net, uniq(order_id) AS orders
FROM orders
GROUP BY month
ORDER BY month`,
  },
  {
    word: 'exampleFirst',
    chart: { kind: 'bar', x: 'days', y: ['people'] },
    sql: `WITH firsts AS (
  SELECT person, min(time) AS bought
  FROM orders
  WHERE type = 'sale'
  GROUP BY person
)
SELECT dateDiff('day', p.first_seen, f.bought) AS days, count() AS people
FROM firsts AS f
JOIN people AS p ON f.person = p.person
GROUP BY days
ORDER BY days`,
  },
  {
    word: 'exampleSegments',
    chart: { kind: 'bar', x: 'segment', y: ['people'] },
    sql: `SELECT segment, uniq(person) AS people
FROM segment_members
GROUP BY segment
ORDER BY people DESC`,
  },
] as const
