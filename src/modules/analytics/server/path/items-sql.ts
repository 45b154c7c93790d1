import { exitItem, otherItem, type PathChoice, type PathQuestion } from '#modules/analytics/contract/path.ts'
import type { EventChoice } from '#modules/analytics/contract/question.ts'
import { textOf } from '#modules/analytics/server/sql/break-down.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import { choiceSql, scanEvents } from '#modules/analytics/server/sql/scan-events.ts'

/**
 * Items as small numbers, so that a path is an array of integers: `codeBits` of them hold a million names in the order
 * of their texts. 0 is what is no item, 1 the exit, 2 the others.
 */
export const codeBits = 20
export const exitCode = 1
export const otherCode = 2
const mostNames = 2 ** codeBits - 3

/** SQL of the items of a question: `code` of a row of `events`, and `names`, in which a code is a place. */
export function itemsSql(inquiry: Inquiry, question: PathQuestion) {
  const item = itemSql(inquiry, question)
  const chosen = chosenSql(inquiry, question)
  const scan = namedRows(inquiry, question, { item, chosen })
  const names = `(SELECT arrayConcat(['${exitItem}', '${otherItem}'], arraySort(groupUniqArrayIf(${mostNames})(assumeNotNull(toNullable(item)), isNotNull(item) AND item != '${otherItem}'))) FROM (\n${scan}\n))`
  const place = `transform(assumeNotNull(toNullable(item)), ${names}, arrayEnumerate(${names}), toUInt32(${otherCode}))`
  const isItem = [
    ...(question.by === 'event' ? [] : ['isNotNull(item)']),
    ...(chosen === '1' ? [] : [chosen]),
  ]
  return {
    names,
    columns: [
      `${item} AS item`,
      `${isItem.length === 0 ? place : `if(${isItem.join(' AND ')}, ${place}, toUInt32(0))`} AS code`,
    ],
    hasOthers: isItem.length > 0,
  }
}

/** Rows with every `item` there is. Of events the names are told apart first: 30 ms for 3.4 million instead of 140. */
function namedRows(
  inquiry: Inquiry,
  question: PathQuestion,
  { item, chosen }: { item: string; chosen: string },
): string {
  const scan = { choices: choicesOf(question), days: inquiry.days }
  if (question.by === 'event' && chosen === '1')
    return `SELECT ${item} AS item FROM (SELECT DISTINCT event FROM (\n${scanEvents(inquiry, { ...scan, columns: ['event'], isOfPeople: false })}\n))`
  const where = chosen === '1' ? [] : [chosen]
  return scanEvents(inquiry, { ...scan, columns: [`${item} AS item`], where, isOfPeople: false })
}

/** A pause is told by everything somebody does; where there are none, only what may be an item is read. */
export function choicesOf({ count, include }: PathQuestion): EventChoice[] {
  const events = include?.filter((one) => typeof one !== 'string') ?? []
  const isEnough = count === 'people' && events.length > 0 && events.length === include?.length
  return isEnough ? events : [{ event: null }]
}

/** The name of a node: of the event or a value, or of the first group that fits. What is called like ours is another. */
function itemSql(inquiry: Inquiry, { by, groups = [] }: PathQuestion): string {
  const raw = by === 'event' ? 'event' : textOf('props', by.prop)
  const text = (value: string) => inquiry.bindings.bind('String', value)
  const cases = groups.map(({ name, patterns }) => `${fits(inquiry, raw, patterns)}, ${text(name)}`)
  const named = cases.length === 0 ? raw : `multiIf(${cases.join(', ')}, ${raw})`
  return `if(${named} IN ('${exitItem}', '${otherItem}'), '${otherItem}', ${named})`
}

function chosenSql(inquiry: Inquiry, { include, exclude = [] }: PathQuestion): string {
  const one = (choice: PathChoice) =>
    typeof choice === 'string' ? fits(inquiry, 'item', [choice]) : choiceSql(inquiry, choice)
  const conditions = [
    ...(include ? [`(${include.map(one).join(' OR ')})`] : []),
    ...exclude.map((choice) => `NOT (${one(choice)})`),
  ]
  return conditions.length === 0 ? '1' : `(${conditions.join(' AND ')})`
}

/** Patterns as one expression, bound like every value; `*` is anything, everything else stands for itself. */
function fits(inquiry: Inquiry, sql: string, patterns: readonly string[]): string {
  const quoted = patterns.map((pattern) =>
    pattern
      .split('*')
      .map((part) => part.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&'))
      .join('.*'),
  )
  const expression = inquiry.bindings.bind('String', `^(?s:${quoted.join('|')})$`)
  return `ifNull(match(${sql}, ${expression}), 0)`
}
