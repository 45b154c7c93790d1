import type { HeatmapQuestion } from '#modules/analytics/contract/heatmap.ts'
import { clockSql, readClocks } from '#modules/analytics/server/heatmap/clocks.ts'
import { breakDown } from '#modules/analytics/server/sql/break-down.ts'
import { broken, type Inner } from '#modules/analytics/server/sql/combinations.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import { numsSql } from '#modules/analytics/server/sql/prop-numbers.ts'
import type { Days } from '#modules/analytics/server/sql/resolve-range.ts'
import { scanEvents } from '#modules/analytics/server/sql/scan-events.ts'

/** The attribute that says where somebody lives, by the name trackers and CRMs use. */
export const zoneAttribute = 'timezone'

/**
 * The one inner query of a heat map: a row per event with `person`, `weekday`, `hour`, `nums` of a sum, the values `b0…`
 * and, by people's clocks, `whose` clock it was.
 */
export async function innerQuery(
  inquiry: Inquiry,
  question: HeatmapQuestion,
  days: Days = inquiry.days,
): Promise<Inner> {
  const isSum = question.math === 'sum'
  const own = question.zone === 'person'
  const by = breakDown(inquiry, [...(question.breakdown ?? []), ...(own ? [{ attr: zoneAttribute }] : [])])
  const zone = inquiry.bindings.bind('String', inquiry.zone)
  const scan = scanEvents(inquiry, {
    columns: [
      ...(own
        ? ['toInt64(toUnixTimestamp(time)) AS s', `JSONExtractString(context, 'timezone') AS said`]
        : [`toDayOfWeek(toDate(time, ${zone})) AS weekday`, `toHour(time, ${zone}) AS hour`]),
      ...by.columns,
      ...(isSum ? [`${numsSql(question.prop ?? '')} AS nums`] : []),
    ],
    choices: [question.event],
    days,
    where: isSum ? ['notEmpty(nums)'] : [],
  })
  const nums = isSum ? ['nums'] : []
  if (!own) return broken(scan, ['weekday', 'hour', ...nums], by)
  const names = by.names.slice(0, -1)
  const joined = broken(scan, ['s', 'said', ...nums], by)
  const said = `SELECT *, ifNull(b${names.length}, '') AS own FROM (\n${joined.sql}\n)`
  const { whose, local } = clockSql(inquiry, await readClocks(inquiry, said, days))
  const columns = [
    'person',
    `${local} AS l`,
    `${whose} AS whose`,
    // The first of January 1970 was a Thursday.
    'toUInt8((intDiv(l, 86400) + 3) % 7 + 1) AS weekday',
    'toUInt8(intDiv(l % 86400, 3600)) AS hour',
    ...nums,
    ...names,
  ]
  return { sql: `SELECT ${columns.join(', ')} FROM (\n${said}\n)`, names }
}
