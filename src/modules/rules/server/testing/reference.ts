import { DateTime } from 'luxon'
import type { CompanyTest, Rule, Scalar, Test, Where, Window } from '../../contract.ts'
import {
  openChannel,
  type RawAddress,
  type RawCircle,
  type RawEvent,
  type RawPerson,
  topicClasses,
} from './generate-rules.ts'

/**
 * A third reading of the contract, as naive as possible: raw JSON instead of the flat form, no shared code with
 * the two evaluators (regular expressions excepted: JavaScript's own, on patterns where RE2 means the same).
 */
export type ReferenceEnv = {
  now: number
  timezone: string
  segments: Record<string, Rule>
  tags: Record<string, string[]>
}

export function holds(rule: Rule, person: RawPerson, env: ReferenceEnv): boolean {
  if ('all' in rule) return rule.all.every((r) => holds(r, person, env))
  if ('any' in rule) return rule.any.some((r) => holds(r, person, env))
  if ('not' in rule) return !holds(rule.not, person, env)
  if ('attr' in rule && rule.op === 'this_month') {
    const here = DateTime.fromMillis(env.now, { zone: env.timezone }).month
    return find(person.attrs, rule.attr).some(
      (x) => typeof x === 'string' && /^\d{4}-\d\d-\d\d/.test(x) && Number(x.split('-')[1]) === here,
    )
  }
  if ('attr' in rule) return passes(find(person.attrs, rule.attr), rule)
  if ('tag' in rule) return person.tags.some((t) => (env.tags[rule.tag] ?? [rule.tag]).includes(t))
  if ('segment' in rule) {
    const other = env.segments[rule.segment]
    return other ? holds(other, person, env) : false
  }
  if ('list' in rule) return person.lists.includes(rule.list)
  if ('owner' in rule) {
    const asked = rule.owner as Record<string, unknown>
    const { owner = '', department = '' } = person
    if (asked.nobody) return owner === ''
    if (asked.me) return false // replaced by a name long before
    const [mine, wanted] = asked.in ? [owner, asked.in] : [department, asked.departments]
    return (wanted as string[]).some((id) => id === mine)
  }
  if ('consent' in rule) return saidOf(person, rule.consent.channel, rule.consent.topic) === rule.consent.is
  if ('reachable' in rule) {
    const { channel, topic: asked } = rule.reachable
    const marketing = Object.keys(topicClasses).filter((t) => topicClasses[t] === 'marketing')
    const topics = asked === undefined ? marketing : Object.keys(topicClasses).filter((t) => t === asked)
    return topics.some((topic) => {
      const isAd = topicClasses[topic] === 'marketing'
      const takes = (a: RawAddress) =>
        a.channel === channel &&
        !a.dead &&
        !a.refuses.includes(topic) &&
        (!isAd || !a.refuses.includes('') || a.except.includes(topic))
      const said = saidOf(person, channel, topic)
      const agreed = isAd
        ? said === 'granted' || (said === 'unknown' && channel === openChannel)
        : said !== 'denied'
      return agreed && (person.addresses ?? []).some(takes)
    })
  }
  const past = person.events
    .filter((e) => e.time <= env.now)
    .sort((a, b) => a.time - b.time || (bytes(a.messageId) < bytes(b.messageId) ? -1 : 1))
  if ('event' in rule) {
    const found = past.filter((e) => fits(e, rule.event, rule.where) && inWindow(e.time, rule.within, env))
    if (rule.count && !passes([found.length], rule.count)) return false
    if (!rule.count && !rule.agg && found.length === 0) return false
    if (!rule.agg) return true
    const perEvent = found
      .map((e) => find(e.props, (rule.agg as { prop: string }).prop))
      .filter((v) => v.length > 0)
    const fn = rule.agg.fn
    if (fn === 'first' || fn === 'last') {
      const one = fn === 'first' ? perEvent[0] : perEvent[perEvent.length - 1]
      return one !== undefined && passes(one, rule.agg)
    }
    const every = perEvent.flat()
    if (fn === 'count_distinct') return every.length > 0 && passes([new Set(every).size], rule.agg)
    const nums = every.map(toNumber).filter((n) => n !== null)
    if (nums.length === 0) return false
    if (fn === 'min') return passes([Math.min(...nums)], rule.agg)
    if (fn === 'max') return passes([Math.max(...nums)], rule.agg)
    // In millionths and without rounding on the way, as the README states.
    const sum = nums.reduce((a, n) => a + BigInt(Math.floor(n * 1e6 + 0.5)), 0n)
    const by = fn === 'avg' ? BigInt(nums.length) : 1n
    const cmp = (x: unknown): bigint => sum - BigInt(Math.floor((x as number) * 1e6 + 0.5)) * by
    const v = rule.agg.value as number[] & number
    const results: Record<string, () => boolean> = {
      eq: () => cmp(v) === 0n,
      ne: () => cmp(v) !== 0n,
      gt: () => cmp(v) > 0n,
      gte: () => cmp(v) >= 0n,
      lt: () => cmp(v) < 0n,
      lte: () => cmp(v) <= 0n,
      in: () => v.some((x) => cmp(x) === 0n),
      not_in: () => !v.some((x) => cmp(x) === 0n),
      between: () => cmp(v[0]) >= 0n && cmp(v[1]) <= 0n,
    }
    return (results[rule.agg.op] as () => boolean)()
  }
  if ('company' in rule) {
    const { where, title, ...rest } = rule.company
    return mine(person, 'company').some(
      (c) =>
        (where ?? []).every((w) => meets(c.attrs, w)) &&
        (!title || passes(c.title === null ? [] : [c.title], title)) &&
        enough(c, rest, env),
    )
  }
  if ('household' in rule) {
    const { role, ...rest } = rule.household
    return mine(person, 'household').some((c) => (!role || c.title === role) && enough(c, rest, env))
  }
  const steps = rule.sequence
  const lastStep = steps[steps.length - 1] as object
  let gap = rule.gap ? rule.gap.value * lengths[rule.gap.unit] : Number.POSITIVE_INFINITY
  let window = rule.within
  if ('not_event' in lastStep && !rule.gap && window && 'last' in window) {
    gap = window.last * lengths[window.unit]
    window = undefined
  }
  const seen = past.filter((e) => inWindow(e.time, window, env))
  const go = (
    i: number,
    at: number,
    banned: { not_event: string; where?: Where[] | undefined }[],
  ): boolean => {
    const clean = (from: number, until: number): boolean =>
      !seen.some((e) => e.time > from && e.time < until && banned.some((b) => fits(e, b.not_event, b.where)))
    const step = steps[i]
    if (step === undefined) {
      if (banned.length === 0) return true
      if (gap !== Number.POSITIVE_INFINITY) return env.now >= at + gap && clean(at, at + gap + 1)
      if (window && 'to' in window && window.to && env.now < windowEnd(window.to, env.timezone)) return false
      return clean(at, Number.POSITIVE_INFINITY)
    }
    if ('not_event' in step) return go(i + 1, at, [...banned, step])
    const next = seen.filter((e) => e.time > at && fits(e, step.event, step.where))[0]
    return next !== undefined && clean(at, next.time) && next.time - at <= gap && go(i + 1, next.time, [])
  }
  const first = steps[0] as { event: string; where?: Where[] }
  return seen.some((e) => fits(e, first.event, first.where) && go(1, e.time, []))
}

function saidOf(person: RawPerson, channel: string, topic: string): string {
  const about = (t: string) => person.said?.find((s) => s.channel === channel && s.topic === t)?.state
  if (topicClasses[topic] === 'transactional') return about(topic) ?? 'unknown'
  return about(topic) ?? about('') ?? 'unknown'
}

const mine = (person: RawPerson, kind: string): RawCircle[] =>
  (person.circles ?? []).filter((c) => c.kind === kind)

function enough(
  c: RawCircle,
  { people, did }: Pick<CompanyTest, 'people' | 'did'>,
  env: ReferenceEnv,
): boolean {
  if (people && !passes([c.people.length], people)) return false
  if (!did) return true
  const all = c.people.flatMap((p) => p.events)
  const found = all.filter(
    (e) => e.time <= env.now && fits(e, did.event, did.where) && inWindow(e.time, did.within, env),
  )
  return did.count ? passes([found.length], did.count) : found.length > 0
}

function fits(e: RawEvent, name: string, where: Where[] = []): boolean {
  return e.name === name && where.every((w) => meets(e.props, w))
}

function meets(record: Record<string, unknown>, w: Where): boolean {
  if ('all' in w) return w.all.every((v) => meets(record, v))
  if ('any' in w) return w.any.some((v) => meets(record, v))
  if ('not' in w) return !meets(record, w.not)
  return passes(find(record, w.prop), w)
}

// All scalars at a path, however the dots fall on keys; of several types they are text.
function find(source: unknown, path: string): Scalar[] {
  const out: Scalar[] = []
  const visit = (value: unknown, rest: string | null): void => {
    if (Array.isArray(value)) {
      for (const item of value) visit(item, rest)
      return
    }
    if (rest === null) {
      if (value !== null && value !== undefined && typeof value !== 'object') out.push(value as Scalar)
      return
    }
    if (typeof value !== 'object' || value === null) return
    for (const [k, v] of Object.entries(value)) {
      if (k === rest) visit(v, null)
      else if (rest.startsWith(`${k}.`)) visit(v, rest.slice(k.length + 1))
    }
  }
  visit(source, path)
  const spellings = new Set(out.map((v) => typeof v)).size
  return spellings > 1 ? out.map(String) : out
}

function passes(values: Scalar[], test: Test): boolean {
  const v = test.value
  const any = (f: (x: Scalar) => boolean): boolean => values.some(f)
  const equal = (x: Scalar, y: unknown): boolean => (typeof y === 'number' ? toNumber(x) === y : x === y)
  const less = (x: Scalar, y: unknown): boolean => {
    if (typeof y === 'number') return toNumber(x) !== null && (toNumber(x) as number) < y
    return typeof x === 'string' && bytes(x) < bytes(y as string)
  }
  const more = (x: Scalar, y: unknown): boolean => {
    if (typeof y === 'number') return toNumber(x) !== null && (toNumber(x) as number) > y
    return typeof x === 'string' && bytes(x) > bytes(y as string)
  }
  const has = (x: Scalar): boolean =>
    (typeof x === 'string' && x.indexOf(String(v)) >= 0) || (typeof v === 'number' && x === v)
  const list = v as Scalar[]
  switch (test.op) {
    case 'eq':
      return any((x) => equal(x, v))
    case 'ne':
      return !any((x) => equal(x, v))
    case 'in':
      return any((x) => list.some((y) => equal(x, y)))
    case 'not_in':
      return !any((x) => list.some((y) => equal(x, y)))
    case 'contains':
      return any(has)
    case 'not_contains':
      return !any(has)
    case 'exists':
      return values.length > 0
    case 'not_exists':
      return values.length === 0
    case 'gt':
      return any((x) => more(x, v))
    case 'gte':
      return any((x) => more(x, v) || equal(x, v))
    case 'lt':
      return any((x) => less(x, v))
    case 'lte':
      return any((x) => less(x, v) || equal(x, v))
    case 'between':
      return any((x) => (more(x, list[0]) || equal(x, list[0])) && (less(x, list[1]) || equal(x, list[1])))
    case 'starts_with':
      return any((x) => typeof x === 'string' && x.startsWith(v as string))
    case 'ends_with':
      return any((x) => typeof x === 'string' && x.endsWith(v as string))
    case 'matches': {
      const pattern = v as string
      const regex = pattern.startsWith('(?i)')
        ? new RegExp(pattern.slice(4), 'isu')
        : new RegExp(pattern, 'su')
      return any((x) => typeof x === 'string' && regex.test(x))
    }
    case 'this_month':
      throw new Error('asked of attributes alone')
  }
}

const toNumber = (x: Scalar): number | null => {
  if (typeof x === 'number') return x
  return typeof x === 'string' && /^ *[-+]?\d+(\.\d+)?(e[-+]?\d{1,2})? *$/i.test(x) ? Number(x) : null
}

const bytes = (x: string): string => Buffer.from(x).toString('latin1')

const lengths = { second: 1e3, minute: 6e4, hour: 36e5, day: 864e5, week: 6048e5, month: 2592e6 }

function inWindow(time: number, window: Window | undefined, env: ReferenceEnv): boolean {
  if (!window) return true
  if ('last' in window) return time >= env.now - window.last * lengths[window.unit]
  if (window.from?.includes('T') && time < Date.parse(window.from)) return false
  const day = DateTime.fromMillis(time, { zone: env.timezone }).toISODate() as string
  if (window.from && !window.from.includes('T') && day < window.from) return false
  if (window.to && !window.to.includes('T')) return day <= window.to
  return !window.to || time <= Date.parse(window.to)
}

function windowEnd(to: string, timezone: string): number {
  return to.includes('T') ? Date.parse(to) : DateTime.fromISO(to, { zone: timezone }).endOf('day').toMillis()
}
