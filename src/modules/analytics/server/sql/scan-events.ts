import type { EventChoice } from '#modules/analytics/contract/question.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import type { Days } from '#modules/analytics/server/sql/resolve-range.ts'
import { behaviour } from '#modules/profiles/index.ts'
import { bindTime, join, whereSql } from '#modules/rules/index.ts'

type Scan = {
  /**
   * SELECT items besides `person`, of `event, unit, time, message_id, type, props`: these stand in the second order of
   * `events`, sorted by name, too. With any other column everything of everybody would be read.
   */
  columns: readonly string[]
  /** Rows any of these holds for. */
  choices: readonly EventChoice[]
  days: Pick<Days, 'fromMs' | 'untilMs'>
  /** Further conditions. */
  where?: readonly string[]
  /** GROUP BY and the like, still inside of the wall. */
  tail?: string
  /** False: nobody asks whose events they are. The engine reads no more either way, but planning takes 3 ms less. */
  isOfPeople?: boolean
}

/**
 * Every FROM events of this module is written here: the workspace, the time and the names first, then conditions on
 * properties, then whose events they are. `person` is whose the event is now, by dictionaries: no join.
 */
export function scanEvents(
  inquiry: Inquiry,
  { columns, choices, days, where = [], tail = '', isOfPeople = true }: Scan,
): string {
  const { bindings } = inquiry
  inquiry.reads.events(days, choices)
  const conditions = [
    `ws = ${bindings.bind('UInt32', inquiry.ctx.workspace.num)}`,
    `time >= ${bindTime(bindings, days.fromMs)}`,
    `time < ${bindTime(bindings, days.untilMs)}`,
    ...namesSql(inquiry, choices),
    join(
      choices.map((choice) => choiceSql(inquiry, choice)),
      'OR',
    ),
    ...where,
    ...inquiry.whom,
  ]
  const isNamed = isOfPeople || inquiry.whom.some((one) => one !== '1')
  const select = [...(isNamed ? [`${inquiry.person} AS person`] : []), ...columns].join(',\n  ')
  return `SELECT ${select}\nFROM events\nWHERE ${conditions.filter((one) => one !== '1').join('\n  AND ')}${tail}`
}

/** Everything the total order of events needs: two events are never equal in it. */
export const eventOrder = '(toUnixTimestamp64Milli(time), message_id)'

/** "This row is that event", conditions on properties included. */
export function choiceSql(inquiry: Inquiry, choice: EventChoice): string {
  return join(
    alternatives(choice).map((one) => oneSql(inquiry, one)),
    'OR',
  )
}

export const alternatives = ({ event, where, or = [] }: EventChoice) => [{ event, where }, ...or]

function oneSql({ bindings }: Inquiry, { event, where = [] }: Pick<EventChoice, 'event' | 'where'>): string {
  const name = event === null ? behaviour : `event = ${bindings.bind('String', event)}`
  return join([name, ...where.map((node) => whereSql(bindings, node, 'props'))], 'AND')
}

/** The names alone, by which most rows fall out before any property is read. */
function namesSql({ bindings }: Inquiry, choices: readonly EventChoice[]): string[] {
  const names = choices.flatMap(alternatives).map((one) => one.event)
  if (names.includes(null)) return []
  return [`event IN ${bindings.bind('Array(String)', [...new Set(names.filter((one) => one !== null))])}`]
}
