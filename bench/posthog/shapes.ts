/**
 * The queries PostHog documents for its insights (posthog/hogql_queries/insights, @024d128 and the commits named in the
 * research this follows), written anew: persons are those stamped on the events, unless an override of the distinct id says
 * otherwise, which is joined. Properties come from materialised columns.
 *
 * The funnel's automaton is an executable function of their servers; `windowFunnel` of the engine, which is cheaper, stands
 * in for it over the same sorted arrays.
 */
const overrides = `LEFT OUTER JOIN (
    SELECT distinct_id, tupleElement(argMax(tuple(person_id), version), 1) AS person_id FROM ph_overrides
    WHERE team_id = 2 GROUP BY distinct_id HAVING tupleElement(argMax(tuple(is_deleted), version), 1) = 0
  ) AS o ON e.distinct_id = o.distinct_id`
const person = 'if(notEmpty(o.distinct_id), o.person_id, e.person_id)'

export type Shape = { from: string; to: string; zone: string }

const within = ({ from, to, zone }: Shape, more = '') =>
  `e.team_id = 2 AND e.timestamp >= toDateTime64('${from} 00:00:00', 6, '${zone}')
   AND e.timestamp <= toDateTime64('${to} 23:59:59.999999', 6, '${zone}')${more}`
const named = (...names: string[]) => ` AND e.event IN (${names.map((name) => `'${name}'`).join(', ')})`
const day = (zone: string) => `toStartOfDay(toTimeZone(e.timestamp, '${zone}'))`
const week = (zone: string) => `toStartOfWeek(toTimeZone(e.timestamp, '${zone}'), 1)`

export const shapes = {
  'trend, events': (r: Shape) =>
    `SELECT ${day(r.zone)} AS d, count() AS value FROM ph_events AS e WHERE ${within(r, named('E1'))} GROUP BY d ORDER BY d`,
  'trend, people': (r: Shape) =>
    `SELECT ${day(r.zone)} AS d, count(DISTINCT ${person}) AS value FROM ph_events AS e ${overrides}
     WHERE ${within(r, named('E1'))} GROUP BY d ORDER BY d`,
  'trend, sum of a property': (r: Shape) =>
    `SELECT ${day(r.zone)} AS d, sum(toFloat64OrNull(e.mat_revenue)) AS value FROM ph_events AS e
     WHERE ${within(r, named('E2'))} GROUP BY d ORDER BY d`,
  'trend, people by a property': (r: Shape) =>
    `SELECT d, breakdown, value FROM (
       SELECT ${day(r.zone)} AS d, ifNull(nullIf(e.mat_channel, ''), '$$_null_$$') AS breakdown, count(DISTINCT ${person}) AS value
       FROM ph_events AS e ${overrides} WHERE ${within(r, named('E1'))} GROUP BY d, breakdown)
     ORDER BY breakdown, d`,
  'trend, monthly active': (r: Shape) =>
    `SELECT d.day AS d, count(DISTINCT x.actor) AS value
     FROM (SELECT arrayJoin(arrayMap(n -> toDateTime('${r.to} 00:00:00', '${r.zone}') - toIntervalDay(n), range(dateDiff('day', toDate('${r.from}'), toDate('${r.to}')) + 1))) AS day) AS d
     CROSS JOIN (SELECT e.timestamp AS timestamp, ${person} AS actor FROM ph_events AS e ${overrides}
       WHERE e.team_id = 2 AND e.event = 'E1' AND e.timestamp >= toDateTime64('${r.from} 00:00:00', 6, '${r.zone}') - toIntervalDay(29)
         AND e.timestamp <= toDateTime64('${r.to} 23:59:59.999999', 6, '${r.zone}')) AS x
     WHERE x.timestamp < d.day + toIntervalDay(1) AND x.timestamp >= d.day - toIntervalDay(29) GROUP BY d ORDER BY d`,
  'funnel of four steps': (r: Shape) =>
    `SELECT countIf(level >= 1) AS s1, countIf(level >= 2) AS s2, countIf(level >= 3) AS s3, countIf(level >= 4) AS s4 FROM (
       SELECT actor, arraySort(t -> t.1, groupArray(tuple(toFloat64(timestamp), uuid, '', arrayFilter(s -> s != 0, [1 * step_0, 2 * step_1, 3 * step_2, 4 * step_3])))) AS events,
         windowFunnel(1209600000)(toUInt64(toUnixTimestamp64Milli(toDateTime64(timestamp, 3))), step_0, step_1, step_2, step_3) AS level, length(events) AS n
       FROM (SELECT e.timestamp AS timestamp, e.uuid AS uuid, ${person} AS actor, e.event = 'E1' AS step_0, e.event = 'E2' AS step_1,
               e.event = 'E3' AS step_2, e.event = 'E4' AS step_3
             FROM ph_events AS e ${overrides} WHERE ${within(r, named('E1', 'E2', 'E3', 'E4'))} AND (step_0 OR step_1 OR step_2 OR step_3))
       GROUP BY actor HAVING n > 0)`,
  'retention of twelve weeks': (r: Shape) =>
    `SELECT cohort, later, count(DISTINCT actor) AS value FROM (
       SELECT actor, arrayJoin(starts) AS cohort,
         arrayJoin(arrayConcat([0], arrayFilter(n -> n > 0, arrayMap(w -> intDiv(dateDiff('day', cohort, w), 7), returns)))) AS later
       FROM (SELECT ${person} AS actor, arraySort(groupUniqArrayIf(${week(r.zone)}, e.event = 'E1')) AS starts,
               arraySort(groupUniqArrayIf(${week(r.zone)}, e.event = 'E2')) AS returns
             FROM ph_events AS e ${overrides} WHERE ${within(r, named('E1', 'E2'))} GROUP BY actor))
     GROUP BY cohort, later ORDER BY cohort, later`,
  'lifecycle of use': (r: Shape) =>
    `SELECT t, status, count(DISTINCT actor) AS value FROM (
       SELECT actor, arrayJoin(arrayConcat(arrayZip(periods, statuses), arrayMap(p -> (p + toIntervalDay(1), 'dormant'), gaps))) AS one, one.1 AS t, one.2 AS status
       FROM (SELECT ${person} AS actor, min(toTimeZone(toDateTime64(e.person_created_at, 0), '${r.zone}')) AS created, arraySort(groupUniqArray(${day(r.zone)})) AS periods,
               arrayPopBack(arrayPushFront(periods, toStartOfDay(created))) AS before, arrayPopFront(arrayPushBack(periods, toDateTime('1970-01-01', '${r.zone}'))) AS after,
               arrayMap((p, b) -> if(p = toStartOfDay(created), 'new', if(b = p - toIntervalDay(1), 'returning', 'resurrecting')), periods, before) AS statuses,
               arrayFilter((p, a) -> a != p + toIntervalDay(1), periods, after) AS gaps
             FROM ph_events AS e ${overrides} WHERE e.team_id = 2 AND e.event = 'E1'
               AND e.timestamp >= toDateTime64('${r.from} 00:00:00', 6, '${r.zone}') - toIntervalDay(1)
               AND e.timestamp < toDateTime64('${r.to} 23:59:59.999999', 6, '${r.zone}') + toIntervalDay(1) GROUP BY actor))
     GROUP BY t, status ORDER BY t, status`,
  stickiness: (r: Shape) =>
    `SELECT days, count(DISTINCT actor) AS value FROM (
       SELECT actor, count() AS days FROM (
         SELECT ${person} AS actor, ${day(r.zone)} AS d FROM ph_events AS e ${overrides} WHERE ${within(r, named('E1'))} GROUP BY actor, d HAVING count() > 0)
       GROUP BY actor)
     GROUP BY days ORDER BY days`,
  'paths of thirty days': (r: Shape) =>
    `SELECT last_key AS source, key AS target, count() AS value, avg(took) AS avg_seconds FROM (
       SELECT actor, one.1 AS item, one.2 AS took, one.3 AS at, concat(toString(at), '_', item) AS key,
         if(at > 1, concat(toString(at - 1), '_', one.4), NULL) AS last_key
       FROM (SELECT actor, arrayJoin(arraySplit((x, gap) -> gap, timed, gaps)) AS session,
               arrayFilter((x, prev) -> x.2 != prev, session, arrayPushBack(arrayPopFront(session.2), '')) AS kept,
               arraySlice(kept, 1, 5) AS cut,
               arrayJoin(arrayMap((x, i) -> (x.2, if(i = 1, 0, x.1 - cut[i - 1].1), i, if(i = 1, '', cut[i - 1].2)), cut, arrayEnumerate(cut))) AS one
             FROM (SELECT ${person} AS actor, arraySort(x -> x.1, groupArray((toUnixTimestamp64Milli(toDateTime64(e.timestamp, 3)) / 1000, e.event))) AS timed,
                     arrayMap(d -> d >= 1800, arrayDifference(timed.1)) AS gaps
                   FROM ph_events AS e ${overrides} WHERE ${within(r)} GROUP BY actor)))
     WHERE last_key IS NOT NULL GROUP BY source, target ORDER BY value DESC, source, target LIMIT 50`,
} satisfies Record<string, (range: Shape) => string>
