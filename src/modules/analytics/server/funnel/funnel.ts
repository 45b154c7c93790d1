import type { FunnelCell, FunnelQuestion } from '#modules/analytics/contract/funnel.ts'
import type { Analysis } from '#modules/analytics/server/analysis.ts'
import { badQuestion } from '#modules/analytics/server/check-question.ts'
import { correlate, correlatedPeople } from '#modules/analytics/server/funnel/correlation.ts'
import {
  countByInterval,
  countSteps,
  rankBeginners,
  tookSql,
  valuesAt,
} from '#modules/analytics/server/funnel/count-steps.ts'
import { innerQuery } from '#modules/analytics/server/funnel/inner-query.ts'
import { windowMs } from '#modules/analytics/server/funnel/journey-sql.ts'
import {
  findTied,
  isPlain,
  type Reading,
  readingOf,
  readWhole,
} from '#modules/analytics/server/funnel/plain-journeys.ts'
import { convertSteps, timeToConvert } from '#modules/analytics/server/funnel/time-to-convert.ts'
import { isOther, nameOf, placeSql, valuesSql } from '#modules/analytics/server/sql/break-down.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import { comparedRange } from '#modules/analytics/server/sql/resolve-range.ts'
import { bucketsOf } from '#modules/analytics/server/sql/time-buckets.ts'

/** How many go on from step to step, how fast, and who does not. */
export const funnel: Analysis<'funnel'> = {
  names: ({ steps, exclusions = [], hold, breakdown, correlate: correlated }) => ({
    events: [
      ...steps.map(({ name: _, ...choice }, at) => ({ at: `/steps/${at}`, choice })),
      ...exclusions.map(({ between: _, ...choice }, at) => ({ at: `/exclusions/${at}`, choice })),
    ],
    props: [
      ...(hold === undefined ? [] : [{ at: '/hold', prop: hold }]),
      ...(Array.isArray(correlated) ? correlated : []).map((by, at) => ({
        at: `/correlate/${at}`,
        prop: nameOf(by),
      })),
    ],
    breakdown,
  }),
  async numbers(inquiry, { correlate: asked, ...rest }) {
    const question: FunnelQuestion = rest
    check(question)
    const top = await rankBeginners(inquiry, question)
    const { counted, reading } = await countedBy(inquiry, question, top)
    const before = comparedWith(inquiry, question)
    return {
      ...presented(question, counted, top),
      ...(before
        ? {
            compare: {
              range: { from: before.days.from, to: before.days.to },
              ...presented(question, (await countedBy(before, question, top)).counted, top),
            },
          }
        : {}),
      ...(question.interval
        ? { trend: await trendOf(inquiry, question, question.interval, top, reading) }
        : {}),
      ...(question.convert ? { convert: await timeToConvert(inquiry, question, reading) } : {}),
      ...(asked ? { correlation: await correlate(inquiry, { ...question, correlate: asked }) } : {}),
    }
  },
  async people(given, { correlate: asked, ...rest }, cell) {
    const question: FunnelQuestion = rest
    check(question)
    if (cell.correlation !== undefined)
      return correlatedPeople(given, { ...question, correlate: asked }, cell)
    const inquiry = (cell.compared ? comparedWith(given, question) : undefined) ?? given
    const conditions = [...levelSql(question, cell), ...tookConditions(question, cell)]
    const reading = isPlain(question) ? readingOf(await findTied(inquiry, question)) : readWhole
    const { sql, names } = innerQuery(inquiry, question, reading, cell.t !== undefined)
    if (cell.t !== undefined) conditions.push(`k = ${keyOf(inquiry, question, cell.t)}`)
    if (cell.breakdown !== undefined && names.length > 0) {
      const top = isOther(cell.breakdown) ? await rankBeginners(given, question) : []
      conditions.push(
        isOther(cell.breakdown)
          ? `${placeSql(inquiry, names, top)} = ${top.length}`
          : valuesSql(inquiry, names, cell.breakdown),
      )
    }
    return `SELECT person FROM (\n${sql}\n) WHERE ${conditions.join(' AND ')}`
  },
}

type Ranked = Awaited<ReturnType<typeof rankBeginners>>

function presented(
  question: FunnelQuestion,
  { all, byPlace }: Awaited<ReturnType<typeof countSteps>>,
  top: Ranked,
) {
  if (!question.breakdown?.length) return all
  const places = [...byPlace.keys()].toSorted((a, b) => a - b)
  const values = places.map((place) => ({
    ...valuesAt(question, top, place),
    steps: byPlace.get(place)?.steps ?? [],
  }))
  return { ...all, values }
}

/** The same question about the days it is compared with. */
function comparedWith(inquiry: Inquiry, { compare, interval }: FunnelQuestion): Inquiry | undefined {
  if (compare === undefined) return undefined
  return { ...inquiry, days: comparedRange(compare, inquiry.days, interval ?? 'day', inquiry.zone) }
}

/** At first as if nobody were tied, which is so nearly always; if somebody is, once more with what they need. */
async function countedBy(inquiry: Inquiry, question: FunnelQuestion, top: Ranked) {
  const first = isPlain(question) ? readingOf([]) : readWhole
  const counted = await countSteps(inquiry, question, top, first)
  if (counted.tied.length === 0) return { counted, reading: first }
  const reading = readingOf(counted.tied)
  return { counted: await countSteps(inquiry, question, top, reading), reading }
}

async function trendOf(
  inquiry: Inquiry,
  question: FunnelQuestion,
  interval: NonNullable<FunnelQuestion['interval']>,
  top: Ranked,
  reading: Reading,
) {
  const buckets = bucketsOf(inquiry.days, interval, inquiry.zone)
  const open = buckets.find(({ until }) => !inquiry.reads.isOver(until + windowMs(question)))
  const lines = await countByInterval(inquiry, question, top, buckets, reading)
  return { interval, open_from: open?.t ?? null, lines }
}

function check({ steps, exclusions = [], order, attribution, convert }: FunnelQuestion): void {
  const last = steps.length
  for (const [at, { between }] of exclusions.entries()) {
    const [from, to] = between
    if (order === 'strict')
      throw badQuestion(
        '/exclusions',
        'nothing_between',
        'In strict order nothing comes between steps anyway.',
      )
    if (from >= to || to > last)
      throw badQuestion(
        `/exclusions/${at}/between`,
        'bad_steps',
        'Exclusions lie between an earlier and a later step.',
      )
    if (order === 'any' && (from !== 1 || to !== last))
      throw badQuestion(
        `/exclusions/${at}/between`,
        'whole_only',
        `In any order an exclusion is of the whole funnel: between 1 and ${last}.`,
      )
  }
  if (typeof attribution === 'object' && attribution.step > last)
    throw badQuestion('/attribution/step', 'unknown_step', 'There is no such step.')
  const asked = { from: convert?.from ?? 1, to: convert?.to ?? last }
  if (asked.from >= asked.to || asked.to > last)
    throw badQuestion('/convert', 'bad_steps', 'The time is from an earlier step to a later one.')
}

function levelSql({ steps }: FunnelQuestion, { step, dropped }: FunnelCell): string[] {
  if (step > steps.length) throw badQuestion('/cell/step', 'unknown_step', 'There is no such step.')
  if (!dropped) return [`level >= ${step}`]
  if (step > 1) return [`level = ${step - 1}`]
  throw badQuestion('/cell/step', 'nobody_drops_first', 'Nobody is lost on the way to step 1.')
}

function tookConditions(question: FunnelQuestion, { took }: FunnelCell): string[] {
  if (took === undefined) return []
  const { from, to } = convertSteps(question)
  const ms = tookSql(from, to)
  return [`level >= ${to}`, `${ms} >= ${took.from * 1000}`, `${ms} < ${took.until * 1000}`]
}

function keyOf(inquiry: Inquiry, question: FunnelQuestion, t: string): number {
  const interval = question.interval
  if (interval === undefined)
    throw badQuestion('/interval', 'interval_missing', 'A point in time belongs to an interval.')
  const bucket = bucketsOf(inquiry.days, interval, inquiry.zone).find((one) => one.t === t)
  if (bucket === undefined) throw badQuestion('/cell/t', 'unknown_time', 'There is no such point.')
  return bucket.key
}
