// biome-ignore-all format: written by tools/gen-client.ts from docs/openapi.json; do not edit
import type { Operation, OperationTable, Paged } from './operation.ts'

export type Problem = {
  type: string
  title: string
  status: number
  code: string
  detail?: string
  instance?: string
  /** JSON pointer of the fault */
  path?: string
}

export type Alert = {
  id: string
  name: string
  condition: AlertCondition
  running: boolean
  hour: number
  remindEvery: number | null
  metric: AlertMetric
  line: string
  question: AnalysisQuestion
  state: Record<string, unknown>
  analysis: { id: string; name: string } | null
  interval: 'hour' | 'day' | 'week' | 'month'
  unit: 'number' | 'percent'
  tell: { members: string[]; mail: boolean; webhook: boolean; endpoints: string[] | null }
  maker: string
  mine: boolean
  standing: 'ok' | 'firing' | 'learning' | 'muted' | 'paused' | 'error'
  pausedFor: 'by_hand' | 'rights' | null
  mutedUntil: string | null
  fault: string | null
  last: {
    t: string
    value: number | null
    low: number | null
    high: number | null
    expected: number | null
    verdict: 'fine' | 'breach' | 'learning' | 'empty'
    needs: number
    running: boolean
    edge: 'fired' | 'recovered' | null
    told: 'fired' | 'recovered' | 'reminded' | null
    /** RFC 3339, UTC */
    at: string
  } | null
  recent: (number | null)[]
  lookedAt: string | null
  nextAt: string | null
  version: number
  /** RFC 3339, UTC */
  createdAt: string
  /** RFC 3339, UTC */
  updatedAt: string
}

export type AlertCondition = { kind: 'threshold'; is: 'above'; high: number } | { kind: 'threshold'; is: 'below'; low: number } | { kind: 'threshold'; is: 'outside'; low: number; high: number } | {
  kind: 'change'
  against: 'previous' | 'week'
  to: 'up' | 'down' | 'either'
  by: number
  unit: 'percent' | 'absolute'
} | { kind: 'deviation'; to: 'up' | 'down' | 'either'; sensitivity: 'low' | 'medium' | 'high' }

export type AlertMetric = { of: 'trend'; series: number; breakdown?: (string | null)[] } | { of: 'funnel'; step: number | null } | { of: 'retention'; period: number }

export type AnalysisQuestion = {
  kind: 'trend'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  series: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
    math: 'count' | 'people' | 'per_person' | 'dau' | 'wau' | 'mau' | 'sum' | 'avg' | 'min' | 'max' | 'median' | 'p75' | 'p90' | 'p95' | 'p99'
    prop?: string
    name?: string
  }[]
  formulas?: { expression: string; name?: string }[]
  interval: 'hour' | 'day' | 'week' | 'month'
  breakdown?: (string | { prop: string } | { attr: string })[]
  top: number
  cumulative: boolean
  moving_average?: number
  compare?: 'previous' | 'year' | { from: string; to: string }
} | {
  kind: 'funnel'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  steps: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
    name?: string
  }[]
  order: 'ordered' | 'strict' | 'any'
  window: { value: number; unit: 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' }
  exclusions?: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
    between: [number, number]
  }[]
  hold?: string
  start: 'latest' | 'first'
  count: 'people' | 'sessions'
  gap_minutes: number
  breakdown?: (string | { prop: string } | { attr: string })[]
  top: number
  attribution: 'first' | 'last' | { step: number }
  interval?: 'hour' | 'day' | 'week' | 'month'
  convert?: { from: number; to?: number; bins?: number }
  correlate?: 'events' | (string | { prop: string } | { attr: string })[]
  compare?: 'previous' | 'year' | { from: string; to: string }
} | {
  kind: 'path'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  by: 'event' | { prop: string }
  start: string | { event: string } | null
  end: string | { event: string } | null
  gap_minutes: number
  count: 'sessions' | 'people'
  steps: number
  edges: number
  min_weight: number
  include?: (string | {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  })[]
  exclude?: (string | {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  })[]
  groups?: { name: string; patterns: string[] }[]
  collapse: 'last' | 'first' | 'none'
} | {
  kind: 'composition'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  by: { attr: string } | { tags: true }
  interval: 'day' | 'week' | 'month'
  top: number
  compare?: 'previous' | 'year' | { from: string; to: string }
} | {
  kind: 'retention'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  start: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  }
  return: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  }
  mode: 'first_time' | 'recurring' | 'first_ever'
  interval: 'hour' | 'day' | 'week' | 'month'
  periods: number
  brackets?: number[]
  window: 'calendar' | '24_hour'
  cumulative: boolean
  minimum: number
  measure: 'people' | 'sum' | 'avg'
  prop?: string
  breakdown?: (string | { prop: string } | { attr: string })[]
  top: number
  compare?: 'previous' | 'year' | { from: string; to: string }
} | {
  kind: 'usage_lifecycle'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  event: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  }
  interval: 'hour' | 'day' | 'week' | 'month'
  anchor: 'first_event' | 'person_created'
  breakdown?: (string | { prop: string } | { attr: string })[]
  top: number
  compare?: 'previous' | 'year' | { from: string; to: string }
} | {
  kind: 'stickiness'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  event: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  }
  interval: 'hour' | 'day' | 'week' | 'month'
  minimum: number
  cumulative: boolean
  breakdown?: (string | { prop: string } | { attr: string })[]
  top: number
  compare?: 'previous' | 'year' | { from: string; to: string }
} | {
  kind: 'rfm'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  event?: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  }
  amount: string
  order_id: string
  currency?: string
  as_of?: string
  method: 'quantile' | 'fixed'
  bins: number
  cuts?: { r: number[]; f: number[]; m: number[] }
  high: 'mean' | number
  breakdown?: (string | { prop: string } | { attr: string })[]
  top: number
  compare?: 'previous' | 'year' | { from: string; to: string }
} | {
  kind: 'heatmap'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  event: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  }
  math: 'count' | 'people' | 'per_person' | 'sum'
  prop?: string
  zone: 'workspace' | 'person'
  breakdown?: (string | { prop: string } | { attr: string })[]
  top: number
  compare?: 'previous' | 'year' | { from: string; to: string }
} | {
  kind: 'interval'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  from: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  }
  to: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  }
  pairing: 'nearest' | 'first'
  max_gap?: { value: number; unit: 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' }
  hold?: string
  gap_minutes?: number
  breakdown?: (string | { prop: string } | { attr: string })[]
  top: number
  interval?: 'hour' | 'day' | 'week' | 'month'
  bins?: number
  brackets?: number[]
  compare?: 'previous' | 'year' | { from: string; to: string }
} | {
  kind: 'distribution'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  event: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  }
  measure: 'count' | 'days' | 'hours' | 'sum' | 'avg' | 'min' | 'max'
  prop?: string
  interval: 'range' | 'day' | 'week' | 'month'
  brackets?: number[]
  breakdown?: (string | { prop: string } | { attr: string })[]
  top: number
  compare?: 'previous' | 'year' | { from: string; to: string }
} | {
  kind: 'repurchase'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  event?: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  }
  order_id: string
  interval: 'day' | 'week' | 'month'
  periods: number
  breakdown?: (string | { prop: string } | { attr: string })[]
  top: number
  compare?: 'previous' | 'year' | { from: string; to: string }
  cumulative: boolean
} | {
  kind: 'ltv'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  event?: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  }
  order_id: string
  amount: string
  start?: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  }
  interval: 'day' | 'week' | 'month'
  periods: number
  breakdown?: (string | { prop: string } | { attr: string })[]
  top: number
  compare?: 'previous' | 'year' | { from: string; to: string }
  currency?: string
} | {
  kind: 'orders'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  interval: 'day' | 'week' | 'month'
  breakdown?: ({ order: 'product' | 'category' | 'coupon' } | { prop: string } | { attr: string })[]
  top: number
  compare?: 'previous' | 'year' | { from: string; to: string }
  currency?: string
}

export type AnalysisQuestionInput = {
  kind: 'trend'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  series: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
    math?: 'count' | 'people' | 'per_person' | 'dau' | 'wau' | 'mau' | 'sum' | 'avg' | 'min' | 'max' | 'median' | 'p75' | 'p90' | 'p95' | 'p99'
    prop?: string
    name?: string
  }[]
  formulas?: { expression: string; name?: string }[]
  interval?: 'hour' | 'day' | 'week' | 'month'
  breakdown?: (string | { prop: string } | { attr: string })[]
  top?: number
  cumulative?: boolean
  moving_average?: number
  compare?: 'previous' | 'year' | { from: string; to: string }
} | {
  kind: 'funnel'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  steps: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
    name?: string
  }[]
  order?: 'ordered' | 'strict' | 'any'
  window?: { value: number; unit: 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' }
  exclusions?: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
    between: [number, number]
  }[]
  hold?: string
  start?: 'latest' | 'first'
  count?: 'people' | 'sessions'
  gap_minutes?: number
  breakdown?: (string | { prop: string } | { attr: string })[]
  top?: number
  attribution?: 'first' | 'last' | { step: number }
  interval?: 'hour' | 'day' | 'week' | 'month'
  convert?: { from?: number; to?: number; bins?: number }
  correlate?: 'events' | (string | { prop: string } | { attr: string })[]
  compare?: 'previous' | 'year' | { from: string; to: string }
} | {
  kind: 'path'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  by?: 'event' | { prop: string }
  start?: string | { event: string } | null
  end?: string | { event: string } | null
  gap_minutes?: number
  count?: 'sessions' | 'people'
  steps?: number
  edges?: number
  min_weight?: number
  include?: (string | {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  })[]
  exclude?: (string | {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  })[]
  groups?: { name: string; patterns: string[] }[]
  collapse?: 'last' | 'first' | 'none'
} | {
  kind: 'composition'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  by: { attr: string } | { tags: true }
  interval?: 'day' | 'week' | 'month'
  top?: number
  compare?: 'previous' | 'year' | { from: string; to: string }
} | {
  kind: 'retention'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  start: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  }
  return: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  }
  mode?: 'first_time' | 'recurring' | 'first_ever'
  interval?: 'hour' | 'day' | 'week' | 'month'
  periods?: number
  brackets?: number[]
  window?: 'calendar' | '24_hour'
  cumulative?: boolean
  minimum?: number
  measure?: 'people' | 'sum' | 'avg'
  prop?: string
  breakdown?: (string | { prop: string } | { attr: string })[]
  top?: number
  compare?: 'previous' | 'year' | { from: string; to: string }
} | {
  kind: 'usage_lifecycle'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  event: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  }
  interval?: 'hour' | 'day' | 'week' | 'month'
  anchor?: 'first_event' | 'person_created'
  breakdown?: (string | { prop: string } | { attr: string })[]
  top?: number
  compare?: 'previous' | 'year' | { from: string; to: string }
} | {
  kind: 'stickiness'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  event: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  }
  interval?: 'hour' | 'day' | 'week' | 'month'
  minimum?: number
  cumulative?: boolean
  breakdown?: (string | { prop: string } | { attr: string })[]
  top?: number
  compare?: 'previous' | 'year' | { from: string; to: string }
} | {
  kind: 'rfm'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  event?: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  }
  amount?: string
  order_id?: string
  currency?: string
  as_of?: string
  method?: 'quantile' | 'fixed'
  bins?: number
  cuts?: { r: number[]; f: number[]; m: number[] }
  high?: 'mean' | number
  breakdown?: (string | { prop: string } | { attr: string })[]
  top?: number
  compare?: 'previous' | 'year' | { from: string; to: string }
} | {
  kind: 'heatmap'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  event: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  }
  math?: 'count' | 'people' | 'per_person' | 'sum'
  prop?: string
  zone?: 'workspace' | 'person'
  breakdown?: (string | { prop: string } | { attr: string })[]
  top?: number
  compare?: 'previous' | 'year' | { from: string; to: string }
} | {
  kind: 'interval'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  from: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  }
  to: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  }
  pairing?: 'nearest' | 'first'
  max_gap?: { value: number; unit: 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' }
  hold?: string
  gap_minutes?: number
  breakdown?: (string | { prop: string } | { attr: string })[]
  top?: number
  interval?: 'hour' | 'day' | 'week' | 'month'
  bins?: number
  brackets?: number[]
  compare?: 'previous' | 'year' | { from: string; to: string }
} | {
  kind: 'distribution'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  event: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  }
  measure?: 'count' | 'days' | 'hours' | 'sum' | 'avg' | 'min' | 'max'
  prop?: string
  interval?: 'range' | 'day' | 'week' | 'month'
  brackets?: number[]
  breakdown?: (string | { prop: string } | { attr: string })[]
  top?: number
  compare?: 'previous' | 'year' | { from: string; to: string }
} | {
  kind: 'repurchase'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  event?: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  }
  order_id?: string
  interval?: 'day' | 'week' | 'month'
  periods?: number
  breakdown?: (string | { prop: string } | { attr: string })[]
  top?: number
  compare?: 'previous' | 'year' | { from: string; to: string }
  cumulative?: boolean
} | {
  kind: 'ltv'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  event?: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  }
  order_id?: string
  amount?: string
  start?: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  }
  interval?: 'day' | 'week' | 'month'
  periods?: number
  breakdown?: (string | { prop: string } | { attr: string })[]
  top?: number
  compare?: 'previous' | 'year' | { from: string; to: string }
  currency?: string
} | {
  kind: 'orders'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  interval?: 'day' | 'week' | 'month'
  breakdown?: ({ order: 'product' | 'category' | 'coupon' } | { prop: string } | { attr: string })[]
  top?: number
  compare?: 'previous' | 'year' | { from: string; to: string }
  currency?: string
}

export type AlertMetricInput = { of: 'trend'; series: number; breakdown?: (string | null)[] } | { of: 'funnel'; step?: number | null } | { of: 'retention'; period?: number }

export type AlertConditionInput = { kind: 'threshold'; is: 'above'; high: number } | { kind: 'threshold'; is: 'below'; low: number } | { kind: 'threshold'; is: 'outside'; low: number; high: number } | {
  kind: 'change'
  against?: 'previous' | 'week'
  to?: 'up' | 'down' | 'either'
  by: number
  unit?: 'percent' | 'absolute'
} | { kind: 'deviation'; to?: 'up' | 'down' | 'either'; sensitivity?: 'low' | 'medium' | 'high' }

export type AnalysisAnswer = {
  kind: 'trend'
  range: { from: string; to: string }
  zone: string
  tookMs: number
  computedAt: string
  cached: boolean
  interval: 'hour' | 'day' | 'week' | 'month'
  series: {
    series: number
    event: string | null
    formula?: string
    name?: string
    breakdown: (string | null)[]
    other?: boolean
    total: number | null
    points: { t: string; value: number | null; average?: number | null }[]
  }[]
  compare?: {
    range: { from: string; to: string }
    series: {
      series: number
      event: string | null
      formula?: string
      name?: string
      breakdown: (string | null)[]
      other?: boolean
      total: number | null
      points: { t: string; value: number | null; average?: number | null }[]
    }[]
  }
  open_from: string | null
} | {
  kind: 'funnel'
  range: { from: string; to: string }
  zone: string
  tookMs: number
  computedAt: string
  cached: boolean
  steps: { count: number; avg_seconds: number | null; median_seconds: number | null }[]
  whole: { avg_seconds: number | null; median_seconds: number | null }
  values?: {
    breakdown: (string | null)[]
    other?: boolean
    steps: { count: number; avg_seconds: number | null; median_seconds: number | null }[]
  }[]
  compare?: {
    range: { from: string; to: string }
    steps: { count: number; avg_seconds: number | null; median_seconds: number | null }[]
    whole: { avg_seconds: number | null; median_seconds: number | null }
    values?: {
      breakdown: (string | null)[]
      other?: boolean
      steps: { count: number; avg_seconds: number | null; median_seconds: number | null }[]
    }[]
  }
  trend?: {
    interval: 'hour' | 'day' | 'week' | 'month'
    open_from: string | null
    lines: { breakdown: (string | null)[]; other?: boolean; points: { t: string; counts: number[] }[] }[]
  }
  convert?: {
    from: number
    to: number
    count: number
    avg_seconds: number | null
    median_seconds: number | null
    bins: { from: number; until: number; count: number }[]
  }
  correlation?: {
    people: number
    converted: number
    rows: {
      event?: string
      by?: string | { prop: string } | { attr: string }
      value?: string | null
      with: { converted: number; lost: number }
      without: { converted: number; lost: number }
      odds: number
      p: number
      sure: boolean
    }[]
    left_out: number
  }
} | {
  kind: 'path'
  range: { from: string; to: string }
  zone: string
  tookMs: number
  computedAt: string
  cached: boolean
  sessions: number
  gathered: number
  edges: { source: string; target: string; value: number; avg_seconds: number | null }[]
} | {
  kind: 'composition'
  range: { from: string; to: string }
  zone: string
  tookMs: number
  computedAt: string
  cached: boolean
  interval: 'hour' | 'day' | 'week' | 'month'
  people: number
  everyone: number
  joined: number
  values: {
    value: string | null
    other?: boolean
    people: number
    share: number | null
    everyone: number
    everyone_share: number | null
    index: number | null
    joined: number
    points: { t: string; joined: number }[]
  }[]
  compare?: {
    range: { from: string; to: string }
    joined: number
    values: {
      value: string | null
      other?: boolean
      joined: number
      points: { t: string; joined: number }[]
    }[]
  }
} | {
  kind: 'retention'
  range: { from: string; to: string }
  zone: string
  tookMs: number
  computedAt: string
  cached: boolean
  interval: 'hour' | 'day' | 'week' | 'month'
  columns: { from: number; to: number }[]
  cohorts: { date: string; size: number; values: (number | null)[] }[]
  breakdown?: {
    values: (string | null)[]
    other?: boolean
    cohorts: { date: string; size: number; values: (number | null)[] }[]
  }[]
  compare?: {
    range: { from: string; to: string }
    cohorts: { date: string; size: number; values: (number | null)[] }[]
    breakdown?: {
      values: (string | null)[]
      other?: boolean
      cohorts: { date: string; size: number; values: (number | null)[] }[]
    }[]
  }
} | {
  kind: 'usage_lifecycle'
  range: { from: string; to: string }
  zone: string
  tookMs: number
  computedAt: string
  cached: boolean
  interval: 'hour' | 'day' | 'week' | 'month'
  points: { t: string; new: number; returning: number; resurrecting: number; dormant: number }[]
  breakdown?: {
    values: (string | null)[]
    other?: boolean
    points: { t: string; new: number; returning: number; resurrecting: number; dormant: number }[]
  }[]
  compare?: {
    range: { from: string; to: string }
    points: { t: string; new: number; returning: number; resurrecting: number; dormant: number }[]
    breakdown?: {
      values: (string | null)[]
      other?: boolean
      points: { t: string; new: number; returning: number; resurrecting: number; dormant: number }[]
    }[]
  }
  open_from: string | null
} | {
  kind: 'stickiness'
  range: { from: string; to: string }
  zone: string
  tookMs: number
  computedAt: string
  cached: boolean
  interval: 'hour' | 'day' | 'week' | 'month'
  people: number
  bins: { days: number; people: number }[]
  breakdown?: {
    values: (string | null)[]
    other?: boolean
    people: number
    bins: { days: number; people: number }[]
  }[]
  compare?: {
    range: { from: string; to: string }
    people: number
    bins: { days: number; people: number }[]
    breakdown?: {
      values: (string | null)[]
      other?: boolean
      people: number
      bins: { days: number; people: number }[]
    }[]
  }
} | {
  kind: 'rfm'
  range: { from: string; to: string }
  zone: string
  tookMs: number
  computedAt: string
  cached: boolean
  as_of: string
  people: number
  monetary_sum: number
  groups: {
    r: number
    f: number
    m: number
    people: number
    recency_days_avg: number
    frequency_avg: number
    monetary_sum: number
  }[]
  named: {
    group: 'champions' | 'promising' | 'cannot_lose' | 'lost_valuable' | 'loyal' | 'new' | 'fading' | 'dormant'
    people: number
    recency_days_avg: number
    frequency_avg: number
    monetary_sum: number
    share: number | null
    monetary_avg: number | null
    monetary_share: number | null
  }[]
  breakdown?: {
    values: (string | null)[]
    other?: boolean
    people: number
    monetary_sum: number
    named: {
      group: 'champions' | 'promising' | 'cannot_lose' | 'lost_valuable' | 'loyal' | 'new' | 'fading' | 'dormant'
      people: number
      recency_days_avg: number
      frequency_avg: number
      monetary_sum: number
      share: number | null
      monetary_avg: number | null
      monetary_share: number | null
    }[]
  }[]
  compare?: {
    range: { from: string; to: string }
    as_of: string
    people: number
    monetary_sum: number
    named: {
      group: 'champions' | 'promising' | 'cannot_lose' | 'lost_valuable' | 'loyal' | 'new' | 'fading' | 'dormant'
      people: number
      recency_days_avg: number
      frequency_avg: number
      monetary_sum: number
      share: number | null
      monetary_avg: number | null
      monetary_share: number | null
    }[]
    moves: {
      from: 'champions' | 'promising' | 'cannot_lose' | 'lost_valuable' | 'loyal' | 'new' | 'fading' | 'dormant' | null
      to: 'champions' | 'promising' | 'cannot_lose' | 'lost_valuable' | 'loyal' | 'new' | 'fading' | 'dormant' | null
      people: number
    }[]
  }
  levels: {
    r: { score: number; people: number; from: number; to: number }[]
    f: { score: number; people: number; from: number; to: number }[]
    m: { score: number; people: number; from: number; to: number }[]
  }
  high_from: { r: number; f: number; m: number }
  currency: string | null
  currencies: { currency: string; orders: number }[]
} | {
  kind: 'heatmap'
  range: { from: string; to: string }
  zone: string
  tookMs: number
  computedAt: string
  cached: boolean
  cells: { weekday: number; hour: number; value: number | null }[]
  weekdays: { weekday: number; value: number | null; days: number }[]
  hours: { hour: number; value: number | null }[]
  total: number | null
  values?: {
    cells: { weekday: number; hour: number; value: number | null }[]
    weekdays: { weekday: number; value: number | null; days: number }[]
    hours: { hour: number; value: number | null }[]
    total: number | null
    breakdown: (string | null)[]
    other?: boolean
  }[]
  compare?: {
    range: { from: string; to: string }
    cells: { weekday: number; hour: number; value: number | null }[]
    weekdays: { weekday: number; value: number | null; days: number }[]
    hours: { hour: number; value: number | null }[]
    total: number | null
    values?: {
      cells: { weekday: number; hour: number; value: number | null }[]
      weekdays: { weekday: number; value: number | null; days: number }[]
      hours: { hour: number; value: number | null }[]
      total: number | null
      breakdown: (string | null)[]
      other?: boolean
    }[]
  }
  clocks?: { event: number; person: number; workspace: number }
} | {
  kind: 'interval'
  range: { from: string; to: string }
  zone: string
  tookMs: number
  computedAt: string
  cached: boolean
  people: number
  pairs: number
  p25: number | null
  p50: number | null
  p75: number | null
  avg: number | null
  p10: number | null
  p90: number | null
  min: number | null
  max: number | null
  bins: { from: number; until: number | null; pairs: number; people: number }[]
  values?: {
    breakdown: (string | null)[]
    other?: boolean
    people: number
    pairs: number
    p25: number | null
    p50: number | null
    p75: number | null
    avg: number | null
    p10: number | null
    p90: number | null
    min: number | null
    max: number | null
    bins: { from: number; until: number | null; pairs: number; people: number }[]
  }[]
  trend?: {
    interval: 'hour' | 'day' | 'week' | 'month'
    lines: {
      breakdown: (string | null)[]
      other?: boolean
      points: { t: string; people: number; pairs: number; p50: number | null; avg: number | null }[]
    }[]
  }
  compare?: {
    range: { from: string; to: string }
    people: number
    pairs: number
    p25: number | null
    p50: number | null
    p75: number | null
    avg: number | null
    p10: number | null
    p90: number | null
    min: number | null
    max: number | null
    bins: { from: number; until: number | null; pairs: number; people: number }[]
    values?: {
      breakdown: (string | null)[]
      other?: boolean
      people: number
      pairs: number
      p25: number | null
      p50: number | null
      p75: number | null
      avg: number | null
      p10: number | null
      p90: number | null
      min: number | null
      max: number | null
      bins: { from: number; until: number | null; pairs: number; people: number }[]
    }[]
    trend?: {
      interval: 'hour' | 'day' | 'week' | 'month'
      lines: {
        breakdown: (string | null)[]
        other?: boolean
        points: { t: string; people: number; pairs: number; p50: number | null; avg: number | null }[]
      }[]
    }
  }
} | {
  kind: 'distribution'
  range: { from: string; to: string }
  zone: string
  tookMs: number
  computedAt: string
  cached: boolean
  interval: 'range' | 'day' | 'week' | 'month'
  brackets: { from: number | null; until: number | null }[]
  points: { t: string | null; people: number; avg: number | null; median: number | null; counts: number[] }[]
  values?: {
    breakdown: (string | null)[]
    other?: boolean
    points: {
      t: string | null
      people: number
      avg: number | null
      median: number | null
      counts: number[]
    }[]
  }[]
  compare?: {
    range: { from: string; to: string }
    points: {
      t: string | null
      people: number
      avg: number | null
      median: number | null
      counts: number[]
    }[]
    values?: {
      breakdown: (string | null)[]
      other?: boolean
      points: {
        t: string | null
        people: number
        avg: number | null
        median: number | null
        counts: number[]
      }[]
    }[]
  }
} | {
  kind: 'repurchase'
  range: { from: string; to: string }
  zone: string
  tookMs: number
  computedAt: string
  cached: boolean
  interval: 'hour' | 'day' | 'week' | 'month'
  cohorts: { date: string; size: number; values: (number | null)[] }[]
  second: {
    people: number
    p25: number | null
    p50: number | null
    p75: number | null
    avg: number | null
    bins: { from: number; until: number; people: number }[]
  }
  rates: { days: number; people: number; of: number; rate: number | null }[]
  breakdown?: {
    values: (string | null)[]
    other?: boolean
    cohorts: { date: string; size: number; values: (number | null)[] }[]
    second: {
      people: number
      p25: number | null
      p50: number | null
      p75: number | null
      avg: number | null
      bins: { from: number; until: number; people: number }[]
    }
    rates: { days: number; people: number; of: number; rate: number | null }[]
  }[]
  compare?: {
    range: { from: string; to: string }
    cohorts: { date: string; size: number; values: (number | null)[] }[]
    second: {
      people: number
      p25: number | null
      p50: number | null
      p75: number | null
      avg: number | null
      bins: { from: number; until: number; people: number }[]
    }
    rates: { days: number; people: number; of: number; rate: number | null }[]
    breakdown?: {
      values: (string | null)[]
      other?: boolean
      cohorts: { date: string; size: number; values: (number | null)[] }[]
      second: {
        people: number
        p25: number | null
        p50: number | null
        p75: number | null
        avg: number | null
        bins: { from: number; until: number; people: number }[]
      }
      rates: { days: number; people: number; of: number; rate: number | null }[]
    }[]
  }
} | {
  kind: 'ltv'
  range: { from: string; to: string }
  zone: string
  tookMs: number
  computedAt: string
  cached: boolean
  interval: 'hour' | 'day' | 'week' | 'month'
  cohorts: { date: string; size: number; values: (number | null)[]; buyers: (number | null)[] }[]
  breakdown?: {
    values: (string | null)[]
    other?: boolean
    cohorts: { date: string; size: number; values: (number | null)[]; buyers: (number | null)[] }[]
  }[]
  compare?: {
    range: { from: string; to: string }
    cohorts: { date: string; size: number; values: (number | null)[]; buyers: (number | null)[] }[]
    breakdown?: {
      values: (string | null)[]
      other?: boolean
      cohorts: { date: string; size: number; values: (number | null)[]; buyers: (number | null)[] }[]
    }[]
  }
  currency: string | null
  currencies: { currency: string; orders: number }[]
} | {
  kind: 'orders'
  range: { from: string; to: string }
  zone: string
  tookMs: number
  computedAt: string
  cached: boolean
  interval: 'hour' | 'day' | 'week' | 'month'
  currency: string
  currencies: { currency: string; orders: number }[]
  lines: {
    breakdown: (string | null)[]
    other?: boolean
    total: {
      gross: number
      discount: number
      sales: number
      orders: number
      buyers: number
      items: number
      aov: number | null
      order_refunds: number
      orders_refunded: number
      net: number
      refunds: number
      cash: number
    }
    points: {
      t: string
      gross: number
      discount: number
      sales: number
      orders: number
      buyers: number
      items: number
      aov: number | null
      order_refunds: number
      orders_refunded: number
      net: number
      refunds: number
      cash: number
    }[]
  }[]
  total: {
    breakdown: (string | null)[]
    other?: boolean
    total: {
      gross: number
      discount: number
      sales: number
      orders: number
      buyers: number
      items: number
      aov: number | null
      order_refunds: number
      orders_refunded: number
      net: number
      refunds: number
      cash: number
    }
    points: {
      t: string
      gross: number
      discount: number
      sales: number
      orders: number
      buyers: number
      items: number
      aov: number | null
      order_refunds: number
      orders_refunded: number
      net: number
      refunds: number
      cash: number
    }[]
  }
  compare?: {
    range: { from: string; to: string }
    lines: {
      breakdown: (string | null)[]
      other?: boolean
      total: {
        gross: number
        discount: number
        sales: number
        orders: number
        buyers: number
        items: number
        aov: number | null
        order_refunds: number
        orders_refunded: number
        net: number
        refunds: number
        cash: number
      }
      points: {
        t: string
        gross: number
        discount: number
        sales: number
        orders: number
        buyers: number
        items: number
        aov: number | null
        order_refunds: number
        orders_refunded: number
        net: number
        refunds: number
        cash: number
      }[]
    }[]
    total: {
      breakdown: (string | null)[]
      other?: boolean
      total: {
        gross: number
        discount: number
        sales: number
        orders: number
        buyers: number
        items: number
        aov: number | null
        order_refunds: number
        orders_refunded: number
        net: number
        refunds: number
        cash: number
      }
      points: {
        t: string
        gross: number
        discount: number
        sales: number
        orders: number
        buyers: number
        items: number
        aov: number | null
        order_refunds: number
        orders_refunded: number
        net: number
        refunds: number
        cash: number
      }[]
    }
  }
  returns: {
    reasons: { reason: string; count: number; people: number; amount: number }[]
    delay: {
      count: number
      p25: number | null
      p50: number | null
      p75: number | null
      bins: { from: number; until: number; people: number }[]
    }
  }
  open_from: string | null
}

export type AnalysisPeopleQuestionInput = {
  kind: 'trend'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  series: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
    math?: 'count' | 'people' | 'per_person' | 'dau' | 'wau' | 'mau' | 'sum' | 'avg' | 'min' | 'max' | 'median' | 'p75' | 'p90' | 'p95' | 'p99'
    prop?: string
    name?: string
  }[]
  formulas?: { expression: string; name?: string }[]
  interval?: 'hour' | 'day' | 'week' | 'month'
  breakdown?: (string | { prop: string } | { attr: string })[]
  top?: number
  cumulative?: boolean
  moving_average?: number
  compare?: 'previous' | 'year' | { from: string; to: string }
  cell: { series: number; t?: string; breakdown?: (string | null)[]; compared?: boolean }
} | {
  kind: 'funnel'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  steps: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
    name?: string
  }[]
  order?: 'ordered' | 'strict' | 'any'
  window?: { value: number; unit: 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' }
  exclusions?: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
    between: [number, number]
  }[]
  hold?: string
  start?: 'latest' | 'first'
  count?: 'people' | 'sessions'
  gap_minutes?: number
  breakdown?: (string | { prop: string } | { attr: string })[]
  top?: number
  attribution?: 'first' | 'last' | { step: number }
  interval?: 'hour' | 'day' | 'week' | 'month'
  convert?: { from?: number; to?: number; bins?: number }
  correlate?: 'events' | (string | { prop: string } | { attr: string })[]
  compare?: 'previous' | 'year' | { from: string; to: string }
  cell: {
    step: number
    dropped?: boolean
    breakdown?: (string | null)[]
    t?: string
    compared?: boolean
    took?: { from: number; until: number }
    correlation?: {
      event?: string
      by?: string | { prop: string } | { attr: string }
      value?: string | null
      has?: boolean
      converted?: boolean
    }
  }
} | {
  kind: 'path'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  by?: 'event' | { prop: string }
  start?: string | { event: string } | null
  end?: string | { event: string } | null
  gap_minutes?: number
  count?: 'sessions' | 'people'
  steps?: number
  edges?: number
  min_weight?: number
  include?: (string | {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  })[]
  exclude?: (string | {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  })[]
  groups?: { name: string; patterns: string[] }[]
  collapse?: 'last' | 'first' | 'none'
  cell: {
    /** Place and item: 2_Order Completed, 3_$exit, 3_$other */
    source: string
    /** Place and item: 2_Order Completed, 3_$exit, 3_$other */
    target: string
  } | {
    /** Place and item: 2_Order Completed, 3_$exit, 3_$other */
    node: string
  }
} | {
  kind: 'composition'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  by: { attr: string } | { tags: true }
  interval?: 'day' | 'week' | 'month'
  top?: number
  compare?: 'previous' | 'year' | { from: string; to: string }
  cell: {
    value?: string | null
    of?: 'audience' | 'everyone'
    joined?: boolean
    t?: string
    compared?: boolean
  }
} | {
  kind: 'retention'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  start: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  }
  return: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  }
  mode?: 'first_time' | 'recurring' | 'first_ever'
  interval?: 'hour' | 'day' | 'week' | 'month'
  periods?: number
  brackets?: number[]
  window?: 'calendar' | '24_hour'
  cumulative?: boolean
  minimum?: number
  measure?: 'people' | 'sum' | 'avg'
  prop?: string
  breakdown?: (string | { prop: string } | { attr: string })[]
  top?: number
  compare?: 'previous' | 'year' | { from: string; to: string }
  cell: { cohort: string; period: number; breakdown?: (string | null)[]; compared?: boolean }
} | {
  kind: 'usage_lifecycle'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  event: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  }
  interval?: 'hour' | 'day' | 'week' | 'month'
  anchor?: 'first_event' | 'person_created'
  breakdown?: (string | { prop: string } | { attr: string })[]
  top?: number
  compare?: 'previous' | 'year' | { from: string; to: string }
  cell: {
    t: string
    state: 'new' | 'returning' | 'resurrecting' | 'dormant'
    breakdown?: (string | null)[]
    compared?: boolean
  }
} | {
  kind: 'stickiness'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  event: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  }
  interval?: 'hour' | 'day' | 'week' | 'month'
  minimum?: number
  cumulative?: boolean
  breakdown?: (string | { prop: string } | { attr: string })[]
  top?: number
  compare?: 'previous' | 'year' | { from: string; to: string }
  cell: { days: number; breakdown?: (string | null)[]; compared?: boolean }
} | {
  kind: 'rfm'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  event?: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  }
  amount?: string
  order_id?: string
  currency?: string
  as_of?: string
  method?: 'quantile' | 'fixed'
  bins?: number
  cuts?: { r: number[]; f: number[]; m: number[] }
  high?: 'mean' | number
  breakdown?: (string | { prop: string } | { attr: string })[]
  top?: number
  compare?: 'previous' | 'year' | { from: string; to: string }
  cell: { r?: number; f?: number; m?: number; breakdown?: (string | null)[]; compared?: boolean } | {
    group: 'champions' | 'promising' | 'cannot_lose' | 'lost_valuable' | 'loyal' | 'new' | 'fading' | 'dormant'
    breakdown?: (string | null)[]
    compared?: boolean
  } | {
    move: {
      from?: 'champions' | 'promising' | 'cannot_lose' | 'lost_valuable' | 'loyal' | 'new' | 'fading' | 'dormant' | null
      to?: 'champions' | 'promising' | 'cannot_lose' | 'lost_valuable' | 'loyal' | 'new' | 'fading' | 'dormant' | null
    }
  }
} | {
  kind: 'heatmap'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  event: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  }
  math?: 'count' | 'people' | 'per_person' | 'sum'
  prop?: string
  zone?: 'workspace' | 'person'
  breakdown?: (string | { prop: string } | { attr: string })[]
  top?: number
  compare?: 'previous' | 'year' | { from: string; to: string }
  cell: { weekday?: number; hour?: number; breakdown?: (string | null)[]; compared?: boolean }
} | {
  kind: 'interval'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  from: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  }
  to: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  }
  pairing?: 'nearest' | 'first'
  max_gap?: { value: number; unit: 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' }
  hold?: string
  gap_minutes?: number
  breakdown?: (string | { prop: string } | { attr: string })[]
  top?: number
  interval?: 'hour' | 'day' | 'week' | 'month'
  bins?: number
  brackets?: number[]
  compare?: 'previous' | 'year' | { from: string; to: string }
  cell: {
    from?: number
    until?: number
    above?: 'p10' | 'p25' | 'p50' | 'p75' | 'p90' | 'avg'
    upto?: 'p10' | 'p25' | 'p50' | 'p75' | 'p90' | 'avg'
    breakdown?: (string | null)[]
    t?: string
    compared?: boolean
  }
} | {
  kind: 'distribution'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  event: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  }
  measure?: 'count' | 'days' | 'hours' | 'sum' | 'avg' | 'min' | 'max'
  prop?: string
  interval?: 'range' | 'day' | 'week' | 'month'
  brackets?: number[]
  breakdown?: (string | { prop: string } | { attr: string })[]
  top?: number
  compare?: 'previous' | 'year' | { from: string; to: string }
  cell: { t?: string; from?: number; until?: number; breakdown?: (string | null)[]; compared?: boolean }
} | {
  kind: 'repurchase'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  event?: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  }
  order_id?: string
  interval?: 'day' | 'week' | 'month'
  periods?: number
  breakdown?: (string | { prop: string } | { attr: string })[]
  top?: number
  compare?: 'previous' | 'year' | { from: string; to: string }
  cumulative?: boolean
  cell: { cohort: string; period: number; breakdown?: (string | null)[]; compared?: boolean } | { second: { from: number; until: number }; breakdown?: (string | null)[]; compared?: boolean } | { within: number; again?: boolean; breakdown?: (string | null)[]; compared?: boolean }
} | {
  kind: 'ltv'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  event?: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  }
  order_id?: string
  amount?: string
  start?: {
    /** Name of the event; null: anything they did */
    event: string | null
    /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
    where?: unknown[]
    or?: {
      /** Name of the event; null: anything they did */
      event: string | null
      /** [{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules */
      where?: unknown[]
    }[]
  }
  interval?: 'day' | 'week' | 'month'
  periods?: number
  breakdown?: (string | { prop: string } | { attr: string })[]
  top?: number
  compare?: 'previous' | 'year' | { from: string; to: string }
  currency?: string
  cell: {
    cohort: string
    period: number
    of?: 'buyers' | 'cohort'
    breakdown?: (string | null)[]
    compared?: boolean
  }
} | {
  kind: 'orders'
  range: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
  /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
  audience?: unknown
  interval?: 'day' | 'week' | 'month'
  breakdown?: ({ order: 'product' | 'category' | 'coupon' } | { prop: string } | { attr: string })[]
  top?: number
  compare?: 'previous' | 'year' | { from: string; to: string }
  currency?: string
  cell: {
    who: 'orders' | 'order_refunds' | 'refunds'
    t?: string
    breakdown?: (string | null)[]
    compared?: boolean
  } | { reason: string } | { delay: { from: number; until: number } }
}

export type SegmentsExplainAnswerSchema0 = { path: string; holds: boolean; seen?: unknown; children?: SegmentsExplainAnswerSchema0[] }

/** Every route as a function, by module. */
export type Operations = {
  jobs: {
    /** Background jobs, newest first: my own, and with `job:read` everybody’s. */
    list: Paged<{
      limit?: number
      cursor?: string
      state?: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
      mine?: string
    }, {
      id: string
      kind: string
      title: string | null
      state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
      cancelRequested: boolean
      progress: number
      note: string | null
      mine: boolean
      error: { code: string; message: string | null } | null
      /** RFC 3339, UTC */
      createdAt: string
      startedAt: string | null
      finishedAt: string | null
    }>
    /** One background job. */
    get: Operation<{ id: string }, {
      id: string
      kind: string
      title: string | null
      state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
      cancelRequested: boolean
      progress: number
      note: string | null
      mine: boolean
      error: { code: string; message: string | null } | null
      /** RFC 3339, UTC */
      createdAt: string
      startedAt: string | null
      finishedAt: string | null
    }>
    /** Cancel a job: at once when it waits, at its next sign of life when it runs; others’ jobs need `job:write`. */
    cancel: Operation<{ id: string }, {
      id: string
      kind: string
      title: string | null
      state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
      cancelRequested: boolean
      progress: number
      note: string | null
      mine: boolean
      error: { code: string; message: string | null } | null
      /** RFC 3339, UTC */
      createdAt: string
      startedAt: string | null
      finishedAt: string | null
    }>
  }
  access: {
    /** Whether the first owner is still to be set up. */
    setupNeeded: Operation<Record<string, never>, { needed: boolean }>
    /** Create the first workspace and its owner, and log in. */
    setUp: Operation<{
      body: {
        workspace: string
        email: string
        password: string
        name: string
        timezone: string
        language?: 'en' | 'zh'
      }
    }, {
      user: {
        id: string
        email: string
        name: string
        language: 'en' | 'zh'
        theme: 'light' | 'dark' | 'system'
        timezone: string | null
      } | null
      workspaces: { id: string; name: string; role: string }[]
      workspace: {
        id: string
        name: string
        timezone: string
        country: string
        currency: string
        /** RFC 3339, UTC */
        createdAt: string
      } | null
      memberId: string | null
      role: { name: string; builtin: string | null } | null
      permissions: string[]
      seesAll: boolean
    }>
    /** Log in; sets the session cookie. */
    logIn: Operation<{ body: { email: string; password: string } }, {
      user: {
        id: string
        email: string
        name: string
        language: 'en' | 'zh'
        theme: 'light' | 'dark' | 'system'
        timezone: string | null
      } | null
      workspaces: { id: string; name: string; role: string }[]
      workspace: {
        id: string
        name: string
        timezone: string
        country: string
        currency: string
        /** RFC 3339, UTC */
        createdAt: string
      } | null
      memberId: string | null
      role: { name: string; builtin: string | null } | null
      permissions: string[]
      seesAll: boolean
    }>
    /** Who am I, and what may I do here. */
    me: Operation<Record<string, never>, {
      user: {
        id: string
        email: string
        name: string
        language: 'en' | 'zh'
        theme: 'light' | 'dark' | 'system'
        timezone: string | null
      } | null
      workspaces: { id: string; name: string; role: string }[]
      workspace: {
        id: string
        name: string
        timezone: string
        country: string
        currency: string
        /** RFC 3339, UTC */
        createdAt: string
      } | null
      memberId: string | null
      role: { name: string; builtin: string | null } | null
      permissions: string[]
      seesAll: boolean
    }>
    /** Switch the current workspace. */
    switchWorkspace: Operation<{ body: { workspaceId?: string } }, {
      user: {
        id: string
        email: string
        name: string
        language: 'en' | 'zh'
        theme: 'light' | 'dark' | 'system'
        timezone: string | null
      } | null
      workspaces: { id: string; name: string; role: string }[]
      workspace: {
        id: string
        name: string
        timezone: string
        country: string
        currency: string
        /** RFC 3339, UTC */
        createdAt: string
      } | null
      memberId: string | null
      role: { name: string; builtin: string | null } | null
      permissions: string[]
      seesAll: boolean
    }>
    /** Log out. */
    logOut: Operation<Record<string, never>, void>
    /** My login sessions. */
    listSessions: Operation<Record<string, never>, {
      items: {
        id: string
        current: boolean
        ip: string | null
        userAgent: string | null
        /** RFC 3339, UTC */
        createdAt: string
        /** RFC 3339, UTC */
        lastSeenAt: string
      }[]
    }>
    /** End one of my login sessions. */
    endSession: Operation<{ id: string }, void>
    /** Change my name, language, theme, time zone or password. */
    changeMe: Operation<{
      body: {
        name?: string
        language?: 'en' | 'zh'
        theme?: 'light' | 'dark' | 'system'
        timezone?: string | null
        password?: { current: string; new: string }
      }
    }, {
      id: string
      email: string
      name: string
      language: 'en' | 'zh'
      theme: 'light' | 'dark' | 'system'
      timezone: string | null
    }>
    /** Create a workspace with its first keys. */
    createWorkspace: Operation<{
      body: {
        name: string
        timezone: string
        country?: string
        currency?: string
        email?: string
        password?: string
        onlyWhenEmpty?: boolean
        withApiKey?: boolean
      }
    }, {
      workspaceId: string
      writeKey: string
      /** Shown this one time; only its hash is kept. */
      apiKey: string
      account: 'created' | 'existing'
    }>
    /** The current workspace. Needs `setting:read`. */
    getWorkspace: Operation<Record<string, never>, {
      id: string
      name: string
      timezone: string
      country: string
      currency: string
      /** RFC 3339, UTC */
      createdAt: string
    }>
    /** Change name, time zone, country or currency. Needs `setting:write`. */
    changeWorkspace: Operation<{ body: { name?: string; timezone?: string; country?: string; currency?: string } }, {
      id: string
      name: string
      timezone: string
      country: string
      currency: string
      /** RFC 3339, UTC */
      createdAt: string
    }>
    /** Members, by name. Needs `member:read`. */
    listMembers: Paged<{ limit?: number; cursor?: string; q?: string; status?: 'active' | 'disabled' }, {
      id: string
      name: string
      email: string
      status: 'active' | 'disabled'
      role: { id: string; name: string; builtin: string | null }
      department: { id: string; name: string } | null
      manager: { id: string; name: string } | null
      /** RFC 3339, UTC */
      joinedAt: string
    }>
    /** Change role, department or manager; disable or enable. Needs `member:write`. */
    changeMember: Operation<{
      id: string
      body: {
        roleId?: string
        departmentId?: string | null
        managerId?: string | null
        status?: 'active' | 'disabled'
      }
    }, {
      id: string
      name: string
      email: string
      status: 'active' | 'disabled'
      role: { id: string; name: string; builtin: string | null }
      department: { id: string; name: string } | null
      manager: { id: string; name: string } | null
      /** RFC 3339, UTC */
      joinedAt: string
    }>
    /** Roles with their permissions. Needs `member:read`. */
    listRoles: Operation<Record<string, never>, {
      items: {
        id: string
        name: string
        builtin: string | null
        permissions: string[]
        scope: 'self' | 'self_and_subordinates' | 'department' | 'department_tree' | 'all'
        members: number
      }[]
    }>
    /** Create a role. Needs `member:write`. */
    createRole: Operation<{
      body: {
        name: string
        permissions: ('people:read' | 'people:write' | 'people:assign' | 'people:trash' | 'people:erase' | 'people:unmask' | 'identity:read' | 'identity:write' | 'attribute:write' | 'tag:write' | 'consent:read' | 'consent:write' | 'suppression:write' | 'export:read' | 'view:write' | 'company:read' | 'company:write' | 'segment:read' | 'segment:write' | 'analytics:read' | 'analytics:write' | 'dashboard:read' | 'dashboard:write' | 'dashboard:share' | 'sql:read' | 'sql:write' | 'content:read' | 'content:write' | 'content:publish' | 'import:read' | 'import:write' | 'source:read' | 'source:write' | 'event:read' | 'event:write' | 'order:read' | 'job:read' | 'job:write' | 'setting:read' | 'setting:write' | 'member:read' | 'member:write' | 'key:read' | 'key:write' | 'webhook:read' | 'webhook:write' | 'audit:read')[]
        scope: 'self' | 'self_and_subordinates' | 'department' | 'department_tree' | 'all'
      }
    }, {
      id: string
      name: string
      builtin: string | null
      permissions: string[]
      scope: 'self' | 'self_and_subordinates' | 'department' | 'department_tree' | 'all'
      members: number
    }>
    /** Every permission a role can have, with its words. Needs `member:read`. */
    listPermissions: Operation<Record<string, never>, {
      items: { id: string; group: string; label: { en: string; zh: string }; sensitive: boolean }[]
    }>
    /** Change a role of your own; acts at once. Needs `member:write`. */
    changeRole: Operation<{
      id: string
      body: {
        name?: string
        permissions?: ('people:read' | 'people:write' | 'people:assign' | 'people:trash' | 'people:erase' | 'people:unmask' | 'identity:read' | 'identity:write' | 'attribute:write' | 'tag:write' | 'consent:read' | 'consent:write' | 'suppression:write' | 'export:read' | 'view:write' | 'company:read' | 'company:write' | 'segment:read' | 'segment:write' | 'analytics:read' | 'analytics:write' | 'dashboard:read' | 'dashboard:write' | 'dashboard:share' | 'sql:read' | 'sql:write' | 'content:read' | 'content:write' | 'content:publish' | 'import:read' | 'import:write' | 'source:read' | 'source:write' | 'event:read' | 'event:write' | 'order:read' | 'job:read' | 'job:write' | 'setting:read' | 'setting:write' | 'member:read' | 'member:write' | 'key:read' | 'key:write' | 'webhook:read' | 'webhook:write' | 'audit:read')[]
        scope?: 'self' | 'self_and_subordinates' | 'department' | 'department_tree' | 'all'
      }
    }, {
      id: string
      name: string
      builtin: string | null
      permissions: string[]
      scope: 'self' | 'self_and_subordinates' | 'department' | 'department_tree' | 'all'
      members: number
    }>
    /** Delete a role nobody has. Needs `member:write`. */
    deleteRole: Operation<{ id: string }, void>
    /** Departments, parents first. Needs `member:read`. */
    listDepartments: Operation<Record<string, never>, { items: { id: string; name: string; parentId: string | null; members: number }[] }>
    /** Create a department. Needs `member:write`. */
    createDepartment: Operation<{ body: { name: string; parentId?: string | null } }, { id: string; name: string; parentId: string | null; members: number }>
    /** Rename or move a department. Needs `member:write`. */
    changeDepartment: Operation<{ id: string; body: { name?: string; parentId?: string | null } }, { id: string; name: string; parentId: string | null; members: number }>
    /** Delete an empty department. Needs `member:write`. */
    deleteDepartment: Operation<{ id: string }, void>
    /** Open invitations, newest first. Needs `member:read`. */
    listInvitations: Paged<{ limit?: number; cursor?: string }, {
      id: string
      email: string
      role: { id: string; name: string }
      departmentId: string | null
      invitedBy: string
      /** RFC 3339, UTC */
      createdAt: string
      /** RFC 3339, UTC */
      expiresAt: string
    }>
    /** Invite by mail address; answers the link to hand over, valid for 7 days. Needs `member:write`. */
    invite: Operation<{ body: { email: string; roleId: string; departmentId?: string | null } }, {
      id: string
      email: string
      role: { id: string; name: string }
      departmentId: string | null
      invitedBy: string
      /** RFC 3339, UTC */
      createdAt: string
      /** RFC 3339, UTC */
      expiresAt: string
      /** Shown this one time; only its hash is kept. */
      link: string
    }>
    /** Take an invitation back. Needs `member:write`. */
    revokeInvitation: Operation<{ id: string }, void>
    /** What an invitation link is for. */
    openInvitation: Operation<{ token: string }, {
      workspace: string
      email: string
      role: string
      invitedBy: string
      hasAccount: boolean
      /** RFC 3339, UTC */
      expiresAt: string
    }>
    /** Join: a new account chooses name and password, an existing one proves its password; logs in. */
    acceptInvitation: Operation<{ token: string; body: { name?: string; password: string; language?: 'en' | 'zh' } }, {
      user: {
        id: string
        email: string
        name: string
        language: 'en' | 'zh'
        theme: 'light' | 'dark' | 'system'
        timezone: string | null
      } | null
      workspaces: { id: string; name: string; role: string }[]
      workspace: {
        id: string
        name: string
        timezone: string
        country: string
        currency: string
        /** RFC 3339, UTC */
        createdAt: string
      } | null
      memberId: string | null
      role: { name: string; builtin: string | null } | null
      permissions: string[]
      seesAll: boolean
    }>
    /** Management API keys, newest first. Needs `key:read`. */
    listApiKeys: Paged<{ limit?: number; cursor?: string }, {
      id: string
      name: string
      prefix: string
      permissions: string[]
      scope: 'self' | 'self_and_subordinates' | 'department' | 'department_tree' | 'all' | null
      perMinute: number
      allowedIps: string[] | null
      createdBy: string
      /** RFC 3339, UTC */
      createdAt: string
      lastUsedAt: string | null
      expiresAt: string | null
      revokedAt: string | null
    }>
    /** Create a management API key; it can never do more than its maker can. Needs `key:write`. */
    createApiKey: Operation<{
      body: {
        name: string
        permissions?: ('people:read' | 'people:write' | 'people:assign' | 'people:trash' | 'people:erase' | 'people:unmask' | 'identity:read' | 'identity:write' | 'attribute:write' | 'tag:write' | 'consent:read' | 'consent:write' | 'suppression:write' | 'export:read' | 'view:write' | 'company:read' | 'company:write' | 'segment:read' | 'segment:write' | 'analytics:read' | 'analytics:write' | 'dashboard:read' | 'dashboard:write' | 'dashboard:share' | 'sql:read' | 'sql:write' | 'content:read' | 'content:write' | 'content:publish' | 'import:read' | 'import:write' | 'source:read' | 'source:write' | 'event:read' | 'event:write' | 'order:read' | 'job:read' | 'job:write' | 'setting:read' | 'setting:write' | 'member:read' | 'member:write' | 'key:read' | 'key:write' | 'webhook:read' | 'webhook:write' | 'audit:read')[]
        scope?: 'self' | 'self_and_subordinates' | 'department' | 'department_tree' | 'all' | null
        perMinute?: number
        allowedIps?: string[] | null
        expiresAt?: string | null
      }
    }, {
      id: string
      name: string
      prefix: string
      permissions: string[]
      scope: 'self' | 'self_and_subordinates' | 'department' | 'department_tree' | 'all' | null
      perMinute: number
      allowedIps: string[] | null
      createdBy: string
      /** RFC 3339, UTC */
      createdAt: string
      lastUsedAt: string | null
      expiresAt: string | null
      revokedAt: string | null
      /** Shown this one time; only its hash is kept. */
      secret: string
    }>
    /** Revoke a key; acts at once. Needs `key:write`. */
    revokeApiKey: Operation<{ id: string }, void>
    /** Tracking sources and their write keys, oldest first. Needs `key:read`. */
    listWriteKeys: Paged<{ limit?: number; cursor?: string }, {
      id: string
      key: string
      name: string
      kind: 'web' | 'server' | 'app' | 'other'
      /** RFC 3339, UTC */
      createdAt: string
      revokedAt: string | null
    }>
    /** Create a tracking source. Needs `key:write`. */
    createWriteKey: Operation<{ body: { name: string; kind?: 'web' | 'server' | 'app' | 'other' } }, {
      id: string
      key: string
      name: string
      kind: 'web' | 'server' | 'app' | 'other'
      /** RFC 3339, UTC */
      createdAt: string
      revokedAt: string | null
    }>
    /** Rename a tracking source. Needs `key:write`. */
    renameWriteKey: Operation<{ id: string; body: { name: string } }, {
      id: string
      key: string
      name: string
      kind: 'web' | 'server' | 'app' | 'other'
      /** RFC 3339, UTC */
      createdAt: string
      revokedAt: string | null
    }>
    /** Revoke a write key; acts at once. Needs `key:write`. */
    revokeWriteKey: Operation<{ id: string }, void>
    /** Audit log, newest first. Needs `audit:read`. */
    listAudit: Paged<{ limit?: number; cursor?: string; action?: string; actor?: string }, {
      seq: number
      /** RFC 3339, UTC */
      time: string
      actor: { kind: string; id: string | null; name: string }
      action: string
      subject: string | null
      details: Record<string, unknown>
    }>
    /** Recompute the hash chain; `anchor` is a `head` kept from an earlier check. Needs `audit:read`. */
    checkAudit: Operation<{ anchor?: string }, { intact: boolean; entries: number; head: string; brokenAt: number | null }>
  }
  alerts: {
    /** Alerts I made or that tell me; all of them for those who may change settings and see all people. By name. Needs `analytics:read`. */
    list: Paged<{
      limit?: number
      cursor?: string
      search?: string
      standing?: 'ok' | 'firing' | 'learning' | 'muted' | 'paused' | 'error'
      mine?: string
    }, Alert>
    /** Watch one number of a question; counted with the rights of its maker as they are then. Needs `analytics:write`. */
    create: Operation<{
      body: {
        name: string
        question: AnalysisQuestionInput
        metric: AlertMetricInput
        line?: string
        state?: Record<string, unknown>
        analysis?: string | null
        condition: AlertConditionInput
        running?: boolean
        hour?: number
        remindEvery?: number | null
        tell: { members: string[]; mail?: boolean; webhook?: boolean; endpoints?: string[] | null }
      }
    }, Alert>
    /** One alert. Needs `analytics:read`. */
    get: Operation<{ id: string }, Alert>
    /** Change the name, when it fires and whom it tells; by its maker. Needs `analytics:write`. */
    change: Operation<{
      id: string
      body: {
        version: number
        name?: string
        condition?: AlertConditionInput
        running?: boolean
        hour?: number
        remindEvery?: number | null
        tell?: { members: string[]; mail?: boolean; webhook?: boolean; endpoints?: string[] | null }
      }
    }, Alert>
    /** Delete; for 30 days it can be brought back. Needs `analytics:write`. */
    remove: Operation<{ id: string }, void>
    /** Whom and where an alert may tell: members, mail, webhook endpoints that ask for alerts. Needs `analytics:read`. */
    options: Operation<Record<string, never>, {
      mail: boolean
      me: string
      members: { id: string; name: string }[]
      endpoints: { id: string; name: string }[]
    }>
    /** Bring a deleted alert back with its history. Needs `analytics:write`. */
    restore: Operation<{ id: string }, Alert>
    /** Stop looking, or look again; what happens meanwhile is not told. Needs `analytics:write`. */
    pause: Operation<{ id: string; body: { paused: boolean } }, Alert>
    /** Look, but tell nobody until then; null: tell again. Needs `analytics:write`. */
    mute: Operation<{ id: string; body: { until: string | null } }, Alert>
    /** What was found, bucket by bucket, newest first; of hours kept for 90 days, else for 800. Needs `analytics:read`. */
    history: Paged<{ id: string; limit?: number; cursor?: string }, {
      t: string
      value: number | null
      low: number | null
      high: number | null
      expected: number | null
      verdict: 'fine' | 'breach' | 'learning' | 'empty'
      needs: number
      running: boolean
      edge: 'fired' | 'recovered' | null
      told: 'fired' | 'recovered' | 'reminded' | null
      /** RFC 3339, UTC */
      at: string
    }>
    /** When alerts that watch the numbers of this question fired, of those I see; its range and what shapes curves aside. Needs `analytics:read`. */
    firings: Operation<{ body: { question: AnalysisQuestionInput; from: string; to: string } }, { items: { alert: { id: string; name: string }; metric: AlertMetric; t: string }[] }>
    /** What such an alert would have done: the last 7 days of hours, 30 days, 26 weeks or 12 months. Needs `analytics:write`. */
    preview: Operation<{
      body: {
        question: AnalysisQuestionInput
        metric: AlertMetricInput
        condition: AlertConditionInput
        remindEvery?: number | null
      }
    }, {
      interval: 'hour' | 'day' | 'week' | 'month'
      unit: 'number' | 'percent'
      zone: string
      points: {
        t: string
        value: number | null
        low: number | null
        high: number | null
        expected: number | null
        verdict: 'fine' | 'breach' | 'learning' | 'empty'
        needs: number
        edge: 'fired' | 'recovered' | null
      }[]
      fired: number
      needs: number
    }>
  }
  analytics: {
    /** Saved analyses by name: of a folder, of a kind, by a piece of their name; and which folders there are. Needs `analytics:read`. */
    listSaved: Operation<{
      limit?: number
      cursor?: string
      search?: string
      folder?: string
      kind?: string
      mine?: string
    }, {
      items: {
        id: string
        name: string
        folder: string
        description: string
        kind: string
        question: AnalysisQuestion
        state: Record<string, unknown>
        owner: string
        mine: boolean
        version: number
        usedBy: { kind: 'board' | 'alert'; id: string; name: string; holds: boolean }[]
        /** RFC 3339, UTC */
        createdAt: string
        /** RFC 3339, UTC */
        updatedAt: string
      }[]
      next: string | null
      folders: string[]
    }>
    /** Save an analysis for everybody who may ask analyses. Needs `analytics:write`. */
    save: Operation<{
      body: {
        name: string
        folder?: string
        description?: string
        question: AnalysisQuestionInput
        state?: Record<string, unknown>
      }
    }, {
      id: string
      name: string
      folder: string
      description: string
      kind: string
      question: AnalysisQuestion
      state: Record<string, unknown>
      owner: string
      mine: boolean
      version: number
      usedBy: { kind: 'board' | 'alert'; id: string; name: string; holds: boolean }[]
      /** RFC 3339, UTC */
      createdAt: string
      /** RFC 3339, UTC */
      updatedAt: string
    }>
    /** One saved analysis. Needs `analytics:read`. */
    getSaved: Operation<{ id: string }, {
      id: string
      name: string
      folder: string
      description: string
      kind: string
      question: AnalysisQuestion
      state: Record<string, unknown>
      owner: string
      mine: boolean
      version: number
      usedBy: { kind: 'board' | 'alert'; id: string; name: string; holds: boolean }[]
      /** RFC 3339, UTC */
      createdAt: string
      /** RFC 3339, UTC */
      updatedAt: string
    }>
    /** Rename, move, describe, or ask another question. Needs `analytics:write`. */
    changeSaved: Operation<{
      id: string
      body: {
        version: number
        name?: string
        folder?: string
        description?: string
        question?: AnalysisQuestionInput
        state?: Record<string, unknown>
      }
    }, {
      id: string
      name: string
      folder: string
      description: string
      kind: string
      question: AnalysisQuestion
      state: Record<string, unknown>
      owner: string
      mine: boolean
      version: number
      usedBy: { kind: 'board' | 'alert'; id: string; name: string; holds: boolean }[]
      /** RFC 3339, UTC */
      createdAt: string
      /** RFC 3339, UTC */
      updatedAt: string
    }>
    /** Delete; answers it, so that it can be saved again. Needs `analytics:write`. */
    removeSaved: Operation<{ id: string }, {
      id: string
      name: string
      folder: string
      description: string
      kind: string
      question: AnalysisQuestion
      state: Record<string, unknown>
      owner: string
      mine: boolean
      version: number
      usedBy: { kind: 'board' | 'alert'; id: string; name: string; holds: boolean }[]
      /** RFC 3339, UTC */
      createdAt: string
      /** RFC 3339, UTC */
      updatedAt: string
    }>
    /** Names a question may use, with what events and properties are called; hidden ones left out. Needs `analytics:read`. */
    events: Operation<Record<string, never>, {
      items: { name: string; type: string }[]
      titles: {
        events: { zh: string; en: string; spelled: string; name: string }[]
        properties: { zh: string; en: string; spelled: string; event: string; path: string }[]
      }
    }>
    /** Properties of an event a question may use; examples only for who sees everybody. Needs `analytics:read`. */
    properties: Operation<{ event: string }, {
      items: {
        path: string
        type: 'text' | 'number' | 'boolean' | 'list'
        count: number
        examples: string[]
      }[]
    }>
    /** What was noted of the days from `from` to `to`, both included, oldest first. Needs `analytics:read`. */
    listAnnotations: Paged<{ limit?: number; cursor?: string; from?: string; to?: string }, {
      id: string
      day: string
      text: string
      by: string
      version: number
      /** RFC 3339, UTC */
      createdAt: string
    }>
    /** Note what happened on a day. Needs `analytics:write`. */
    annotate: Operation<{ body: { day: string; text: string } }, {
      id: string
      day: string
      text: string
      by: string
      version: number
      /** RFC 3339, UTC */
      createdAt: string
    }>
    /** Say it otherwise, or of another day. Needs `analytics:write`. */
    changeAnnotation: Operation<{ id: string; body: { version: number; day?: string; text?: string } }, {
      id: string
      day: string
      text: string
      by: string
      version: number
      /** RFC 3339, UTC */
      createdAt: string
    }>
    /** Take a note away; answers it, so that it can be made again. Needs `analytics:write`. */
    removeAnnotation: Operation<{ id: string }, {
      id: string
      day: string
      text: string
      by: string
      version: number
      /** RFC 3339, UTC */
      createdAt: string
    }>
    /** A table of numbers as a workbook (XLSX): what is sent comes back as a file, nothing is kept. Needs `analytics:read`. */
    sheet: Operation<{ body: { title: string; header: string[]; rows: (string | number | null)[][] } }, Response>
    /** Put the people behind numbers of an analysis into segments (lists, which stay as they are), in the background; needs analytics:read and people:read too. Needs `segment:write`. */
    makeSegments: Operation<{
      body: {
        question: AnalysisQuestionInput
        parts: { cell: Record<string, unknown>; name: string; description?: string; origin?: string }[]
      }
    }, { id: string; jobId: string; segments: { id: string; name: string; made: boolean }[] }>
    /** Take back what was made: new segments are deleted (and can be restored), of others the change of people is undone. Needs `segment:write`. */
    undoSegments: Operation<{ id: string }, { removed: number; restored: number }>
    /** Numbers of an analysis, exact, of people the caller may see; kept until something they follow from changes, unless `refresh` asks for a new count; cancelled when the client hangs up. Needs `analytics:read`. */
    query: Operation<{ refresh?: string; body: AnalysisQuestionInput }, AnalysisAnswer>
    /** The people behind one number of an analysis: its question and the cell; needs people:read too. Needs `analytics:read`. */
    people: Operation<{ limit?: number; cursor?: string; body: AnalysisPeopleQuestionInput }, {
      items: {
        id: string
        name: string | null
        identifiers: { kind: string; value: string }[]
        attributes: Record<string, unknown>
        masked: string[]
        tags: string[]
        owner: {
          id: string
          name: string
          /** RFC 3339, UTC */
          since: string
        } | null
        firstSeen: string | null
        lastSeen: string | null
      }[]
      total: number
      next: string | null
    }>
  }
  collect: {
    /** How many items were accepted and how many are projected everywhere. Needs `event:read`. */
    status: Operation<Record<string, never>, {
      accepted: number
      projected: number
      lag_seconds: number
      outcomes: { stored: number; duplicate: number; conflict: number; rejected: number }
      rate: number
      rebuilding: number | null
    }>
    /** Newest received items with outcome and raw payload; pass `after` to get only newer ones. Needs `event:read`. */
    live: Operation<{
      after?: string
      before?: string
      limit?: number
      outcome?: 'stored' | 'duplicate' | 'conflict' | 'rejected' | 'pending'
      name?: string
      search?: string
    }, {
      items: {
        id: string
        /** RFC 3339, UTC */
        receivedAt: string
        outcome: 'stored' | 'duplicate' | 'conflict' | 'rejected' | 'pending'
        reason: string | null
        reasonText: string | null
        type: string | null
        name: string | null
        profileId: string | null
        source: { kind: 'source' | 'import' | 'api_key' | 'hand'; name: string; href: string | null }
        userId: string | null
        anonymousId: string | null
        messageId: string | null
        faults?: { property: string; reason: string }[]
        raw: unknown
      }[]
      newest: string | null
      next: string | null
    }>
    /** Every event name with its volume per day of the last 30 days and what is said of it. Needs `event:read`. */
    catalogue: Operation<Record<string, never>, {
      items: {
        name: string
        type: string
        count: number
        people: number
        firstSeen: string | null
        lastSeen: string | null
        labels: { zh: string; en: string }
        description: string
        owner: { id: string; name: string } | null
        hidden: boolean
        inherited: {
          labels: { zh: string; en: string }
          description: string
          from: 'plan' | 'standard' | null
        }
        days: number[]
      }[]
      days: string[]
    }>
    /** One event: its properties with the types and examples seen, and the sources that send it. Needs `event:read`. */
    catalogueEntry: Operation<{ name: string }, {
      name: string
      type: string
      count: number
      people: number
      firstSeen: string | null
      lastSeen: string | null
      labels: { zh: string; en: string }
      description: string
      owner: { id: string; name: string } | null
      hidden: boolean
      inherited: { labels: { zh: string; en: string }; description: string; from: 'plan' | 'standard' | null }
      sampled: number
      properties: {
        path: string
        count: number
        types: { type: 'text' | 'number' | 'boolean' | 'list'; count: number }[]
        examples: string[]
        here: { labels: { zh: string; en: string }; description: string } | null
        everywhere: { labels: { zh: string; en: string }; description: string } | null
        description: string
      }[]
      sources: {
        kind: 'source' | 'import' | 'api_key' | 'hand'
        name: string
        href: string | null
        count: number
        /** RFC 3339, UTC */
        lastSeen: string
      }[]
    }>
    /** Describe an event, name who answers for it, hide it from pickers; what is left out stays. Needs `event:write`. */
    describe: Operation<{
      body: {
        name: string
        labels?: { zh: string; en: string }
        description?: string
        ownerId?: string | null
        hidden?: boolean
      }
    }, {
      labels: { zh: string; en: string }
      description: string
      owner: { id: string; name: string } | null
      hidden: boolean
      name: string
    }>
    /** Say what a property is called, in one event or (`event` null) in all; all empty takes it back. Needs `event:write`. */
    nameProperty: Operation<{
      body: {
        labels: { zh: string; en: string }
        description: string
        event: string | null
        path: string
      }
    }, void>
    /** Display names of events and their properties: said here, in the tracking plan, or standard. Needs `event:read`. */
    titles: Operation<Record<string, never>, {
      events: { zh: string; en: string; spelled: string; name: string }[]
      properties: { zh: string; en: string; spelled: string; event: string; path: string }[]
    }>
    /** Event names with volumes (for pickers), hidden ones left out. Needs `event:read`. */
    names: Operation<{ search?: string }, {
      items: {
        name: string
        type: string
        count: number
        people: number
        /** RFC 3339, UTC */
        firstSeen: string
        /** RFC 3339, UTC */
        lastSeen: string
      }[]
    }>
    /** Properties of an event seen in its latest occurrences, with types and examples (for pickers). Needs `event:read`. */
    properties: Operation<{ event: string }, {
      items: {
        path: string
        type: 'text' | 'number' | 'boolean' | 'list'
        count: number
        examples: string[]
      }[]
    }>
    /** Events per hour or day, for sparklines. Needs `event:read`. */
    volume: Operation<{ hours?: number; name?: string }, {
      items: {
        /** RFC 3339, UTC */
        time: string
        count: number
      }[]
    }>
  }
  companies: {
    /** Attributes companies have, and which of them are personal data. Needs `company:read`. */
    attributes: Operation<Record<string, never>, {
      items: {
        name: string
        type: 'text' | 'number' | 'boolean' | 'date' | 'list' | 'email' | 'phone' | 'object'
        personal: boolean
        open: boolean
      }[]
    }>
    /** Mark an attribute of companies as personal data, or take the mark off (needs `people:unmask`). Needs `attribute:write`. */
    describeAttribute: Operation<{ body: { name: string; personal: boolean } }, {
      name: string
      type: 'text' | 'number' | 'boolean' | 'date' | 'list' | 'email' | 'phone' | 'object'
      personal: boolean
      open: boolean
    }>
    /** Full values of a company that are shown masked; noted in the audit log, and limited per member. Needs `people:unmask`. */
    reveal: Operation<{ id: string; body: { fields: string[]; why?: string } }, { attributes: Record<string, unknown> }>
    /** Households with anybody the caller may see, newest first. Needs `people:read`. */
    households: Paged<{ limit?: number; cursor?: string; search?: string }, {
      id: string
      name: string | null
      contact: { kind: string; value: string } | null
      people: {
        id: string
        name: string | null
        role: 'guardian' | 'student' | 'other'
        main: boolean
        lastSeen: string | null
      }[]
      /** RFC 3339, UTC */
      createdAt: string
    }>
    /** Make a household of people, or confirm a suggested one. Needs `people:write`. */
    createHousehold: Operation<{
      body: {
        name?: string | null
        /** At most one of them is the main contact */
        people: { person: string; role: 'guardian' | 'student' | 'other'; main?: boolean }[]
        suggestion?: string
      }
    }, {
      id: string
      name: string | null
      contact: { kind: string; value: string } | null
      people: {
        id: string
        name: string | null
        role: 'guardian' | 'student' | 'other'
        main: boolean
        lastSeen: string | null
      }[]
      /** RFC 3339, UTC */
      createdAt: string
    }>
    /** A household. Needs `people:read`. */
    household: Operation<{ id: string }, {
      id: string
      name: string | null
      contact: { kind: string; value: string } | null
      people: {
        id: string
        name: string | null
        role: 'guardian' | 'student' | 'other'
        main: boolean
        lastSeen: string | null
      }[]
      /** RFC 3339, UTC */
      createdAt: string
    }>
    /** Change who is in a household, as what, or its name. Needs `people:write`. */
    updateHousehold: Operation<{
      id: string
      body: {
        name?: string | null
        /** At most one of them is the main contact */
        people?: { person: string; role: 'guardian' | 'student' | 'other'; main?: boolean }[]
      }
    }, {
      id: string
      name: string | null
      contact: { kind: string; value: string } | null
      people: {
        id: string
        name: string | null
        role: 'guardian' | 'student' | 'other'
        main: boolean
        lastSeen: string | null
      }[]
      /** RFC 3339, UTC */
      createdAt: string
    }>
    /** Dissolve a household; its people stay. Needs `people:write`. */
    removeHousehold: Operation<{ id: string }, void>
    /** Take it back that a household was dissolved. Needs `people:write`. */
    restoreHousehold: Operation<{ id: string }, {
      id: string
      name: string | null
      contact: { kind: string; value: string } | null
      people: {
        id: string
        name: string | null
        role: 'guardian' | 'student' | 'other'
        main: boolean
        lastSeen: string | null
      }[]
      /** RFC 3339, UTC */
      createdAt: string
    }>
    /** People who share a contact and stay different people, in no household together yet. Needs `people:read`. */
    householdSuggestions: Paged<{ limit?: number; cursor?: string }, {
      id: string
      contact: { kind: string; value: string }
      people: {
        id: string
        name: string | null
        role: 'guardian' | 'student' | 'other'
        main: boolean
        lastSeen: string | null
      }[]
    }>
    /** These are no household; asked again only when more people share the contact. Needs `people:write`. */
    dismissSuggestion: Operation<{ id: string }, void>
    /** Households a person is in. Needs `people:read`. */
    householdsOfProfile: Operation<{ id: string }, {
      items: {
        id: string
        name: string | null
        contact: { kind: string; value: string } | null
        people: {
          id: string
          name: string | null
          role: 'guardian' | 'student' | 'other'
          main: boolean
          lastSeen: string | null
        }[]
        /** RFC 3339, UTC */
        createdAt: string
      }[]
    }>
    /** Companies; keyset paging. Needs `company:read`. */
    list: Paged<{
      limit?: number
      cursor?: string
      search?: string
      owner?: string
      where?: string
      sort?: 'name' | '-name' | 'people' | '-people' | 'lastActivity' | '-lastActivity' | 'createdAt' | '-createdAt'
    }, {
      id: string
      externalId: string | null
      name: string | null
      domain: string | null
      attributes: Record<string, unknown>
      masked: string[]
      owner: { id: string; name: string } | null
      people: number
      lastActivity: string | null
      revenue: { currency: string; net: number; orders: number }[]
      /** RFC 3339, UTC */
      createdAt: string
      /** RFC 3339, UTC */
      updatedAt: string
    }>
    /** Create a company, or change the one that has this external id already. Needs `company:write`. */
    create: Operation<{
      body: {
        externalId?: string
        name?: string
        domain?: string
        attributes?: Record<string, unknown>
        /** Id of a member; null: nobody */
        owner?: string | null
      }
    }, {
      id: string
      externalId: string | null
      name: string | null
      domain: string | null
      attributes: Record<string, unknown>
      masked: string[]
      owner: { id: string; name: string } | null
      people: number
      lastActivity: string | null
      revenue: { currency: string; net: number; orders: number }[]
      /** RFC 3339, UTC */
      createdAt: string
      /** RFC 3339, UTC */
      updatedAt: string
    }>
    /** Number of companies a list shows. Needs `company:read`. */
    count: Operation<{ search?: string; owner?: string; where?: string }, { count: number }>
    /** A company. Needs `company:read`. */
    get: Operation<{ id: string }, {
      id: string
      externalId: string | null
      name: string | null
      domain: string | null
      attributes: Record<string, unknown>
      masked: string[]
      owner: { id: string; name: string } | null
      people: number
      lastActivity: string | null
      revenue: { currency: string; net: number; orders: number }[]
      /** RFC 3339, UTC */
      createdAt: string
      /** RFC 3339, UTC */
      updatedAt: string
    }>
    /** Change a company; attributes that are not named stay. Needs `company:write`. */
    update: Operation<{
      id: string
      body: {
        externalId?: string | null
        name?: string | null
        domain?: string | null
        attributes?: Record<string, unknown>
        /** Id of a member; null: nobody */
        owner?: string | null
      }
    }, {
      id: string
      externalId: string | null
      name: string | null
      domain: string | null
      attributes: Record<string, unknown>
      masked: string[]
      owner: { id: string; name: string } | null
      people: number
      lastActivity: string | null
      revenue: { currency: string; net: number; orders: number }[]
      /** RFC 3339, UTC */
      createdAt: string
      /** RFC 3339, UTC */
      updatedAt: string
    }>
    /** Delete a company; its people stay. Needs `company:write`. */
    remove: Operation<{ id: string }, void>
    /** Take a deletion back. Needs `company:write`. */
    restore: Operation<{ id: string }, {
      id: string
      externalId: string | null
      name: string | null
      domain: string | null
      attributes: Record<string, unknown>
      masked: string[]
      owner: { id: string; name: string } | null
      people: number
      lastActivity: string | null
      revenue: { currency: string; net: number; orders: number }[]
      /** RFC 3339, UTC */
      createdAt: string
      /** RFC 3339, UTC */
      updatedAt: string
    }>
    /** People of a company, who joined last first. Needs `people:read`. */
    people: Paged<{ id: string; limit?: number; cursor?: string }, {
      id: string
      name: string | null
      title: string | null
      /** RFC 3339, UTC */
      since: string
      lastSeen: string | null
    }>
    /** Say that somebody belongs to a company, or what their title there is. Needs `company:write`. */
    addPerson: Operation<{
      id: string
      body: {
        person: string
        title?: string | null
        /** RFC 3339, UTC */
        since?: string
      }
    }, void>
    /** Take somebody out of a company. Needs `company:write`. */
    removePerson: Operation<{ id: string; person: string }, void>
    /** Take it back that somebody was taken out. Needs `company:write`. */
    restorePerson: Operation<{ id: string; person: string }, void>
    /** What people of a company did, latest first. Needs `people:read`. */
    activity: Paged<{ id: string; limit?: number; cursor?: string }, {
      id: string
      person: { id: string; name: string | null }
      name: string
      type: 'track' | 'page' | 'screen'
      /** RFC 3339, UTC */
      time: string
      properties: Record<string, unknown>
    }>
    /** People with a mail address of the domain of a company who do not belong to it yet, at most 50. Needs `people:read`. */
    suggestions: Operation<{ id: string }, { items: { id: string; name: string | null; email: string }[] }>
    /** Companies a person belongs to, the latest first. Needs `people:read`. */
    ofProfile: Operation<{ id: string }, {
      items: {
        id: string
        name: string | null
        domain: string | null
        title: string | null
        /** RFC 3339, UTC */
        since: string
        visible: boolean
      }[]
    }>
  }
  connectors: {
    /** Places data comes from, by name; never their secrets. Needs `source:read`. */
    list: Operation<Record<string, never>, {
      items: {
        id: string
        name: string
        place: { kind: 's3'; endpoint: string; region: string; bucket: string; path_style: boolean } | {
          kind: 'postgres'
          host: string
          port: number
          database: string
          user: string
          tls: boolean
        } | { kind: 'mysql'; host: string; port: number; database: string; user: string; tls: boolean }
        key: string
        tested: {
          /** RFC 3339, UTC */
          at: string
          code: string | null
          message: string | null
        } | null
        createdBy: string
        /** RFC 3339, UTC */
        createdAt: string
      }[]
    }>
    /** Keep a way to S3-compatible storage or a database; its secret is sealed. Needs `source:write`. */
    create: Operation<{
      body: {
        name: string
        place: { kind: 's3'; endpoint: string; region?: string; bucket: string; path_style?: boolean } | {
          kind: 'postgres'
          host: string
          port: number
          database: string
          user: string
          tls?: boolean
        } | {
          kind: 'mysql'
          host: string
          port: number
          database: string
          user: string
          tls?: boolean
        }
        credentials: { key?: string; secret: string }
      }
    }, {
      id: string
      name: string
      place: { kind: 's3'; endpoint: string; region: string; bucket: string; path_style: boolean } | {
        kind: 'postgres'
        host: string
        port: number
        database: string
        user: string
        tls: boolean
      } | { kind: 'mysql'; host: string; port: number; database: string; user: string; tls: boolean }
      key: string
      tested: {
        /** RFC 3339, UTC */
        at: string
        code: string | null
        message: string | null
      } | null
      createdBy: string
      /** RFC 3339, UTC */
      createdAt: string
    }>
    /** Change a connection; one that leads elsewhere needs its credentials anew. Needs `source:write`. */
    change: Operation<{
      id: string
      body: {
        name?: string
        place?: { kind: 's3'; endpoint: string; region?: string; bucket: string; path_style?: boolean } | {
          kind: 'postgres'
          host: string
          port: number
          database: string
          user: string
          tls?: boolean
        } | {
          kind: 'mysql'
          host: string
          port: number
          database: string
          user: string
          tls?: boolean
        }
        credentials?: { key?: string; secret: string }
      }
    }, {
      id: string
      name: string
      place: { kind: 's3'; endpoint: string; region: string; bucket: string; path_style: boolean } | {
        kind: 'postgres'
        host: string
        port: number
        database: string
        user: string
        tls: boolean
      } | { kind: 'mysql'; host: string; port: number; database: string; user: string; tls: boolean }
      key: string
      tested: {
        /** RFC 3339, UTC */
        at: string
        code: string | null
        message: string | null
      } | null
      createdBy: string
      /** RFC 3339, UTC */
      createdAt: string
    }>
    /** Forget a connection that nothing uses. Needs `source:write`. */
    remove: Operation<{ id: string }, void>
    /** Connect, log in and look: the outcome is kept as `tested`. Needs `source:write`. */
    test: Operation<{ id: string }, {
      id: string
      name: string
      place: { kind: 's3'; endpoint: string; region: string; bucket: string; path_style: boolean } | {
        kind: 'postgres'
        host: string
        port: number
        database: string
        user: string
        tls: boolean
      } | { kind: 'mysql'; host: string; port: number; database: string; user: string; tls: boolean }
      key: string
      tested: {
        /** RFC 3339, UTC */
        at: string
        code: string | null
        message: string | null
      } | null
      createdBy: string
      /** RFC 3339, UTC */
      createdAt: string
    }>
  }
  consents: {
    /** Note what somebody said of a topic on a channel; without a topic, of all marketing there. Needs `consent:write`. */
    change: Operation<{
      id: string
      body: {
        channel: 'email' | 'sms' | 'push' | 'web_push' | 'wechat' | 'onsite' | 'webhook'
        topic?: string | null
        state: 'granted' | 'denied' | 'pending'
        proof?: Record<string, string | number | boolean>
        source?: 'api' | 'hand' | 'form' | 'import' | 'preference_page' | 'one_click' | 'reply' | 'double_opt_in'
      }
    }, {
      standing: {
        channel: 'email' | 'sms' | 'push' | 'web_push' | 'wechat' | 'onsite' | 'webhook'
        topic: string | null
        state: 'granted' | 'denied' | 'pending'
        /** RFC 3339, UTC */
        at: string
      }[]
      channels: {
        channel: 'email' | 'sms' | 'push' | 'web_push' | 'wechat' | 'onsite' | 'webhook'
        reachable: boolean
        why: 'no_consent' | 'denied' | 'pending' | 'suppressed' | 'no_address' | null
        addresses: number
        suppressed: number
        topics: {
          topic: string
          state: 'granted' | 'denied' | 'pending' | 'unknown'
          reachable: boolean
          why: 'no_consent' | 'denied' | 'pending' | 'suppressed' | 'no_address' | null
        }[]
      }[]
      cap: { messages: number; days: number } | null
    }>
    /** What somebody said, by which channels they can be reached, and why not. Needs `consent:read`. */
    ofPerson: Operation<{ id: string }, {
      standing: {
        channel: 'email' | 'sms' | 'push' | 'web_push' | 'wechat' | 'onsite' | 'webhook'
        topic: string | null
        state: 'granted' | 'denied' | 'pending'
        /** RFC 3339, UTC */
        at: string
      }[]
      channels: {
        channel: 'email' | 'sms' | 'push' | 'web_push' | 'wechat' | 'onsite' | 'webhook'
        reachable: boolean
        why: 'no_consent' | 'denied' | 'pending' | 'suppressed' | 'no_address' | null
        addresses: number
        suppressed: number
        topics: {
          topic: string
          state: 'granted' | 'denied' | 'pending' | 'unknown'
          reachable: boolean
          why: 'no_consent' | 'denied' | 'pending' | 'suppressed' | 'no_address' | null
        }[]
      }[]
      cap: { messages: number; days: number } | null
    }>
    /** Note what many people said at once, in the order given; all or nothing. Needs `consent:write`. */
    changeMany: Operation<{
      body: {
        items: {
          profileId: string
          channel: 'email' | 'sms' | 'push' | 'web_push' | 'wechat' | 'onsite' | 'webhook'
          topic?: string | null
          state: 'granted' | 'denied' | 'pending'
          proof?: Record<string, string | number | boolean>
        }[]
        source?: 'api' | 'hand' | 'form' | 'import' | 'preference_page' | 'one_click' | 'reply' | 'double_opt_in'
      }
    }, { applied: number }>
    /** Everything they said, with its proof, newest first. Needs `consent:read`. */
    history: Paged<{ id: string; limit?: number; cursor?: string }, {
      channel: 'email' | 'sms' | 'push' | 'web_push' | 'wechat' | 'onsite' | 'webhook'
      topic: string | null
      state: 'granted' | 'denied' | 'pending'
      /** RFC 3339, UTC */
      at: string
      source: 'api' | 'hand' | 'form' | 'import' | 'preference_page' | 'one_click' | 'reply' | 'double_opt_in'
      proof: Record<string, string | number | boolean>
      by: { kind: 'member' | 'api_key' | 'user' | 'system'; name: string }
      applied: boolean
    }>
    /** Send somebody less often than the policy allows; null: as the policy says. Needs `consent:write`. */
    changeCap: Operation<{ id: string; body: { cap: { messages: number; days: number } | null } }, {
      standing: {
        channel: 'email' | 'sms' | 'push' | 'web_push' | 'wechat' | 'onsite' | 'webhook'
        topic: string | null
        state: 'granted' | 'denied' | 'pending'
        /** RFC 3339, UTC */
        at: string
      }[]
      channels: {
        channel: 'email' | 'sms' | 'push' | 'web_push' | 'wechat' | 'onsite' | 'webhook'
        reachable: boolean
        why: 'no_consent' | 'denied' | 'pending' | 'suppressed' | 'no_address' | null
        addresses: number
        suppressed: number
        topics: {
          topic: string
          state: 'granted' | 'denied' | 'pending' | 'unknown'
          reachable: boolean
          why: 'no_consent' | 'denied' | 'pending' | 'suppressed' | 'no_address' | null
        }[]
      }[]
      cap: { messages: number; days: number } | null
    }>
    /** Double opt-in: note a consent as pending and ask for its confirmation. Needs `consent:write`. */
    askToConfirm: Operation<{
      id: string
      body: {
        channel: 'email' | 'sms' | 'push' | 'web_push' | 'wechat' | 'onsite' | 'webhook'
        topic?: string | null
        address?: string
        language?: 'zh' | 'en'
        proof?: Record<string, string | number | boolean>
      }
    }, {
      consents: {
        standing: {
          channel: 'email' | 'sms' | 'push' | 'web_push' | 'wechat' | 'onsite' | 'webhook'
          topic: string | null
          state: 'granted' | 'denied' | 'pending'
          /** RFC 3339, UTC */
          at: string
        }[]
        channels: {
          channel: 'email' | 'sms' | 'push' | 'web_push' | 'wechat' | 'onsite' | 'webhook'
          reachable: boolean
          why: 'no_consent' | 'denied' | 'pending' | 'suppressed' | 'no_address' | null
          addresses: number
          suppressed: number
          topics: {
            topic: string
            state: 'granted' | 'denied' | 'pending' | 'unknown'
            reachable: boolean
            why: 'no_consent' | 'denied' | 'pending' | 'suppressed' | 'no_address' | null
          }[]
        }[]
        cap: { messages: number; days: number } | null
      }
      sentBy: string | null
      url: string | null
      /** RFC 3339, UTC */
      expiresAt: string
    }>
    /** Topics people can choose, in their order, archived ones last. Needs `consent:read`. */
    listTopics: Operation<Record<string, never>, {
      items: {
        key: string
        name: { zh: string; en: string }
        description: { zh: string; en: string }
        class: 'marketing' | 'transactional'
        defaults: Partial<Record<'email' | 'sms' | 'push' | 'web_push' | 'wechat' | 'onsite' | 'webhook', 'allow' | 'refuse'>>
        /** RFC 3339, UTC */
        createdAt: string
        archivedAt: string | null
      }[]
    }>
    /** Create a topic. Needs `setting:write`. */
    createTopic: Operation<{
      body: {
        key: string
        name: { zh: string; en: string }
        class: 'marketing' | 'transactional'
        description?: { zh: string; en: string }
        defaults?: Partial<Record<'email' | 'sms' | 'push' | 'web_push' | 'wechat' | 'onsite' | 'webhook', 'allow' | 'refuse'>>
      }
    }, {
      key: string
      name: { zh: string; en: string }
      description: { zh: string; en: string }
      class: 'marketing' | 'transactional'
      defaults: Partial<Record<'email' | 'sms' | 'push' | 'web_push' | 'wechat' | 'onsite' | 'webhook', 'allow' | 'refuse'>>
      /** RFC 3339, UTC */
      createdAt: string
      archivedAt: string | null
    }>
    /** Describe, move, archive or bring back a topic. Needs `setting:write`. */
    changeTopic: Operation<{
      key: string
      body: {
        name?: { zh: string; en: string }
        description?: { zh: string; en: string }
        defaults?: Partial<Record<'email' | 'sms' | 'push' | 'web_push' | 'wechat' | 'onsite' | 'webhook', 'allow' | 'refuse'>>
        archived?: boolean
        place?: number
      }
    }, {
      key: string
      name: { zh: string; en: string }
      description: { zh: string; en: string }
      class: 'marketing' | 'transactional'
      defaults: Partial<Record<'email' | 'sms' | 'push' | 'web_push' | 'wechat' | 'onsite' | 'webhook', 'allow' | 'refuse'>>
      /** RFC 3339, UTC */
      createdAt: string
      archivedAt: string | null
    }>
    /** What silence means, quiet hours, cap, and how the preference page looks. Needs `consent:read`. */
    policy: Operation<Record<string, never>, {
      unknown_consent: 'allow' | 'refuse'
      quiet_hours: { from: string; to: string } | null
      frequency_cap: { messages: number; days: number } | null
      confirm_days: number
      page: { name: { zh: string; en: string } | null; colour: string | null; privacyUrl: string | null }
    }>
    /** Change the policy; what is left out stays as it is. Needs `setting:write`. */
    savePolicy: Operation<{
      body: {
        unknown_consent?: 'allow' | 'refuse'
        quiet_hours?: { from: string; to: string } | null
        frequency_cap?: { messages: number; days: number } | null
        confirm_days?: number
        page?: {
          name: { zh: string; en: string } | null
          colour: string | null
          privacyUrl: string | null
        }
      }
    }, {
      unknown_consent: 'allow' | 'refuse'
      quiet_hours: { from: string; to: string } | null
      frequency_cap: { messages: number; days: number } | null
      confirm_days: number
      page: { name: { zh: string; en: string } | null; colour: string | null; privacyUrl: string | null }
    }>
    /** Addresses nothing is sent to, newest first; an address is found by itself as a whole. Needs `consent:read`. */
    listSuppressions: Paged<{
      limit?: number
      cursor?: string
      channel?: 'email' | 'sms' | 'push' | 'web_push' | 'wechat' | 'onsite' | 'webhook'
      reason?: 'hard_bounce' | 'complaint' | 'manual' | 'reply' | 'erased' | 'invalid'
      address?: string
    }, {
      id: string
      channel: 'email' | 'sms' | 'push' | 'web_push' | 'wechat' | 'onsite' | 'webhook'
      masked: string | null
      reason: 'hard_bounce' | 'complaint' | 'manual' | 'reply' | 'erased' | 'invalid'
      detail: string
      /** RFC 3339, UTC */
      since: string
      expiresAt: string | null
      by: { kind: 'member' | 'api_key' | 'user' | 'system'; name: string }
    }>
    /** Send nothing to an address any more; one that is on the list stays as it is. Needs `suppression:write`. */
    addSuppression: Operation<{
      body: {
        channel: 'email' | 'sms' | 'push' | 'web_push' | 'wechat' | 'onsite' | 'webhook'
        address: string
        reason?: 'hard_bounce' | 'complaint' | 'manual' | 'reply' | 'invalid'
        detail?: string
        /** RFC 3339, UTC */
        expiresAt?: string
      }
    }, {
      id: string
      channel: 'email' | 'sms' | 'push' | 'web_push' | 'wechat' | 'onsite' | 'webhook'
      masked: string | null
      reason: 'hard_bounce' | 'complaint' | 'manual' | 'reply' | 'erased' | 'invalid'
      detail: string
      /** RFC 3339, UTC */
      since: string
      expiresAt: string | null
      by: { kind: 'member' | 'api_key' | 'user' | 'system'; name: string }
    }>
    /** Take an address off the list; consents stay as they are. Needs `suppression:write`. */
    removeSuppression: Operation<{ id: string }, void>
    /** Put addresses of a CSV file on the list: columns address, and if given channel, reason, detail. Needs `suppression:write`. */
    importSuppressions: Operation<{
      body: {
        csv: string
        channel?: 'email' | 'sms' | 'push' | 'web_push' | 'wechat' | 'onsite' | 'webhook'
      }
    }, {
      jobId: string | null
      lines: number
      faulty: number
      faults: { line: number; why: 'bad_address' | 'bad_channel' | 'bad_reason' }[]
    }>
    /** The list as a CSV file: masked addresses and their hashes. Needs `suppression:write`. */
    exportSuppressions: Operation<Record<string, never>, Response>
  }
  content: {
    /** Templates, last changed first; and which folders and labels there are. Needs `content:read`. */
    list: Operation<{
      limit?: number
      cursor?: string
      search?: string
      channel?: 'email' | 'sms' | 'push' | 'web_push' | 'wechat' | 'onsite' | 'webhook'
      folder?: string
      label?: string
      language?: string
      archived?: string
      published?: string
    }, {
      items: {
        id: string
        channel: 'email' | 'sms' | 'push' | 'web_push' | 'wechat' | 'onsite' | 'webhook'
        name: string
        folder: string
        labels: string[]
        purpose: 'marketing' | 'transactional'
        languages: string[]
        headline: string
        published: number | null
        changed: boolean
        archived: boolean
        /** RFC 3339, UTC */
        updatedAt: string
        updatedBy: string
      }[]
      next: string | null
      folders: string[]
      labels: string[]
    }>
    /** Make a template; published at once unless `draft` is set, which needs content:publish. Needs `content:write`. */
    create: Operation<{
      body: {
        subject?: string
        preheader?: string
        mjml?: string
        html?: string
        text?: string
        channel: 'email'
        name: string
        folder?: string
        labels?: string[]
        language?: string
        purpose?: 'marketing' | 'transactional'
        onMissing?: 'send' | 'refuse'
        draft?: boolean
      } | {
        text?: string
        channel: 'sms'
        name: string
        folder?: string
        labels?: string[]
        language?: string
        purpose?: 'marketing' | 'transactional'
        onMissing?: 'send' | 'refuse'
        draft?: boolean
      } | {
        title?: string
        body?: string
        image?: string
        url?: string
        data?: Record<string, string>
        channel: 'push'
        name: string
        folder?: string
        labels?: string[]
        language?: string
        purpose?: 'marketing' | 'transactional'
        onMissing?: 'send' | 'refuse'
        draft?: boolean
      } | {
        title?: string
        body?: string
        image?: string
        url?: string
        icon?: string
        channel: 'web_push'
        name: string
        folder?: string
        labels?: string[]
        language?: string
        purpose?: 'marketing' | 'transactional'
        onMissing?: 'send' | 'refuse'
        draft?: boolean
      } | {
        kind?: 'template' | 'customer_service'
        templateId?: string
        data?: Record<string, string>
        url?: string
        text?: string
        title?: string
        description?: string
        image?: string
        channel: 'wechat'
        name: string
        folder?: string
        labels?: string[]
        language?: string
        purpose?: 'marketing' | 'transactional'
        onMissing?: 'send' | 'refuse'
        draft?: boolean
      } | {
        kind?: 'banner' | 'popup'
        position?: 'top' | 'bottom' | 'center'
        title?: string
        text?: string
        image?: string
        button?: string
        url?: string
        colour?: string
        channel: 'onsite'
        name: string
        folder?: string
        labels?: string[]
        language?: string
        purpose?: 'marketing' | 'transactional'
        onMissing?: 'send' | 'refuse'
        draft?: boolean
      } | {
        body?: string
        channel: 'webhook'
        name: string
        folder?: string
        labels?: string[]
        language?: string
        purpose?: 'marketing' | 'transactional'
        onMissing?: 'send' | 'refuse'
        draft?: boolean
      }
    }, {
      id: string
      channel: 'email' | 'sms' | 'push' | 'web_push' | 'wechat' | 'onsite' | 'webhook'
      name: string
      folder: string
      labels: string[]
      purpose: 'marketing' | 'transactional'
      languages: string[]
      headline: string
      published: number | null
      changed: boolean
      archived: boolean
      /** RFC 3339, UTC */
      updatedAt: string
      updatedBy: string
      onMissing: 'send' | 'refuse'
      revision: number
      variants: {
        language: string
        body: Record<string, unknown>
        /** RFC 3339, UTC */
        updatedAt: string
      }[]
      faults: { code: string; message: string; part: string; line: number | null; stops: boolean }[]
      needs: { path: string; fallback: string | null; optional: boolean }[]
      usedBy: { kind: string; id: string; name: string; holds: boolean }[]
      pendingApproval: boolean
    }>
    /** A template with its draft in every language, what is wrong with it and which values it needs. Needs `content:read`. */
    get: Operation<{ id: string }, {
      id: string
      channel: 'email' | 'sms' | 'push' | 'web_push' | 'wechat' | 'onsite' | 'webhook'
      name: string
      folder: string
      labels: string[]
      purpose: 'marketing' | 'transactional'
      languages: string[]
      headline: string
      published: number | null
      changed: boolean
      archived: boolean
      /** RFC 3339, UTC */
      updatedAt: string
      updatedBy: string
      onMissing: 'send' | 'refuse'
      revision: number
      variants: {
        language: string
        body: Record<string, unknown>
        /** RFC 3339, UTC */
        updatedAt: string
      }[]
      faults: { code: string; message: string; part: string; line: number | null; stops: boolean }[]
      needs: { path: string; fallback: string | null; optional: boolean }[]
      usedBy: { kind: string; id: string; name: string; holds: boolean }[]
      pendingApproval: boolean
    }>
    /** Rename, move, label, say what it is for; choose the language everybody else gets. Needs `content:write`. */
    update: Operation<{
      id: string
      body: {
        name?: string
        folder?: string
        labels?: string[]
        purpose?: 'marketing' | 'transactional'
        onMissing?: 'send' | 'refuse'
        fallbackLanguage?: string
      }
    }, {
      id: string
      channel: 'email' | 'sms' | 'push' | 'web_push' | 'wechat' | 'onsite' | 'webhook'
      name: string
      folder: string
      labels: string[]
      purpose: 'marketing' | 'transactional'
      languages: string[]
      headline: string
      published: number | null
      changed: boolean
      archived: boolean
      /** RFC 3339, UTC */
      updatedAt: string
      updatedBy: string
      onMissing: 'send' | 'refuse'
      revision: number
      variants: {
        language: string
        body: Record<string, unknown>
        /** RFC 3339, UTC */
        updatedAt: string
      }[]
      faults: { code: string; message: string; part: string; line: number | null; stops: boolean }[]
      needs: { path: string; fallback: string | null; optional: boolean }[]
      usedBy: { kind: string; id: string; name: string; holds: boolean }[]
      pendingApproval: boolean
    }>
    /** Put away; can be brought back. Refused while something sends it. Needs `content:write`. */
    archive: Operation<{ id: string }, void>
    /** Save what a language of a template says, without publishing it. Needs `content:write`. */
    saveDraft: Operation<{ id: string; language: string; body: { revision?: number; body: Record<string, unknown> } }, {
      id: string
      channel: 'email' | 'sms' | 'push' | 'web_push' | 'wechat' | 'onsite' | 'webhook'
      name: string
      folder: string
      labels: string[]
      purpose: 'marketing' | 'transactional'
      languages: string[]
      headline: string
      published: number | null
      changed: boolean
      archived: boolean
      /** RFC 3339, UTC */
      updatedAt: string
      updatedBy: string
      onMissing: 'send' | 'refuse'
      revision: number
      variants: {
        language: string
        body: Record<string, unknown>
        /** RFC 3339, UTC */
        updatedAt: string
      }[]
      faults: { code: string; message: string; part: string; line: number | null; stops: boolean }[]
      needs: { path: string; fallback: string | null; optional: boolean }[]
      usedBy: { kind: string; id: string; name: string; holds: boolean }[]
      pendingApproval: boolean
    }>
    /** Take a language out of the draft. Needs `content:write`. */
    removeDraft: Operation<{ id: string; language: string }, {
      id: string
      channel: 'email' | 'sms' | 'push' | 'web_push' | 'wechat' | 'onsite' | 'webhook'
      name: string
      folder: string
      labels: string[]
      purpose: 'marketing' | 'transactional'
      languages: string[]
      headline: string
      published: number | null
      changed: boolean
      archived: boolean
      /** RFC 3339, UTC */
      updatedAt: string
      updatedBy: string
      onMissing: 'send' | 'refuse'
      revision: number
      variants: {
        language: string
        body: Record<string, unknown>
        /** RFC 3339, UTC */
        updatedAt: string
      }[]
      faults: { code: string; message: string; part: string; line: number | null; stops: boolean }[]
      needs: { path: string; fallback: string | null; optional: boolean }[]
      usedBy: { kind: string; id: string; name: string; holds: boolean }[]
      pendingApproval: boolean
    }>
    /** Make the draft what is sent from now on. Needs `content:publish`. */
    publish: Operation<{ id: string; body: { note?: string; revision?: number } }, {
      id: string
      channel: 'email' | 'sms' | 'push' | 'web_push' | 'wechat' | 'onsite' | 'webhook'
      name: string
      folder: string
      labels: string[]
      purpose: 'marketing' | 'transactional'
      languages: string[]
      headline: string
      published: number | null
      changed: boolean
      archived: boolean
      /** RFC 3339, UTC */
      updatedAt: string
      updatedBy: string
      onMissing: 'send' | 'refuse'
      revision: number
      variants: {
        language: string
        body: Record<string, unknown>
        /** RFC 3339, UTC */
        updatedAt: string
      }[]
      faults: { code: string; message: string; part: string; line: number | null; stops: boolean }[]
      needs: { path: string; fallback: string | null; optional: boolean }[]
      usedBy: { kind: string; id: string; name: string; holds: boolean }[]
      pendingApproval: boolean
    }>
    /** Make another template out of the draft of this one. Needs `content:write`. */
    copy: Operation<{ id: string; body: { name: string } }, {
      id: string
      channel: 'email' | 'sms' | 'push' | 'web_push' | 'wechat' | 'onsite' | 'webhook'
      name: string
      folder: string
      labels: string[]
      purpose: 'marketing' | 'transactional'
      languages: string[]
      headline: string
      published: number | null
      changed: boolean
      archived: boolean
      /** RFC 3339, UTC */
      updatedAt: string
      updatedBy: string
      onMissing: 'send' | 'refuse'
      revision: number
      variants: {
        language: string
        body: Record<string, unknown>
        /** RFC 3339, UTC */
        updatedAt: string
      }[]
      faults: { code: string; message: string; part: string; line: number | null; stops: boolean }[]
      needs: { path: string; fallback: string | null; optional: boolean }[]
      usedBy: { kind: string; id: string; name: string; holds: boolean }[]
      pendingApproval: boolean
    }>
    /** Bring back a template that was put away. Needs `content:write`. */
    restore: Operation<{ id: string }, {
      id: string
      channel: 'email' | 'sms' | 'push' | 'web_push' | 'wechat' | 'onsite' | 'webhook'
      name: string
      folder: string
      labels: string[]
      purpose: 'marketing' | 'transactional'
      languages: string[]
      headline: string
      published: number | null
      changed: boolean
      archived: boolean
      /** RFC 3339, UTC */
      updatedAt: string
      updatedBy: string
      onMissing: 'send' | 'refuse'
      revision: number
      variants: {
        language: string
        body: Record<string, unknown>
        /** RFC 3339, UTC */
        updatedAt: string
      }[]
      faults: { code: string; message: string; part: string; line: number | null; stops: boolean }[]
      needs: { path: string; fallback: string | null; optional: boolean }[]
      usedBy: { kind: string; id: string; name: string; holds: boolean }[]
      pendingApproval: boolean
    }>
    /** What was published, newest first. Needs `content:read`. */
    versions: Paged<{ id: string; limit?: number; cursor?: string }, {
      number: number
      note: string
      by: string
      /** RFC 3339, UTC */
      at: string
      languages: string[]
    }>
    /** What a version said, in every language. Needs `content:read`. */
    version: Operation<{ id: string; number: number }, {
      number: number
      note: string
      by: string
      /** RFC 3339, UTC */
      at: string
      languages: string[]
      variants: { language: string; body: Record<string, unknown> }[]
    }>
    /** Make a version the draft again. Needs `content:write`. */
    restoreVersion: Operation<{ id: string; number: number }, {
      id: string
      channel: 'email' | 'sms' | 'push' | 'web_push' | 'wechat' | 'onsite' | 'webhook'
      name: string
      folder: string
      labels: string[]
      purpose: 'marketing' | 'transactional'
      languages: string[]
      headline: string
      published: number | null
      changed: boolean
      archived: boolean
      /** RFC 3339, UTC */
      updatedAt: string
      updatedBy: string
      onMissing: 'send' | 'refuse'
      revision: number
      variants: {
        language: string
        body: Record<string, unknown>
        /** RFC 3339, UTC */
        updatedAt: string
      }[]
      faults: { code: string; message: string; part: string; line: number | null; stops: boolean }[]
      needs: { path: string; fallback: string | null; optional: boolean }[]
      usedBy: { kind: string; id: string; name: string; holds: boolean }[]
      pendingApproval: boolean
    }>
    /** What a person would get of the draft, or of a version. Needs `content:read`. */
    preview: Operation<{
      id: string
      body: {
        person?: string
        event?: { name: string; properties?: Record<string, unknown> }
        language?: string
        version?: number
      }
    }, {
      language: string
      rendered: Record<string, unknown> | null
      error: string | null
      missing: string[]
      faults: { code: string; message: string; part: string; line: number | null; stops: boolean }[]
      needs: { path: string; fallback: string | null; optional: boolean }[]
      segments: { encoding: 'gsm' | 'ucs2'; characters: number; segments: number } | null
      bytes: number
    }>
    /** What a person would get of a text that is not saved. Needs `content:read`. */
    previewBody: Operation<{
      body: {
        person?: string
        event?: { name: string; properties?: Record<string, unknown> }
        language?: string
        channel: 'email' | 'sms' | 'push' | 'web_push' | 'wechat' | 'onsite' | 'webhook'
        body: Record<string, unknown>
        purpose?: 'marketing' | 'transactional'
      }
    }, {
      language: string
      rendered: Record<string, unknown> | null
      error: string | null
      missing: string[]
      faults: { code: string; message: string; part: string; line: number | null; stops: boolean }[]
      needs: { path: string; fallback: string | null; optional: boolean }[]
      segments: { encoding: 'gsm' | 'ucs2'; characters: number; segments: number } | null
      bytes: number
    }>
    /** How many people of an audience lack each value the draft asks for, and the rule that finds them. Needs `people:read`. */
    missing: Operation<{ id: string; body: { rule?: Record<string, unknown> } }, {
      people: number
      values: { path: string; fallback: string | null; lacking: number; rule: Record<string, unknown> }[]
    }>
    /** Send the draft of an e-mail to addresses of one’s own team, as a person would get it. Needs `content:write`. */
    testSend: Operation<{
      id: string
      body: {
        person?: string
        event?: { name: string; properties?: Record<string, unknown> }
        language?: string
        to: string[]
      }
    }, { sent: number }>
    /** How text messages are signed and left. Needs `content:read`. */
    getSms: Operation<Record<string, never>, { signature: string; unsubscribe: string }>
    /** Say how text messages are signed and left; holds for everything sent from now on. Needs `content:publish`. */
    setSms: Operation<{ body: { signature: string; unsubscribe: string } }, { signature: string; unsubscribe: string }>
    /** The brand kit: logo, colours, font. Needs `content:read`. */
    getBrand: Operation<Record<string, never>, {
      logo: string
      logoWidth: number
      primary: string
      ink: string
      background: string
      font: string
      radius: number
    }>
    /** Change the brand kit; a template has it when it is published the next time. Needs `content:publish`. */
    setBrand: Operation<{
      body: {
        logo: string
        logoWidth: number
        primary: string
        ink: string
        background: string
        font: string
        radius: number
      }
    }, {
      logo: string
      logoWidth: number
      primary: string
      ink: string
      background: string
      font: string
      radius: number
    }>
    /** Reusable rows of mails, by name. Needs `content:read`. */
    listBlocks: Paged<{ limit?: number; cursor?: string }, {
      id: string
      name: string
      version: number
      mjml: string
      usedBy: { id: string; name: string }[]
      /** RFC 3339, UTC */
      updatedAt: string
      updatedBy: string
    }>
    /** Keep a row of a mail, to be used in many as <hw-block id="…" />. Needs `content:write`. */
    createBlock: Operation<{ body: { name: string; mjml: string } }, {
      id: string
      name: string
      version: number
      mjml: string
      usedBy: { id: string; name: string }[]
      /** RFC 3339, UTC */
      updatedAt: string
      updatedBy: string
    }>
    /** Change a reusable row: a new version, which mails that do not pin one have when they are published next. Needs `content:write`. */
    changeBlock: Operation<{ id: string; body: { name: string; mjml: string } }, {
      id: string
      name: string
      version: number
      mjml: string
      usedBy: { id: string; name: string }[]
      /** RFC 3339, UTC */
      updatedAt: string
      updatedBy: string
    }>
    /** Delete a reusable row that no draft uses. Needs `content:write`. */
    removeBlock: Operation<{ id: string }, void>
    /** Pools of coupon codes, newest first, with how many are left. Needs `content:read`. */
    listPools: Paged<{ limit?: number; cursor?: string }, {
      id: string
      name: string
      lowAt: number
      validFrom: string | null
      validUntil: string | null
      codes: number
      assigned: number
      redeemed: number
      /** RFC 3339, UTC */
      createdAt: string
    }>
    /** Make a pool, of given codes or of generated ones. Needs `content:write`. */
    createPool: Operation<{
      body: {
        name: string
        lowAt?: number
        validFrom?: string | null
        validUntil?: string | null
        codes?: string[]
        generate?: { count: number; prefix?: string; length?: number }
      }
    }, {
      id: string
      name: string
      lowAt: number
      validFrom: string | null
      validUntil: string | null
      codes: number
      assigned: number
      redeemed: number
      /** RFC 3339, UTC */
      createdAt: string
    }>
    /** A pool of coupon codes. Needs `content:read`. */
    getPool: Operation<{ id: string }, {
      id: string
      name: string
      lowAt: number
      validFrom: string | null
      validUntil: string | null
      codes: number
      assigned: number
      redeemed: number
      /** RFC 3339, UTC */
      createdAt: string
    }>
    /** Rename a pool, change how long its codes are valid and when it is low. Needs `content:write`. */
    changePool: Operation<{
      id: string
      body: { name?: string; lowAt?: number; validFrom?: string | null; validUntil?: string | null }
    }, {
      id: string
      name: string
      lowAt: number
      validFrom: string | null
      validUntil: string | null
      codes: number
      assigned: number
      redeemed: number
      /** RFC 3339, UTC */
      createdAt: string
    }>
    /** Put more codes into a pool; those it has already are passed over. Needs `content:write`. */
    addCodes: Operation<{ id: string; body: { codes: string[] } }, { added: number; known: number }>
    /** Codes of a pool that were given to people, last given first. Needs `content:read`. */
    listCodes: Paged<{ id: string; limit?: number; cursor?: string }, {
      code: string
      person: string | null
      purpose: string | null
      assignedAt: string | null
      redeemedAt: string | null
    }>
    /** Give a person a code of a pool: the same again for the same purpose, never one code to two. Needs `content:write`. */
    assignCoupon: Operation<{ id: string; body: { person: string; purpose: string } }, {
      code: string
      person: string | null
      purpose: string | null
      assignedAt: string | null
      redeemedAt: string | null
    }>
    /** Note that a code was used, once; for shops that do not send orders with `coupon`. Needs `content:write`. */
    redeemCoupon: Operation<{ body: { code: string } }, {
      code: string
      person: string | null
      purpose: string | null
      assignedAt: string | null
      redeemedAt: string | null
    }>
    /** Links of posters and pages of others, newest first, with their visits. Needs `content:read`. */
    listLinks: Paged<{ limit?: number; cursor?: string }, {
      id: string
      name: string
      target: string
      utm: { source: string; medium: string; campaign: string; term: string; content: string }
      address: string
      leadsTo: string
      visits: number
      lastVisit: string | null
      /** RFC 3339, UTC */
      createdAt: string
    }>
    /** Make a short link that counts its visits, with UTM parameters. Needs `content:write`. */
    createLink: Operation<{
      body: {
        name: string
        target: string
        utm?: { source?: string; medium?: string; campaign?: string; term?: string; content?: string }
      }
    }, {
      id: string
      name: string
      target: string
      utm: { source: string; medium: string; campaign: string; term: string; content: string }
      address: string
      leadsTo: string
      visits: number
      lastVisit: string | null
      /** RFC 3339, UTC */
      createdAt: string
    }>
    /** Say where a link leads from now on; what is printed stays the same. Needs `content:write`. */
    changeLink: Operation<{
      id: string
      body: {
        name: string
        target: string
        utm?: { source?: string; medium?: string; campaign?: string; term?: string; content?: string }
      }
    }, {
      id: string
      name: string
      target: string
      utm: { source: string; medium: string; campaign: string; term: string; content: string }
      address: string
      leadsTo: string
      visits: number
      lastVisit: string | null
      /** RFC 3339, UTC */
      createdAt: string
    }>
    /** End a link: whoever follows it finds nothing. Needs `content:write`. */
    removeLink: Operation<{ id: string }, void>
    /** The link as a QR code, for printing. Needs `content:read`. */
    qrCode: Operation<{ id: string }, Response>
  }
  dashboards: {
    /** Ready boards, and which events of this workspace would fill them. Needs `dashboard:read`. */
    templates: Operation<Record<string, never>, {
      items: {
        key: 'marketing' | 'management' | 'sales'
        roles: { role: 'interest' | 'sign_up' | 'meeting' | 'order'; event: string | null }[]
      }[]
    }>
    /** Make a ready board of the workspace’s own events, with its analyses in a folder of the same name. Needs `dashboard:write`. */
    useTemplate: Operation<{
      key: 'marketing' | 'management' | 'sales'
      body: { events?: Partial<Record<'interest' | 'sign_up' | 'meeting' | 'order', string | null>> }
    }, {
      id: string
      name: string
      folder: string
      description: string
      tiles: ({
        id: string
        kind: 'analysis'
        x: number
        y: number
        w: number
        h: number
        analysis: string
        title?: string
        own?: boolean
        show: 'chart' | 'table' | 'both'
      } | {
        id: string
        kind: 'number'
        x: number
        y: number
        w: number
        h: number
        analysis: string
        title?: string
        own?: boolean
        series: number
      } | {
        id: string
        kind: 'text'
        x: number
        y: number
        w: number
        h: number
        title?: string
        text: string
      })[]
      owner: string
      mine: boolean
      favourite: boolean
      version: number
      /** RFC 3339, UTC */
      createdAt: string
      /** RFC 3339, UTC */
      updatedAt: string
      filters: {
        range?: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
        /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
        audience?: unknown
      }
      analyses: {
        id: string
        name: string
        folder: string
        description: string
        kind: string
        question: AnalysisQuestion
        state: Record<string, unknown>
        owner: string
        mine: boolean
        version: number
        usedBy: { kind: 'board' | 'alert'; id: string; name: string; holds: boolean }[]
        /** RFC 3339, UTC */
        createdAt: string
        /** RFC 3339, UTC */
        updatedAt: string
      }[]
    }>
    /** Links by which boards are shared, newest first; of one board, or of all. Needs `dashboard:read`. */
    listLinks: Paged<{ limit?: number; cursor?: string; board?: string }, {
      id: string
      board: { id: string; name: string }
      maker: string
      state: 'open' | 'expired' | 'revoked' | 'dead'
      hasPassword: boolean
      filters: {
        range?: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
        /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
        audience?: unknown
      }
      /** RFC 3339, UTC */
      createdAt: string
      /** RFC 3339, UTC */
      expiresAt: string
      lastOpenedAt: string | null
      opened: number
      path: string | null
    }>
    /** Share a board with whoever has the link: read only, numbers only, with the rights of its maker as they are then. Needs `dashboard:share`. */
    createLink: Operation<{
      id: string
      body: {
        days?: number
        password?: string
        filters?: {
          range?: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
          /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
          audience?: unknown
        }
      }
    }, {
      id: string
      board: { id: string; name: string }
      maker: string
      state: 'open' | 'expired' | 'revoked' | 'dead'
      hasPassword: boolean
      filters: {
        range?: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
        /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
        audience?: unknown
      }
      /** RFC 3339, UTC */
      createdAt: string
      /** RFC 3339, UTC */
      expiresAt: string
      lastOpenedAt: string | null
      opened: number
      path: string | null
    }>
    /** End a link for good. Needs `dashboard:share`. */
    revokeLink: Operation<{ id: string }, {
      id: string
      board: { id: string; name: string }
      maker: string
      state: 'open' | 'expired' | 'revoked' | 'dead'
      hasPassword: boolean
      filters: {
        range?: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
        /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
        audience?: unknown
      }
      /** RFC 3339, UTC */
      createdAt: string
      /** RFC 3339, UTC */
      expiresAt: string
      lastOpenedAt: string | null
      opened: number
      path: string | null
    }>
    /** The board behind a link, for anybody who has it. */
    openLink: Operation<{ body: { token: string; pass?: string; password?: string } }, {
      workspace: { name: string; timezone: string }
      name: string
      description: string
      tiles: ({
        id: string
        kind: 'analysis'
        x: number
        y: number
        w: number
        h: number
        analysis: string
        title?: string
        own?: boolean
        show: 'chart' | 'table' | 'both'
      } | {
        id: string
        kind: 'number'
        x: number
        y: number
        w: number
        h: number
        analysis: string
        title?: string
        own?: boolean
        series: number
      } | {
        id: string
        kind: 'text'
        x: number
        y: number
        w: number
        h: number
        title?: string
        text: string
      })[]
      filters: { range?: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' } }
      narrowed: boolean
      analyses: {
        id: string
        name: string
        kind: string
        question: Record<string, unknown>
        state: Record<string, unknown>
      }[]
      titles: {
        events: { zh: string; en: string; spelled: string; name: string }[]
        properties: { zh: string; en: string; spelled: string; event: string; path: string }[]
      }
      pass: string
      expiresAt: string | null
    }>
    /** Numbers of one tile of the board behind a link. */
    askLink: Operation<{ body: { token: string; pass?: string; tile: string } }, AnalysisAnswer>
    /** When and to whom a board goes out by mail, and how that went last. Needs `dashboard:write`. */
    listMails: Operation<{ id: string }, {
      items: {
        id: string
        board: { id: string; name: string }
        maker: string
        mine: boolean
        members: { id: string; name: string }[]
        addresses: string[]
        every: 'day' | 'week' | 'month'
        day: number
        time: string
        formats: ('pdf' | 'png')[]
        language: 'zh' | 'en'
        filters: {
          range?: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
          /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
          audience?: unknown
        }
        paused: 'by_hand' | 'maker_gone' | 'maker_may_not' | null
        left: {
          receiver: string
          /** RFC 3339, UTC */
          at: string
        }[]
        nextAt: string | null
        last: {
          id: string
          trigger: 'schedule' | 'by_hand'
          state: 'running' | 'sent' | 'partly' | 'failed' | 'cancelled'
          code: string | null
          said: string | null
          receivers: number
          sent: number
          maybeTwice: number
          refused: { receiver: string; said: string }[]
          /** RFC 3339, UTC */
          startedAt: string
          finishedAt: string | null
        } | null
      }[]
      canSend: boolean
      canDraw: boolean
      timezone: string
    }>
    /** Mail a board on a schedule: numbers only, with the rights of its maker as they are then. Needs `dashboard:write`. */
    createMail: Operation<{
      id: string
      body: {
        members?: string[]
        addresses?: string[]
        every: 'day' | 'week' | 'month'
        day?: number
        time: string
        formats?: ('pdf' | 'png')[]
        language?: 'zh' | 'en'
        filters?: {
          range?: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
          /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
          audience?: unknown
        }
      }
    }, {
      id: string
      board: { id: string; name: string }
      maker: string
      mine: boolean
      members: { id: string; name: string }[]
      addresses: string[]
      every: 'day' | 'week' | 'month'
      day: number
      time: string
      formats: ('pdf' | 'png')[]
      language: 'zh' | 'en'
      filters: {
        range?: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
        /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
        audience?: unknown
      }
      paused: 'by_hand' | 'maker_gone' | 'maker_may_not' | null
      left: {
        receiver: string
        /** RFC 3339, UTC */
        at: string
      }[]
      nextAt: string | null
      last: {
        id: string
        trigger: 'schedule' | 'by_hand'
        state: 'running' | 'sent' | 'partly' | 'failed' | 'cancelled'
        code: string | null
        said: string | null
        receivers: number
        sent: number
        maybeTwice: number
        refused: { receiver: string; said: string }[]
        /** RFC 3339, UTC */
        startedAt: string
        finishedAt: string | null
      } | null
    }>
    /** Change a scheduled mail; only who made it, because it goes out with their rights. Needs `dashboard:write`. */
    changeMail: Operation<{
      id: string
      body: {
        members?: string[]
        addresses?: string[]
        every: 'day' | 'week' | 'month'
        day?: number
        time: string
        formats?: ('pdf' | 'png')[]
        language?: 'zh' | 'en'
        filters?: {
          range?: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
          /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
          audience?: unknown
        }
      }
    }, {
      id: string
      board: { id: string; name: string }
      maker: string
      mine: boolean
      members: { id: string; name: string }[]
      addresses: string[]
      every: 'day' | 'week' | 'month'
      day: number
      time: string
      formats: ('pdf' | 'png')[]
      language: 'zh' | 'en'
      filters: {
        range?: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
        /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
        audience?: unknown
      }
      paused: 'by_hand' | 'maker_gone' | 'maker_may_not' | null
      left: {
        receiver: string
        /** RFC 3339, UTC */
        at: string
      }[]
      nextAt: string | null
      last: {
        id: string
        trigger: 'schedule' | 'by_hand'
        state: 'running' | 'sent' | 'partly' | 'failed' | 'cancelled'
        code: string | null
        said: string | null
        receivers: number
        sent: number
        maybeTwice: number
        refused: { receiver: string; said: string }[]
        /** RFC 3339, UTC */
        startedAt: string
        finishedAt: string | null
      } | null
    }>
    /** End a scheduled mail, whoever made it. Needs `dashboard:write`. */
    removeMail: Operation<{ id: string }, void>
    /** Pause a scheduled mail; only who made it lets it go on. Needs `dashboard:write`. */
    pauseMail: Operation<{ id: string; body: { paused: boolean } }, {
      id: string
      board: { id: string; name: string }
      maker: string
      mine: boolean
      members: { id: string; name: string }[]
      addresses: string[]
      every: 'day' | 'week' | 'month'
      day: number
      time: string
      formats: ('pdf' | 'png')[]
      language: 'zh' | 'en'
      filters: {
        range?: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
        /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
        audience?: unknown
      }
      paused: 'by_hand' | 'maker_gone' | 'maker_may_not' | null
      left: {
        receiver: string
        /** RFC 3339, UTC */
        at: string
      }[]
      nextAt: string | null
      last: {
        id: string
        trigger: 'schedule' | 'by_hand'
        state: 'running' | 'sent' | 'partly' | 'failed' | 'cancelled'
        code: string | null
        said: string | null
        receivers: number
        sent: number
        maybeTwice: number
        refused: { receiver: string; said: string }[]
        /** RFC 3339, UTC */
        startedAt: string
        finishedAt: string | null
      } | null
    }>
    /** Which scheduled mail a link in it is about, and whether its receiver still gets it. */
    readLeaving: Operation<{ token: string }, { board: string; workspace: string; receiver: string; gets: boolean }>
    /** Take oneself off a scheduled mail, or, with `again`, back onto it. */
    leaveMail: Operation<{ token: string; body: { again?: boolean } }, { board: string; workspace: string; receiver: string; gets: boolean }>
    /** Send a scheduled mail now, besides its times, by a job. Needs `dashboard:write`. */
    sendMail: Operation<{ id: string }, { mailing: string; job: string }>
    /** Boards: favourites first, then by name; and which folders there are. Needs `dashboard:read`. */
    list: Operation<{ limit?: number; cursor?: string; search?: string; folder?: string; mine?: string }, {
      items: {
        id: string
        name: string
        folder: string
        description: string
        tiles: number
        owner: string
        mine: boolean
        favourite: boolean
        version: number
        /** RFC 3339, UTC */
        createdAt: string
        /** RFC 3339, UTC */
        updatedAt: string
      }[]
      next: string | null
      folders: string[]
    }>
    /** Make a board, seen by everybody who may see boards. Needs `dashboard:write`. */
    create: Operation<{
      body: {
        name: string
        folder?: string
        description?: string
        tiles?: ({
          id: string
          kind: 'analysis'
          x: number
          y: number
          w: number
          h: number
          analysis: string
          title?: string
          own?: boolean
          show?: 'chart' | 'table' | 'both'
        } | {
          id: string
          kind: 'number'
          x: number
          y: number
          w: number
          h: number
          analysis: string
          title?: string
          own?: boolean
          series?: number
        } | {
          id: string
          kind: 'text'
          x: number
          y: number
          w: number
          h: number
          title?: string
          text: string
        })[]
        filters?: {
          range?: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
          /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
          audience?: unknown
        }
      }
    }, {
      id: string
      name: string
      folder: string
      description: string
      tiles: ({
        id: string
        kind: 'analysis'
        x: number
        y: number
        w: number
        h: number
        analysis: string
        title?: string
        own?: boolean
        show: 'chart' | 'table' | 'both'
      } | {
        id: string
        kind: 'number'
        x: number
        y: number
        w: number
        h: number
        analysis: string
        title?: string
        own?: boolean
        series: number
      } | {
        id: string
        kind: 'text'
        x: number
        y: number
        w: number
        h: number
        title?: string
        text: string
      })[]
      owner: string
      mine: boolean
      favourite: boolean
      version: number
      /** RFC 3339, UTC */
      createdAt: string
      /** RFC 3339, UTC */
      updatedAt: string
      filters: {
        range?: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
        /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
        audience?: unknown
      }
      analyses: {
        id: string
        name: string
        folder: string
        description: string
        kind: string
        question: AnalysisQuestion
        state: Record<string, unknown>
        owner: string
        mine: boolean
        version: number
        usedBy: { kind: 'board' | 'alert'; id: string; name: string; holds: boolean }[]
        /** RFC 3339, UTC */
        createdAt: string
        /** RFC 3339, UTC */
        updatedAt: string
      }[]
    }>
    /** A board with its tiles and the analyses they show. Needs `dashboard:read`. */
    get: Operation<{ id: string }, {
      id: string
      name: string
      folder: string
      description: string
      tiles: ({
        id: string
        kind: 'analysis'
        x: number
        y: number
        w: number
        h: number
        analysis: string
        title?: string
        own?: boolean
        show: 'chart' | 'table' | 'both'
      } | {
        id: string
        kind: 'number'
        x: number
        y: number
        w: number
        h: number
        analysis: string
        title?: string
        own?: boolean
        series: number
      } | {
        id: string
        kind: 'text'
        x: number
        y: number
        w: number
        h: number
        title?: string
        text: string
      })[]
      owner: string
      mine: boolean
      favourite: boolean
      version: number
      /** RFC 3339, UTC */
      createdAt: string
      /** RFC 3339, UTC */
      updatedAt: string
      filters: {
        range?: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
        /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
        audience?: unknown
      }
      analyses: {
        id: string
        name: string
        folder: string
        description: string
        kind: string
        question: AnalysisQuestion
        state: Record<string, unknown>
        owner: string
        mine: boolean
        version: number
        usedBy: { kind: 'board' | 'alert'; id: string; name: string; holds: boolean }[]
        /** RFC 3339, UTC */
        createdAt: string
        /** RFC 3339, UTC */
        updatedAt: string
      }[]
    }>
    /** Rename, move, describe; arrange tiles; set the filters it opens with. Needs `dashboard:write`. */
    update: Operation<{
      id: string
      body: {
        version: number
        name?: string
        folder?: string
        description?: string
        tiles?: ({
          id: string
          kind: 'analysis'
          x: number
          y: number
          w: number
          h: number
          analysis: string
          title?: string
          own?: boolean
          show?: 'chart' | 'table' | 'both'
        } | {
          id: string
          kind: 'number'
          x: number
          y: number
          w: number
          h: number
          analysis: string
          title?: string
          own?: boolean
          series?: number
        } | {
          id: string
          kind: 'text'
          x: number
          y: number
          w: number
          h: number
          title?: string
          text: string
        })[]
        filters?: {
          range?: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
          /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
          audience?: unknown
        }
      }
    }, {
      id: string
      name: string
      folder: string
      description: string
      tiles: ({
        id: string
        kind: 'analysis'
        x: number
        y: number
        w: number
        h: number
        analysis: string
        title?: string
        own?: boolean
        show: 'chart' | 'table' | 'both'
      } | {
        id: string
        kind: 'number'
        x: number
        y: number
        w: number
        h: number
        analysis: string
        title?: string
        own?: boolean
        series: number
      } | {
        id: string
        kind: 'text'
        x: number
        y: number
        w: number
        h: number
        title?: string
        text: string
      })[]
      owner: string
      mine: boolean
      favourite: boolean
      version: number
      /** RFC 3339, UTC */
      createdAt: string
      /** RFC 3339, UTC */
      updatedAt: string
      filters: {
        range?: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
        /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
        audience?: unknown
      }
      analyses: {
        id: string
        name: string
        folder: string
        description: string
        kind: string
        question: AnalysisQuestion
        state: Record<string, unknown>
        owner: string
        mine: boolean
        version: number
        usedBy: { kind: 'board' | 'alert'; id: string; name: string; holds: boolean }[]
        /** RFC 3339, UTC */
        createdAt: string
        /** RFC 3339, UTC */
        updatedAt: string
      }[]
    }>
    /** Delete; can be restored for 30 days. Its links end meanwhile. Needs `dashboard:write`. */
    remove: Operation<{ id: string }, void>
    /** Put a saved analysis below everything that stands on a board, whatever else changes there meanwhile. Needs `dashboard:write`. */
    addTile: Operation<{
      id: string
      body: { analysis: string; show?: 'chart' | 'table' | 'both' | 'number'; w?: number; h?: number }
    }, {
      id: string
      name: string
      folder: string
      description: string
      tiles: ({
        id: string
        kind: 'analysis'
        x: number
        y: number
        w: number
        h: number
        analysis: string
        title?: string
        own?: boolean
        show: 'chart' | 'table' | 'both'
      } | {
        id: string
        kind: 'number'
        x: number
        y: number
        w: number
        h: number
        analysis: string
        title?: string
        own?: boolean
        series: number
      } | {
        id: string
        kind: 'text'
        x: number
        y: number
        w: number
        h: number
        title?: string
        text: string
      })[]
      owner: string
      mine: boolean
      favourite: boolean
      version: number
      /** RFC 3339, UTC */
      createdAt: string
      /** RFC 3339, UTC */
      updatedAt: string
      filters: {
        range?: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
        /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
        audience?: unknown
      }
      analyses: {
        id: string
        name: string
        folder: string
        description: string
        kind: string
        question: AnalysisQuestion
        state: Record<string, unknown>
        owner: string
        mine: boolean
        version: number
        usedBy: { kind: 'board' | 'alert'; id: string; name: string; holds: boolean }[]
        /** RFC 3339, UTC */
        createdAt: string
        /** RFC 3339, UTC */
        updatedAt: string
      }[]
    }>
    /** Make another board with the same tiles. Needs `dashboard:write`. */
    copy: Operation<{ id: string; body: { name: string } }, {
      id: string
      name: string
      folder: string
      description: string
      tiles: ({
        id: string
        kind: 'analysis'
        x: number
        y: number
        w: number
        h: number
        analysis: string
        title?: string
        own?: boolean
        show: 'chart' | 'table' | 'both'
      } | {
        id: string
        kind: 'number'
        x: number
        y: number
        w: number
        h: number
        analysis: string
        title?: string
        own?: boolean
        series: number
      } | {
        id: string
        kind: 'text'
        x: number
        y: number
        w: number
        h: number
        title?: string
        text: string
      })[]
      owner: string
      mine: boolean
      favourite: boolean
      version: number
      /** RFC 3339, UTC */
      createdAt: string
      /** RFC 3339, UTC */
      updatedAt: string
      filters: {
        range?: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
        /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
        audience?: unknown
      }
      analyses: {
        id: string
        name: string
        folder: string
        description: string
        kind: string
        question: AnalysisQuestion
        state: Record<string, unknown>
        owner: string
        mine: boolean
        version: number
        usedBy: { kind: 'board' | 'alert'; id: string; name: string; holds: boolean }[]
        /** RFC 3339, UTC */
        createdAt: string
        /** RFC 3339, UTC */
        updatedAt: string
      }[]
    }>
    /** Bring back a deleted board as it was. Needs `dashboard:write`. */
    restore: Operation<{ id: string }, {
      id: string
      name: string
      folder: string
      description: string
      tiles: ({
        id: string
        kind: 'analysis'
        x: number
        y: number
        w: number
        h: number
        analysis: string
        title?: string
        own?: boolean
        show: 'chart' | 'table' | 'both'
      } | {
        id: string
        kind: 'number'
        x: number
        y: number
        w: number
        h: number
        analysis: string
        title?: string
        own?: boolean
        series: number
      } | {
        id: string
        kind: 'text'
        x: number
        y: number
        w: number
        h: number
        title?: string
        text: string
      })[]
      owner: string
      mine: boolean
      favourite: boolean
      version: number
      /** RFC 3339, UTC */
      createdAt: string
      /** RFC 3339, UTC */
      updatedAt: string
      filters: {
        range?: { from: string; to: string } | { last: number; unit: 'day' | 'week' | 'month' }
        /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
        audience?: unknown
      }
      analyses: {
        id: string
        name: string
        folder: string
        description: string
        kind: string
        question: AnalysisQuestion
        state: Record<string, unknown>
        owner: string
        mine: boolean
        version: number
        usedBy: { kind: 'board' | 'alert'; id: string; name: string; holds: boolean }[]
        /** RFC 3339, UTC */
        createdAt: string
        /** RFC 3339, UTC */
        updatedAt: string
      }[]
    }>
    /** Keep a board on top of one’s own list, or not any more. Needs `dashboard:read`. */
    setFavourite: Operation<{ id: string; body: { favourite: boolean } }, void>
  }
  exports: {
    /** Exports, newest first: one’s own, and everybody’s for who sees all people. Needs `export:read`. */
    list: Paged<{
      limit?: number
      cursor?: string
      search?: string
      state?: 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'expired'
      by?: 'me'
    }, {
      id: string
      title: string | null
      of: 'segment' | 'list' | 'everybody'
      format: 'csv' | 'xlsx'
      unmasked: boolean
      state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'expired'
      progress: number
      rows: number | null
      bytes: number | null
      error: string | null
      jobId: string | null
      createdBy: string
      /** RFC 3339, UTC */
      createdAt: string
      finishedAt: string | null
      expiresAt: string | null
    }>
    /** Write people into a file in the background: of a segment, of a narrowed list, chosen ones, or everybody. Needs `export:read`. */
    create: Operation<{
      body: {
        segment?: string
        /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
        rule?: unknown
        search?: string
        owner?: string
        ids?: string[]
        columns?: string[]
        format?: 'csv' | 'xlsx'
        unmasked?: boolean
      }
    }, { id: string; jobId: string }>
    /** One export: state, progress, rows. Needs `export:read`. */
    get: Operation<{ id: string }, {
      id: string
      title: string | null
      of: 'segment' | 'list' | 'everybody'
      format: 'csv' | 'xlsx'
      unmasked: boolean
      state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'expired'
      progress: number
      rows: number | null
      bytes: number | null
      error: string | null
      jobId: string | null
      createdBy: string
      /** RFC 3339, UTC */
      createdAt: string
      finishedAt: string | null
      expiresAt: string | null
    }>
    /** The file, kept for seven days. Needs `export:read`. */
    file: Operation<{ id: string }, void>
    /** Stop writing a file. Needs `export:read`. */
    cancel: Operation<{ id: string }, {
      id: string
      title: string | null
      of: 'segment' | 'list' | 'everybody'
      format: 'csv' | 'xlsx'
      unmasked: boolean
      state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'expired'
      progress: number
      rows: number | null
      bytes: number | null
      error: string | null
      jobId: string | null
      createdBy: string
      /** RFC 3339, UTC */
      createdAt: string
      finishedAt: string | null
      expiresAt: string | null
    }>
  }
  health: {
    /** How each source is doing: its last event, its rate against the usual, what was refused. Needs `event:read`. */
    sources: Operation<Record<string, never>, {
      items: {
        id: string
        name: string
        kind: string
        state: 'silent' | 'drop' | 'surge' | 'normal' | 'learning' | 'sparse' | 'unused'
        lastEventAt: string | null
        lastHour: number
        usual: number | null
        day: {
          stored: number
          duplicate: number
          conflict: number
          rejected: number
          violations: number
        }
        hours: number[]
        muted: boolean
      }[]
      lookedAt: string | null
    }>
    /** Sources and events that stopped, dropped or surged, open ones first, of the last 30 days. Needs `event:read`. */
    anomalies: Operation<{ open?: string }, {
      items: {
        id: string
        series: string
        name: string
        kind: 'silent' | 'drop' | 'surge'
        /** RFC 3339, UTC */
        since: string
        /** RFC 3339, UTC */
        openedAt: string
        closedAt: string | null
        expected: number
        seen: number
        muted: boolean
      }[]
    }>
    /** Events by hour of the last seven days with what is usual. Needs `event:read`. */
    series: Operation<{
      /** `source:<id>` or `event:<name>` */
      series: string
    }, {
      items: {
        /** RFC 3339, UTC */
        hour: string
        count: number
        usual: number | null
        low: number | null
        high: number | null
      }[]
    }>
    /** Say nothing of a source or event for some hours (null: until taken back; 0: from now on again). Needs `event:write`. */
    mute: Operation<{
      body: {
        /** `source:<id>` or `event:<name>` */
        series: string
        hours: number | null
      }
    }, void>
  }
  imports: {
    /** Imports, newest first. Needs `import:read`. */
    list: Paged<{
      limit?: number
      cursor?: string
      search?: string
      kind?: 'people' | 'events' | 'orders' | 'companies'
      state?: 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'undoing' | 'undone'
      by?: 'me'
    }, {
      id: string
      name: string
      kind: 'people' | 'events' | 'orders' | 'companies'
      dry_run: boolean
      state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'undoing' | 'undone'
      rows: number | null
      created: number
      updated: number
      skipped: number
      failed: number
      repaired: number
      removed: number
      reasons: {
        code: string
        outcome: 'failed' | 'skipped' | 'noted'
        count: number
        examples: { row: number; details: Record<string, string | number> }[]
      }[]
      rounded: boolean
      error: { code: string; message: string; details?: Record<string, string | number> } | null
      upload: string | null
      spec: {
        kind: 'people' | 'events' | 'orders' | 'companies'
        key: { column: string; kind: string }
        columns: Record<string, { attribute: string | true; type?: 'text' | 'number' | 'boolean' | 'date' } | { property: string | true; type?: 'text' | 'number' | 'boolean' | 'date' } | { identifier: string } | { time: true } | { event: true } | { skip: true }>
        tags: string[]
        dry_run: boolean
        event?: string
        mode: 'both' | 'create' | 'update'
        empty_key: 'fail' | 'skip'
        placeholders: 'missing' | 'keep'
        date_order?: 'dmy' | 'mdy'
        sheet?: string
      }
      job: string | null
      progress: number
      undoable: boolean
      by: string
      /** RFC 3339, UTC */
      createdAt: string
      finishedAt: string | null
    }>
    /** Start an import: multipart `file` and `spec` (JSON), or as JSON the `upload` of a preview and `spec`. Needs `import:write`. */
    start: Operation<{
      body: {
        upload: string
        spec: {
          kind: 'people' | 'events' | 'orders' | 'companies'
          key: { column: string; kind: string }
          columns?: Record<string, { attribute: string | true; type?: 'text' | 'number' | 'boolean' | 'date' } | { property: string | true; type?: 'text' | 'number' | 'boolean' | 'date' } | { identifier: string } | { time: true } | { event: true } | { skip: true }>
          tags?: string[]
          dry_run?: boolean
          event?: string
          mode?: 'both' | 'create' | 'update'
          empty_key?: 'fail' | 'skip'
          placeholders?: 'missing' | 'keep'
          date_order?: 'dmy' | 'mdy'
          sheet?: string
        }
      }
    } | { form: FormData }, { id: string }>
    /** Keep a file (multipart `file`) for a day and say what is in it: format, columns, a mapping to begin with. Needs `import:write`. */
    preview: Operation<{ sheet?: string; again?: string; form: FormData }, {
      upload: string
      name: string
      bytes: number
      format: 'delimited' | 'xlsx' | 'ndjson'
      encoding: string | null
      delimiter: string | null
      sheet: string | null
      sheets: string[]
      rows: number
      columns: {
        name: string
        type: 'text' | 'number' | 'boolean' | 'date' | 'list'
        looks: 'email' | 'phone' | 'id' | null
        samples: string[]
        filled: number
        distinct: number
        suggestion: { attribute: string | true; type?: 'text' | 'number' | 'boolean' | 'date' } | { property: string | true; type?: 'text' | 'number' | 'boolean' | 'date' } | { identifier: string } | { time: true } | { event: true } | { skip: true }
      }[]
      suggestion: {
        kind: 'people' | 'events' | 'orders' | 'companies'
        key: { column: string; kind: string } | null
        columns: Record<string, { attribute: string | true; type?: 'text' | 'number' | 'boolean' | 'date' } | { property: string | true; type?: 'text' | 'number' | 'boolean' | 'date' } | { identifier: string } | { time: true } | { event: true } | { skip: true }>
      }
      warnings: { code: string; details?: Record<string, string | number> }[]
      mappings: {
        name: string
        columns: string[]
        spec: {
          kind: 'people' | 'events' | 'orders' | 'companies'
          key: { column: string; kind: string }
          columns: Record<string, { attribute: string | true; type?: 'text' | 'number' | 'boolean' | 'date' } | { property: string | true; type?: 'text' | 'number' | 'boolean' | 'date' } | { identifier: string } | { time: true } | { event: true } | { skip: true }>
          tags: string[]
          event?: string
          mode: 'both' | 'create' | 'update'
          empty_key: 'fail' | 'skip'
          placeholders: 'missing' | 'keep'
          date_order?: 'dmy' | 'mdy'
          sheet?: string
        }
        id: string
        updatedBy: string
        /** RFC 3339, UTC */
        updatedAt: string
        same: boolean
      }[]
    }>
    /** A kept file as its preview said it, and what was chosen for it so far; within a day. Needs `import:write`. */
    getUpload: Operation<{ id: string; again?: string }, {
      preview: {
        upload: string
        name: string
        bytes: number
        format: 'delimited' | 'xlsx' | 'ndjson'
        encoding: string | null
        delimiter: string | null
        sheet: string | null
        sheets: string[]
        rows: number
        columns: {
          name: string
          type: 'text' | 'number' | 'boolean' | 'date' | 'list'
          looks: 'email' | 'phone' | 'id' | null
          samples: string[]
          filled: number
          distinct: number
          suggestion: { attribute: string | true; type?: 'text' | 'number' | 'boolean' | 'date' } | { property: string | true; type?: 'text' | 'number' | 'boolean' | 'date' } | { identifier: string } | { time: true } | { event: true } | { skip: true }
        }[]
        suggestion: {
          kind: 'people' | 'events' | 'orders' | 'companies'
          key: { column: string; kind: string } | null
          columns: Record<string, { attribute: string | true; type?: 'text' | 'number' | 'boolean' | 'date' } | { property: string | true; type?: 'text' | 'number' | 'boolean' | 'date' } | { identifier: string } | { time: true } | { event: true } | { skip: true }>
        }
        warnings: { code: string; details?: Record<string, string | number> }[]
        mappings: {
          name: string
          columns: string[]
          spec: {
            kind: 'people' | 'events' | 'orders' | 'companies'
            key: { column: string; kind: string }
            columns: Record<string, { attribute: string | true; type?: 'text' | 'number' | 'boolean' | 'date' } | { property: string | true; type?: 'text' | 'number' | 'boolean' | 'date' } | { identifier: string } | { time: true } | { event: true } | { skip: true }>
            tags: string[]
            event?: string
            mode: 'both' | 'create' | 'update'
            empty_key: 'fail' | 'skip'
            placeholders: 'missing' | 'keep'
            date_order?: 'dmy' | 'mdy'
            sheet?: string
          }
          id: string
          updatedBy: string
          /** RFC 3339, UTC */
          updatedAt: string
          same: boolean
        }[]
      }
      draft: Record<string, unknown> | null
    }>
    /** Keep what was chosen for a file, in whatever shape the page has it, until the file goes. Needs `import:write`. */
    keepDraft: Operation<{ id: string; body: { draft: Record<string, unknown> } }, void>
    /** Saved mappings by name. Needs `import:read`. */
    listMappings: Operation<Record<string, never>, {
      items: {
        name: string
        columns: string[]
        spec: {
          kind: 'people' | 'events' | 'orders' | 'companies'
          key: { column: string; kind: string }
          columns: Record<string, { attribute: string | true; type?: 'text' | 'number' | 'boolean' | 'date' } | { property: string | true; type?: 'text' | 'number' | 'boolean' | 'date' } | { identifier: string } | { time: true } | { event: true } | { skip: true }>
          tags: string[]
          event?: string
          mode: 'both' | 'create' | 'update'
          empty_key: 'fail' | 'skip'
          placeholders: 'missing' | 'keep'
          date_order?: 'dmy' | 'mdy'
          sheet?: string
        }
        id: string
        updatedBy: string
        /** RFC 3339, UTC */
        updatedAt: string
      }[]
    }>
    /** Keep a mapping under a name, to be offered for files with the same columns and used by sources. Needs `import:write`. */
    saveMapping: Operation<{
      body: {
        name: string
        columns: string[]
        spec: {
          kind: 'people' | 'events' | 'orders' | 'companies'
          key: { column: string; kind: string }
          columns?: Record<string, { attribute: string | true; type?: 'text' | 'number' | 'boolean' | 'date' } | { property: string | true; type?: 'text' | 'number' | 'boolean' | 'date' } | { identifier: string } | { time: true } | { event: true } | { skip: true }>
          tags?: string[]
          event?: string
          mode?: 'both' | 'create' | 'update'
          empty_key?: 'fail' | 'skip'
          placeholders?: 'missing' | 'keep'
          date_order?: 'dmy' | 'mdy'
          sheet?: string
        }
      }
    }, {
      name: string
      columns: string[]
      spec: {
        kind: 'people' | 'events' | 'orders' | 'companies'
        key: { column: string; kind: string }
        columns: Record<string, { attribute: string | true; type?: 'text' | 'number' | 'boolean' | 'date' } | { property: string | true; type?: 'text' | 'number' | 'boolean' | 'date' } | { identifier: string } | { time: true } | { event: true } | { skip: true }>
        tags: string[]
        event?: string
        mode: 'both' | 'create' | 'update'
        empty_key: 'fail' | 'skip'
        placeholders: 'missing' | 'keep'
        date_order?: 'dmy' | 'mdy'
        sheet?: string
      }
      id: string
      updatedBy: string
      /** RFC 3339, UTC */
      updatedAt: string
    }>
    /** Replace a saved mapping; sources that use it read by the new one from then on. Needs `import:write`. */
    replaceMapping: Operation<{
      id: string
      body: {
        name: string
        columns: string[]
        spec: {
          kind: 'people' | 'events' | 'orders' | 'companies'
          key: { column: string; kind: string }
          columns?: Record<string, { attribute: string | true; type?: 'text' | 'number' | 'boolean' | 'date' } | { property: string | true; type?: 'text' | 'number' | 'boolean' | 'date' } | { identifier: string } | { time: true } | { event: true } | { skip: true }>
          tags?: string[]
          event?: string
          mode?: 'both' | 'create' | 'update'
          empty_key?: 'fail' | 'skip'
          placeholders?: 'missing' | 'keep'
          date_order?: 'dmy' | 'mdy'
          sheet?: string
        }
      }
    }, {
      name: string
      columns: string[]
      spec: {
        kind: 'people' | 'events' | 'orders' | 'companies'
        key: { column: string; kind: string }
        columns: Record<string, { attribute: string | true; type?: 'text' | 'number' | 'boolean' | 'date' } | { property: string | true; type?: 'text' | 'number' | 'boolean' | 'date' } | { identifier: string } | { time: true } | { event: true } | { skip: true }>
        tags: string[]
        event?: string
        mode: 'both' | 'create' | 'update'
        empty_key: 'fail' | 'skip'
        placeholders: 'missing' | 'keep'
        date_order?: 'dmy' | 'mdy'
        sheet?: string
      }
      id: string
      updatedBy: string
      /** RFC 3339, UTC */
      updatedAt: string
    }>
    /** Remove a saved mapping that no source uses. Needs `import:write`. */
    removeMapping: Operation<{ id: string }, void>
    /** One import with its counts; created + updated + skipped + failed = rows once it is done. Needs `import:read`. */
    get: Operation<{ id: string }, {
      id: string
      name: string
      kind: 'people' | 'events' | 'orders' | 'companies'
      dry_run: boolean
      state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'undoing' | 'undone'
      rows: number | null
      created: number
      updated: number
      skipped: number
      failed: number
      repaired: number
      removed: number
      reasons: {
        code: string
        outcome: 'failed' | 'skipped' | 'noted'
        count: number
        examples: { row: number; details: Record<string, string | number> }[]
      }[]
      rounded: boolean
      error: { code: string; message: string; details?: Record<string, string | number> } | null
      upload: string | null
      spec: {
        kind: 'people' | 'events' | 'orders' | 'companies'
        key: { column: string; kind: string }
        columns: Record<string, { attribute: string | true; type?: 'text' | 'number' | 'boolean' | 'date' } | { property: string | true; type?: 'text' | 'number' | 'boolean' | 'date' } | { identifier: string } | { time: true } | { event: true } | { skip: true }>
        tags: string[]
        dry_run: boolean
        event?: string
        mode: 'both' | 'create' | 'update'
        empty_key: 'fail' | 'skip'
        placeholders: 'missing' | 'keep'
        date_order?: 'dmy' | 'mdy'
        sheet?: string
      }
      job: string | null
      progress: number
      undoable: boolean
      by: string
      /** RFC 3339, UTC */
      createdAt: string
      finishedAt: string | null
    }>
    /** Failed rows as CSV: the original columns, the row number, a code and the reason in English and Chinese. Needs `import:write`. */
    errors: Operation<{ id: string }, Response>
    /** Stop an import; what it has written stays and can be undone. Needs `import:write`. */
    cancel: Operation<{ id: string }, {
      id: string
      name: string
      kind: 'people' | 'events' | 'orders' | 'companies'
      dry_run: boolean
      state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'undoing' | 'undone'
      rows: number | null
      created: number
      updated: number
      skipped: number
      failed: number
      repaired: number
      removed: number
      reasons: {
        code: string
        outcome: 'failed' | 'skipped' | 'noted'
        count: number
        examples: { row: number; details: Record<string, string | number> }[]
      }[]
      rounded: boolean
      error: { code: string; message: string; details?: Record<string, string | number> } | null
      upload: string | null
      spec: {
        kind: 'people' | 'events' | 'orders' | 'companies'
        key: { column: string; kind: string }
        columns: Record<string, { attribute: string | true; type?: 'text' | 'number' | 'boolean' | 'date' } | { property: string | true; type?: 'text' | 'number' | 'boolean' | 'date' } | { identifier: string } | { time: true } | { event: true } | { skip: true }>
        tags: string[]
        dry_run: boolean
        event?: string
        mode: 'both' | 'create' | 'update'
        empty_key: 'fail' | 'skip'
        placeholders: 'missing' | 'keep'
        date_order?: 'dmy' | 'mdy'
        sheet?: string
      }
      job: string | null
      progress: number
      undoable: boolean
      by: string
      /** RFC 3339, UTC */
      createdAt: string
      finishedAt: string | null
    }>
    /** Take back what an import wrote: its events, its values where they still stand, and people known through it alone. Needs `import:write`. */
    undo: Operation<{ id: string }, {
      id: string
      name: string
      kind: 'people' | 'events' | 'orders' | 'companies'
      dry_run: boolean
      state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'undoing' | 'undone'
      rows: number | null
      created: number
      updated: number
      skipped: number
      failed: number
      repaired: number
      removed: number
      reasons: {
        code: string
        outcome: 'failed' | 'skipped' | 'noted'
        count: number
        examples: { row: number; details: Record<string, string | number> }[]
      }[]
      rounded: boolean
      error: { code: string; message: string; details?: Record<string, string | number> } | null
      upload: string | null
      spec: {
        kind: 'people' | 'events' | 'orders' | 'companies'
        key: { column: string; kind: string }
        columns: Record<string, { attribute: string | true; type?: 'text' | 'number' | 'boolean' | 'date' } | { property: string | true; type?: 'text' | 'number' | 'boolean' | 'date' } | { identifier: string } | { time: true } | { event: true } | { skip: true }>
        tags: string[]
        dry_run: boolean
        event?: string
        mode: 'both' | 'create' | 'update'
        empty_key: 'fail' | 'skip'
        placeholders: 'missing' | 'keep'
        date_order?: 'dmy' | 'mdy'
        sheet?: string
      }
      job: string | null
      progress: number
      undoable: boolean
      by: string
      /** RFC 3339, UTC */
      createdAt: string
      finishedAt: string | null
    }>
    /** Sources of imports by name, each with its last run. Needs `source:read`. */
    listSources: Operation<Record<string, never>, {
      items: {
        id: string
        name: string
        place: { kind: 'folder'; glob: string } | { kind: 's3'; connection: string; prefix: string; glob: string } | { kind: 'database'; connection: string; sql: string; cursor: string }
        path: string | null
        mapping: { id: string; name: string }
        schedule: { every: 'file' } | { every: 'minutes'; minutes: number } | { every: 'cron'; cron: string }
        paused: boolean
        nextAt: string | null
        lastRun: {
          id: string
          state: 'running' | 'done' | 'failed' | 'cancelled'
          trigger: 'schedule' | 'by_hand'
          /** RFC 3339, UTC */
          startedAt: string
          finishedAt: string | null
          files: number
          rows: number
          created: number
          updated: number
          skipped: number
          failed: number
          error: { code: string; message: string; file: string | null } | null
          imports: string[]
        } | null
        by: string
        /** RFC 3339, UTC */
        createdAt: string
      }[]
      folder: string
    }>
    /** Bring in files or rows on a schedule, by a saved mapping. Needs `source:write`. */
    createSource: Operation<{
      body: {
        name: string
        place: { kind: 'folder'; glob?: string } | { kind: 's3'; connection: string; prefix?: string; glob?: string } | { kind: 'database'; connection: string; sql: string; cursor: string }
        mapping: string
        schedule: { every: 'file' } | { every: 'minutes'; minutes: number } | { every: 'cron'; cron: string }
        paused?: boolean
      }
    }, {
      id: string
      name: string
      place: { kind: 'folder'; glob: string } | { kind: 's3'; connection: string; prefix: string; glob: string } | { kind: 'database'; connection: string; sql: string; cursor: string }
      path: string | null
      mapping: { id: string; name: string }
      schedule: { every: 'file' } | { every: 'minutes'; minutes: number } | { every: 'cron'; cron: string }
      paused: boolean
      nextAt: string | null
      lastRun: {
        id: string
        state: 'running' | 'done' | 'failed' | 'cancelled'
        trigger: 'schedule' | 'by_hand'
        /** RFC 3339, UTC */
        startedAt: string
        finishedAt: string | null
        files: number
        rows: number
        created: number
        updated: number
        skipped: number
        failed: number
        error: { code: string; message: string; file: string | null } | null
        imports: string[]
      } | null
      by: string
      /** RFC 3339, UTC */
      createdAt: string
    }>
    /** Look at what a source would bring first, as a file: its columns, a mapping to begin with, saved mappings. Needs `source:write`. */
    previewSource: Operation<{
      body: {
        place: { kind: 'folder'; glob?: string } | { kind: 's3'; connection: string; prefix?: string; glob?: string } | { kind: 'database'; connection: string; sql: string; cursor: string }
      }
    }, {
      upload: string
      name: string
      bytes: number
      format: 'delimited' | 'xlsx' | 'ndjson'
      encoding: string | null
      delimiter: string | null
      sheet: string | null
      sheets: string[]
      rows: number
      columns: {
        name: string
        type: 'text' | 'number' | 'boolean' | 'date' | 'list'
        looks: 'email' | 'phone' | 'id' | null
        samples: string[]
        filled: number
        distinct: number
        suggestion: { attribute: string | true; type?: 'text' | 'number' | 'boolean' | 'date' } | { property: string | true; type?: 'text' | 'number' | 'boolean' | 'date' } | { identifier: string } | { time: true } | { event: true } | { skip: true }
      }[]
      suggestion: {
        kind: 'people' | 'events' | 'orders' | 'companies'
        key: { column: string; kind: string } | null
        columns: Record<string, { attribute: string | true; type?: 'text' | 'number' | 'boolean' | 'date' } | { property: string | true; type?: 'text' | 'number' | 'boolean' | 'date' } | { identifier: string } | { time: true } | { event: true } | { skip: true }>
      }
      warnings: { code: string; details?: Record<string, string | number> }[]
      mappings: {
        name: string
        columns: string[]
        spec: {
          kind: 'people' | 'events' | 'orders' | 'companies'
          key: { column: string; kind: string }
          columns: Record<string, { attribute: string | true; type?: 'text' | 'number' | 'boolean' | 'date' } | { property: string | true; type?: 'text' | 'number' | 'boolean' | 'date' } | { identifier: string } | { time: true } | { event: true } | { skip: true }>
          tags: string[]
          event?: string
          mode: 'both' | 'create' | 'update'
          empty_key: 'fail' | 'skip'
          placeholders: 'missing' | 'keep'
          date_order?: 'dmy' | 'mdy'
          sheet?: string
        }
        id: string
        updatedBy: string
        /** RFC 3339, UTC */
        updatedAt: string
        same: boolean
      }[]
    }>
    /** One source. Needs `source:read`. */
    getSource: Operation<{ id: string }, {
      id: string
      name: string
      place: { kind: 'folder'; glob: string } | { kind: 's3'; connection: string; prefix: string; glob: string } | { kind: 'database'; connection: string; sql: string; cursor: string }
      path: string | null
      mapping: { id: string; name: string }
      schedule: { every: 'file' } | { every: 'minutes'; minutes: number } | { every: 'cron'; cron: string }
      paused: boolean
      nextAt: string | null
      lastRun: {
        id: string
        state: 'running' | 'done' | 'failed' | 'cancelled'
        trigger: 'schedule' | 'by_hand'
        /** RFC 3339, UTC */
        startedAt: string
        finishedAt: string | null
        files: number
        rows: number
        created: number
        updated: number
        skipped: number
        failed: number
        error: { code: string; message: string; file: string | null } | null
        imports: string[]
      } | null
      by: string
      /** RFC 3339, UTC */
      createdAt: string
    }>
    /** Change, pause or resume a source; another SELECT or cursor column begins at the first row again. Needs `source:write`. */
    changeSource: Operation<{
      id: string
      body: {
        name?: string
        place?: { kind: 'folder'; glob?: string } | { kind: 's3'; connection: string; prefix?: string; glob?: string } | { kind: 'database'; connection: string; sql: string; cursor: string }
        mapping?: string
        schedule?: { every: 'file' } | { every: 'minutes'; minutes: number } | { every: 'cron'; cron: string }
        paused?: boolean
      }
    }, {
      id: string
      name: string
      place: { kind: 'folder'; glob: string } | { kind: 's3'; connection: string; prefix: string; glob: string } | { kind: 'database'; connection: string; sql: string; cursor: string }
      path: string | null
      mapping: { id: string; name: string }
      schedule: { every: 'file' } | { every: 'minutes'; minutes: number } | { every: 'cron'; cron: string }
      paused: boolean
      nextAt: string | null
      lastRun: {
        id: string
        state: 'running' | 'done' | 'failed' | 'cancelled'
        trigger: 'schedule' | 'by_hand'
        /** RFC 3339, UTC */
        startedAt: string
        finishedAt: string | null
        files: number
        rows: number
        created: number
        updated: number
        skipped: number
        failed: number
        error: { code: string; message: string; file: string | null } | null
        imports: string[]
      } | null
      by: string
      /** RFC 3339, UTC */
      createdAt: string
    }>
    /** Remove a source with what it remembers; its imports stay. Needs `source:write`. */
    removeSource: Operation<{ id: string }, void>
    /** Run a source now, paused or not. Needs `source:write`. */
    runSource: Operation<{ id: string }, { run: string; job: string }>
    /** Runs of a source, newest first, kept for 90 days. Needs `source:read`. */
    listRuns: Paged<{ id: string; limit?: number; cursor?: string }, {
      id: string
      state: 'running' | 'done' | 'failed' | 'cancelled'
      trigger: 'schedule' | 'by_hand'
      /** RFC 3339, UTC */
      startedAt: string
      finishedAt: string | null
      files: number
      rows: number
      created: number
      updated: number
      skipped: number
      failed: number
      error: { code: string; message: string; file: string | null } | null
      imports: string[]
    }>
  }
  notices: {
    /** What I was told, newest first. */
    list: Paged<{ limit?: number; cursor?: string; unread?: string }, {
      id: string
      type: 'people.assigned' | 'anomaly.silent' | 'anomaly.drop' | 'anomaly.surge' | 'job.failed' | 'import.failed' | 'segment.failed' | 'webhook.off' | 'alert.fired' | 'alert.recovered' | 'alert.failed' | 'alert.paused' | 'board_mail.failed' | 'board_mail.paused' | 'coupon.low' | 'import.finished' | 'job.finished' | 'invitation.accepted'
      level: 'act' | 'know' | 'digest'
      facts: Record<string, string | number>
      href: string
      /** RFC 3339, UTC */
      at: string
      readAt: string | null
    }>
    /** How many notices I have not read, without those that can wait. */
    count: Operation<Record<string, never>, { unread: number }>
    /** Mark notices read; without ids all of them. */
    markRead: Operation<{ body: { ids?: string[] } }, void>
    /** Which types of notices I get. */
    switches: Operation<Record<string, never>, {
      items: {
        type: 'people.assigned' | 'anomaly.silent' | 'anomaly.drop' | 'anomaly.surge' | 'job.failed' | 'import.failed' | 'segment.failed' | 'webhook.off' | 'alert.fired' | 'alert.recovered' | 'alert.failed' | 'alert.paused' | 'board_mail.failed' | 'board_mail.paused' | 'coupon.low' | 'import.finished' | 'job.finished' | 'invitation.accepted'
        level: 'act' | 'know' | 'digest'
        on: boolean
      }[]
    }>
    /** Switch a type of notices on or off for me. */
    switchType: Operation<{
      type: 'people.assigned' | 'anomaly.silent' | 'anomaly.drop' | 'anomaly.surge' | 'job.failed' | 'import.failed' | 'segment.failed' | 'webhook.off' | 'alert.fired' | 'alert.recovered' | 'alert.failed' | 'alert.paused' | 'board_mail.failed' | 'board_mail.paused' | 'coupon.low' | 'import.finished' | 'job.finished' | 'invitation.accepted'
      body: { on: boolean }
    }, void>
  }
  plans: {
    /** The tracking plan in force. Needs `event:read`. */
    get: Operation<Record<string, never>, {
      mode: 'mark' | 'block'
      unplanned: 'allow' | 'mark'
      events: {
        name: string
        labels: { zh: string; en: string }
        description: string
        properties: {
          path: string
          type: 'any' | 'text' | 'number' | 'boolean' | 'list'
          required: boolean
          allowed: (string | number | boolean)[]
          pattern: string | null
          labels: { zh: string; en: string }
          description: string
        }[]
      }[]
      version: number
      changedAt: string | null
      changedBy: string | null
    }>
    /** Put a new version of the tracking plan in force, for what is projected from now on. Needs `event:write`. */
    save: Operation<{
      body: {
        mode?: 'mark' | 'block'
        unplanned?: 'allow' | 'mark'
        events: {
          name: string
          labels?: { zh?: string; en?: string }
          description?: string
          properties?: {
            path: string
            type?: 'any' | 'text' | 'number' | 'boolean' | 'list'
            required?: boolean
            allowed?: (string | number | boolean)[]
            pattern?: string | null
            labels?: { zh?: string; en?: string }
            description?: string
          }[]
        }[]
        base?: number
      }
    }, {
      mode: 'mark' | 'block'
      unplanned: 'allow' | 'mark'
      events: {
        name: string
        labels: { zh: string; en: string }
        description: string
        properties: {
          path: string
          type: 'any' | 'text' | 'number' | 'boolean' | 'list'
          required: boolean
          allowed: (string | number | boolean)[]
          pattern: string | null
          labels: { zh: string; en: string }
          description: string
        }[]
      }[]
      version: number
      changedAt: string | null
      changedBy: string | null
    }>
    /** The tracking plan as JSON Schema (2020-12): one definition per event, of its properties. Needs `event:read`. */
    schema: Operation<Record<string, never>, Record<string, unknown>>
    /** Put a JSON Schema in force as the tracking plan. Needs `event:write`. */
    importSchema: Operation<{ body: { schema: Record<string, unknown>; base?: number } }, {
      mode: 'mark' | 'block'
      unplanned: 'allow' | 'mark'
      events: {
        name: string
        labels: { zh: string; en: string }
        description: string
        properties: {
          path: string
          type: 'any' | 'text' | 'number' | 'boolean' | 'list'
          required: boolean
          allowed: (string | number | boolean)[]
          pattern: string | null
          labels: { zh: string; en: string }
          description: string
        }[]
      }[]
      version: number
      changedAt: string | null
      changedBy: string | null
    }>
    /** What broke the plan, by event, property, reason and source; most frequent first. Needs `event:read`. */
    violations: Operation<{ days?: number; event?: string }, {
      items: {
        event: string
        property: string
        reason: 'missing' | 'wrong_type' | 'not_allowed' | 'pattern' | 'unplanned' | 'more'
        source: { kind: 'source' | 'import' | 'api_key' | 'hand'; name: string; href: string | null }
        count: number
        /** RFC 3339, UTC */
        firstSeen: string
        /** RFC 3339, UTC */
        lastSeen: string
        example: string
        version: number
      }[]
    }>
  }
  portrait: {
    /** Everything the first screen of a person shows. Needs `people:read`. */
    overview: Operation<{ id: string }, {
      profile: {
        id: string
        name: string | null
        identifiers: { kind: string; value: string }[]
        attributes: Record<string, unknown>
        masked: string[]
        tags: string[]
        owner: {
          id: string
          name: string
          /** RFC 3339, UTC */
          since: string
        } | null
        firstSeen: string | null
        lastSeen: string | null
      }
      level: 'none' | 'low' | 'medium' | 'high'
      checks: {
        code: 'identity' | 'tag' | 'activity' | 'some_attributes' | 'contact' | 'all_attributes' | 'history' | 'order' | 'origin'
        level: 'low' | 'medium' | 'high'
        met: boolean
        attributes?: string[]
      }[]
      segments: { id: string; name: string; since: string | null }[]
      origin: {
        first: {
          /** RFC 3339, UTC */
          time: string
          source: string
          medium: string
          campaign: string
          term: string
          content: string
          referrer: string
        } | null
        last: {
          /** RFC 3339, UTC */
          time: string
          source: string
          medium: string
          campaign: string
          term: string
          content: string
          referrer: string
        } | null
      }
      orders: {
        currency: string
        net: number
        orders: number
        /** RFC 3339, UTC */
        lastAt: string
      }[] | null
      devices: {
        id: string
        model: string
        system: string
        app: string
        userAgent: string
        /** RFC 3339, UTC */
        lastSeen: string
      }[]
      identity: {
        nodes: {
          identifier: { kind: string; value: string }
          ref: string
          profileId: string
          root: boolean
          firstSeen: string | null
          lastSeen: string | null
          events: number
          alsoHeldBy: string[]
          intervals: { from: string | null; to: string | null; profileId: string }[]
        }[]
        links: {
          a: { kind: string; value: string }
          b: { kind: string; value: string }
          /** RFC 3339, UTC */
          time: string
          messageId: string
          source: { kind: 'source' | 'import' | 'api_key' | 'hand'; name: string; href: string | null } | null
          rule: string
        }[]
        decisions: {
          id: string
          type: 'merge' | 'unmerge'
          /** RFC 3339, UTC */
          time: string
          by: string
          identifiers: { kind: string; value: string }[]
        }[]
      }
      groups: ('behaviour' | 'messages' | 'sales' | 'system')[]
      timeline: {
        items: {
          type: string
          id: string
          name: string
          /** RFC 3339, UTC */
          time: string
          properties: Record<string, unknown>
          context?: Record<string, unknown>
          /** RFC 3339, UTC */
          receivedAt?: string
          identifiers?: { kind: string; value: string }[]
          group?: 'behaviour' | 'messages' | 'sales' | 'system'
          at?: string
          masked?: boolean
          by?: string
          why?: string
        }[]
        next: string | null
      }
    }>
    /** Attributes that must be known of somebody to know them well. Needs `people:read`. */
    settings: Operation<Record<string, never>, { important: string[]; chosen: boolean }>
    /** Choose the attributes that must be known. Needs `setting:write`. */
    saveSettings: Operation<{ body: { important: string[] } }, { important: string[]; chosen: boolean }>
  }
  privacy: {
    /** Everything known of one person, as one JSON document; asks for `people:unmask` besides. Needs `export:read`. */
    export: Operation<{ id: string }, void>
    /** Erase a person from every store, for good, in the background. Needs `people:erase`. */
    erase: Operation<{ id: string }, { job: string; id: string }>
    /** Erasures, newest first. Needs `people:erase`. */
    list: Paged<{ limit?: number; cursor?: string }, {
      id: string
      profileId: string
      state: 'waiting' | 'running' | 'done' | 'failed'
      items: number | null
      jobId: string | null
      requestedBy: string
      /** RFC 3339, UTC */
      requestedAt: string
      finishedAt: string | null
    }>
    /** How long events of people are kept. Needs `setting:read`. */
    retention: Operation<Record<string, never>, {
      days: number | null
      running: boolean
      jobId: string | null
      lastAt: string | null
      lastEvents: number | null
    }>
    /** Keep events so many days, or for ever (null); older ones are removed from every store, for good, in the background. Needs `people:erase`. */
    setRetention: Operation<{ body: { days: number | null } }, {
      days: number | null
      running: boolean
      jobId: string | null
      lastAt: string | null
      lastEvents: number | null
    }>
    /** How many events would go if they were kept so long. Needs `setting:read`. */
    previewRetention: Operation<{ body: { days: number } }, {
      events: number
      /** RFC 3339, UTC */
      before: string
      oldest: string | null
    }>
  }
  profiles: {
    /** One person; merged ids keep answering. Needs `people:read`. */
    get: Operation<{ id: string }, {
      id: string
      name: string | null
      identifiers: { kind: string; value: string }[]
      attributes: Record<string, unknown>
      masked: string[]
      tags: string[]
      owner: {
        id: string
        name: string
        /** RFC 3339, UTC */
        since: string
      } | null
      firstSeen: string | null
      lastSeen: string | null
    }>
    /** Set attributes by hand (null removes). Needs `people:write`. */
    update: Operation<{ id: string; body: { attributes: Record<string, unknown> } }, {
      id: string
      name: string | null
      identifiers: { kind: string; value: string }[]
      attributes: Record<string, unknown>
      masked: string[]
      tags: string[]
      owner: {
        id: string
        name: string
        /** RFC 3339, UTC */
        since: string
      } | null
      firstSeen: string | null
      lastSeen: string | null
    }>
    /** People, by identifier, by rule, or all; keyset paging. Needs `people:read`. */
    list: Paged<{
      limit?: number
      cursor?: string
      identifier?: string
      rule?: string
      search?: string
      owner?: string
      sort?: 'lastSeen' | '-lastSeen' | 'firstSeen' | '-firstSeen' | 'name' | '-name' | 'id'
    }, {
      id: string
      name: string | null
      identifiers: { kind: string; value: string }[]
      attributes: Record<string, unknown>
      masked: string[]
      tags: string[]
      owner: {
        id: string
        name: string
        /** RFC 3339, UTC */
        since: string
      } | null
      firstSeen: string | null
      lastSeen: string | null
    }>
    /** Who is meant by part of a name, its pinyin or initials, the end of a phone, a mail or an id; best match first. Needs `people:read`. */
    find: Operation<{ q: string; limit?: number }, {
      items: {
        id: string
        name: string | null
        identifiers: { kind: string; value: string }[]
        masked: string[]
        owner: { id: string; name: string } | null
      }[]
    }>
    /** Number of people a list shows. Needs `people:read`. */
    count: Operation<{
      body: {
        /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
        rule?: unknown
        search?: string
        owner?: string
      }
    }, { count: number }>
    /** How many people were first seen on each of the last days, in the time zone of the workspace. Needs `people:read`. */
    newPerDay: Operation<{ days?: number }, { items: { day: string; count: number }[] }>
    /** What happened, newest first. Needs `people:read`. */
    timeline: Paged<{
      id: string
      limit?: number
      cursor?: string
      names?: string | string[]
      search?: string
      /** RFC 3339, UTC */
      from?: string
      /** RFC 3339, UTC */
      to?: string
      include?: 'events' | 'system'
      /** In place of `include`: everything of these groups, with commas between (behaviour, messages, sales, system), or `all` */
      groups?: string
      /** Where to begin: a moment, or `at` of an entry. Older entries include it, newer ones come after it */
      at?: string
      direction?: 'older' | 'newer'
    }, {
      type: string
      id: string
      name: string
      /** RFC 3339, UTC */
      time: string
      properties: Record<string, unknown>
      context?: Record<string, unknown>
      /** RFC 3339, UTC */
      receivedAt?: string
      identifiers?: { kind: string; value: string }[]
      group?: 'behaviour' | 'messages' | 'sales' | 'system'
      at?: string
      masked?: boolean
      by?: string
      why?: string
    }>
    /** Groups that have anything in this person’s timeline. Needs `people:read`. */
    timelineGroups: Operation<{ id: string }, { items: ('behaviour' | 'messages' | 'sales' | 'system')[] }>
    /** Event names in this person’s timeline with counts. Needs `people:read`. */
    eventNames: Operation<{ id: string }, { items: { name: string; count: number }[] }>
    /** An entry of a timeline whole; noted in the audit log, and limited per member like `reveal`. Needs `people:unmask`. */
    revealEntry: Operation<{ id: string; body: { at: string; id: string; why?: string } }, {
      type: string
      id: string
      name: string
      /** RFC 3339, UTC */
      time: string
      properties: Record<string, unknown>
      context?: Record<string, unknown>
      /** RFC 3339, UTC */
      receivedAt?: string
      identifiers?: { kind: string; value: string }[]
      group?: 'behaviour' | 'messages' | 'sales' | 'system'
      at?: string
      masked?: boolean
      by?: string
      why?: string
    }>
    /** Give a person to a member, or back to nobody; who may not see the new owner’s people loses sight. Needs `people:assign`. */
    assignOwner: Operation<{
      id: string
      body: {
        /** Id of a member; null: nobody */
        owner: string | null
      }
    }, { owner: { id: string; name: string } | null; visible: boolean }>
    /** Give many people to a member, or back to nobody; all or nothing. Needs `people:assign`. */
    assignOwners: Operation<{
      body: {
        ids: string[]
        /** Id of a member; null: nobody */
        owner: string | null
      }
    }, { people: number; visible: number }>
    /** People in the recycle bin, the last put there first. Needs `people:trash`. */
    bin: Paged<{ limit?: number; cursor?: string; search?: string; active?: 'true' }, {
      person: {
        id: string
        name: string | null
        identifiers: { kind: string; value: string }[]
        attributes: Record<string, unknown>
        masked: string[]
        tags: string[]
        owner: {
          id: string
          name: string
          /** RFC 3339, UTC */
          since: string
        } | null
        firstSeen: string | null
        lastSeen: string | null
      }
      /** RFC 3339, UTC */
      trashedAt: string
      by: string
      why: string | null
      activeSince: boolean
      /** RFC 3339, UTC */
      erasedAt: string
    }>
    /** Put people into the recycle bin, where they are hidden for 90 days; all or nothing. Needs `people:trash`. */
    trash: Operation<{ body: { ids: string[]; why?: string } }, { people: number }>
    /** Take people out of the recycle bin, with everything that came meanwhile. Needs `people:trash`. */
    restore: Operation<{ body: { ids: string[]; why?: string } }, { people: number }>
    /** Put many people into the recycle bin, in the background. Needs `people:trash`. */
    startTrashing: Operation<{
      body: {
        ids?: string[]
        matching?: {
          /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
          rule?: unknown
          search?: string
          owner?: string
        }
        why?: string
      }
    }, {
      id: string
      jobId: string
      action: 'owner' | 'trash'
      owner: { id: string; name: string } | null
      state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
      people: number | null
      changed: number
      why: string | null
      by: { kind: 'member' | 'api_key' | 'user' | 'system'; name: string }
      /** RFC 3339, UTC */
      createdAt: string
      undo: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled' | null
    }>
    /** Give many people to a member, or back to nobody, in the background. Needs `people:assign`. */
    startAssigning: Operation<{
      body: {
        ids?: string[]
        matching?: {
          /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
          rule?: unknown
          search?: string
          owner?: string
        }
        why?: string
        /** Id of a member; null: nobody */
        owner: string | null
      }
    }, {
      id: string
      jobId: string
      action: 'owner' | 'trash'
      owner: { id: string; name: string } | null
      state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
      people: number | null
      changed: number
      why: string | null
      by: { kind: 'member' | 'api_key' | 'user' | 'system'; name: string }
      /** RFC 3339, UTC */
      createdAt: string
      undo: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled' | null
    }>
    /** Work on many people, newest first. Needs `people:write`. */
    listBatches: Paged<{ limit?: number; cursor?: string }, {
      id: string
      jobId: string
      action: 'owner' | 'trash'
      owner: { id: string; name: string } | null
      state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
      people: number | null
      changed: number
      why: string | null
      by: { kind: 'member' | 'api_key' | 'user' | 'system'; name: string }
      /** RFC 3339, UTC */
      createdAt: string
      undo: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled' | null
    }>
    /** One piece of work on many people. Needs `people:write`. */
    getBatch: Operation<{ id: string }, {
      id: string
      jobId: string
      action: 'owner' | 'trash'
      owner: { id: string; name: string } | null
      state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
      people: number | null
      changed: number
      why: string | null
      by: { kind: 'member' | 'api_key' | 'user' | 'system'; name: string }
      /** RFC 3339, UTC */
      createdAt: string
      undo: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled' | null
    }>
    /** Take work on many people back, in the background; needs the right to do it. Needs `people:write`. */
    undoBatch: Operation<{ id: string }, {
      id: string
      jobId: string
      action: 'owner' | 'trash'
      owner: { id: string; name: string } | null
      state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
      people: number | null
      changed: number
      why: string | null
      by: { kind: 'member' | 'api_key' | 'user' | 'system'; name: string }
      /** RFC 3339, UTC */
      createdAt: string
      undo: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled' | null
    }>
    /** Identifiers, links and device intervals of a person. Needs `people:read`. */
    identity: Operation<{ id: string }, {
      nodes: {
        identifier: { kind: string; value: string }
        ref: string
        profileId: string
        root: boolean
        firstSeen: string | null
        lastSeen: string | null
        events: number
        alsoHeldBy: string[]
        intervals: { from: string | null; to: string | null; profileId: string }[]
      }[]
      links: {
        a: { kind: string; value: string }
        b: { kind: string; value: string }
        /** RFC 3339, UTC */
        time: string
        messageId: string
        source: { kind: 'source' | 'import' | 'api_key' | 'hand'; name: string; href: string | null } | null
        rule: string
      }[]
      decisions: {
        id: string
        type: 'merge' | 'unmerge'
        /** RFC 3339, UTC */
        time: string
        by: string
        identifiers: { kind: string; value: string }[]
      }[]
    }>
    /** Why two identifiers are one person, or why not. Needs `people:read`. */
    explain: Operation<{
      body: {
        a: { kind: string; value: string } | { ref: string }
        b: { kind: string; value: string } | { ref: string }
      }
    }, {
      same: boolean
      chain: {
        a: { kind: string; value: string }
        b: { kind: string; value: string }
        /** RFC 3339, UTC */
        time: string
        messageId: string
        source: { kind: 'source' | 'import' | 'api_key' | 'hand'; name: string; href: string | null } | null
        rule: string
      }[]
      reason: string
    }>
    /** What a merge would move. Needs `identity:write`. */
    previewMerge: Operation<{ id: string; body: { with: string } }, {
      root: string
      identifiers: { identifier: { kind: string; value: string }; from: string }[]
      attributes: { name: string; kept: unknown; dropped: unknown }[]
      events: number
      warnings: string[]
    }>
    /** Merge another person into this one; undone by unmerge. Needs `identity:write`. */
    merge: Operation<{ id: string; body: { with: string } }, {
      id: string
      name: string | null
      identifiers: { kind: string; value: string }[]
      attributes: Record<string, unknown>
      masked: string[]
      tags: string[]
      owner: {
        id: string
        name: string
        /** RFC 3339, UTC */
        since: string
      } | null
      firstSeen: string | null
      lastSeen: string | null
    }>
    /** Take an identifier out of this person; answers the person it now is. Needs `identity:write`. */
    unmerge: Operation<{ id: string; body: { identifier: { kind: string; value: string } | { ref: string } } }, {
      id: string
      name: string | null
      identifiers: { kind: string; value: string }[]
      attributes: Record<string, unknown>
      masked: string[]
      tags: string[]
      owner: {
        id: string
        name: string
        /** RFC 3339, UTC */
        since: string
      } | null
      firstSeen: string | null
      lastSeen: string | null
    }>
    /** What looks wrong with who is who: people with many identifiers of a kind, values of many people. Needs `people:read`. */
    review: Operation<Record<string, never>, {
      items: {
        id: string
        reason: 'crowded' | 'shared'
        kind: string
        count: number
        values: string[]
        people: { id: string; name: string | null }[]
      }[]
    }>
    /** A finding is right as it is; it comes back when it grows beyond `count`. Needs `identity:write`. */
    acceptReview: Operation<{ body: { id: string; count: number } }, void>
    /** Identifier kinds and merge rules. Needs `setting:read`. */
    identityKinds: Operation<Record<string, never>, {
      items: {
        kind: string
        class: 'login' | 'device' | 'contact'
        priority: number
        limit: number
        blocked: string[]
        builtIn: boolean
      }[]
    }>
    /** Add or change an identifier kind (applies to what arrives from now on). Needs `setting:write`. */
    saveIdentityKind: Operation<{
      kind: string
      body: { class: 'login' | 'device' | 'contact'; priority: number; limit: number; blocked: string[] }
    }, {
      kind: string
      class: 'login' | 'device' | 'contact'
      priority: number
      limit: number
      blocked: string[]
      builtIn: boolean
    }>
    /** Full values of a person that are shown masked; noted in the audit log, and limited per member. Needs `people:unmask`. */
    reveal: Operation<{ id: string; body: { fields: string[]; why?: string } }, {
      name?: string | null
      identifiers: { kind: string; value: string }[]
      attributes: Record<string, unknown>
    }>
    /** Attribute catalogue: what each is, its type, how many people have it, examples. Needs `people:read`. */
    attributes: Operation<Record<string, never>, {
      everyone: number
      items: {
        labels: { zh: string; en: string }
        description: string
        type: 'text' | 'number' | 'boolean' | 'date' | 'enum' | 'multi_enum' | 'phone' | 'email' | 'reference' | 'list' | 'object'
        options: {
          value: string
          zh: string
          en: string
          color: 'blue' | 'teal' | 'green' | 'amber' | 'orange' | 'red' | 'purple' | 'grey' | null
        }[]
        refersTo: 'person' | 'company' | null
        personal: boolean
        searchable: boolean
        group: string
        archived: boolean
        name: string
        label: string | null
        declared: boolean
        people: number
        misfits: number
        examples: string[]
      }[]
    }>
    /** Declare an attribute; rules and forms know it at once, before anybody has it. Needs `attribute:write`. */
    createAttribute: Operation<{
      body: {
        labels?: { zh: string; en: string }
        description?: string
        type: 'text' | 'number' | 'boolean' | 'date' | 'enum' | 'multi_enum' | 'phone' | 'email' | 'reference'
        options?: {
          value: string
          zh?: string
          en?: string
          color?: 'blue' | 'teal' | 'green' | 'amber' | 'orange' | 'red' | 'purple' | 'grey' | null
        }[]
        refersTo?: 'person' | 'company' | null
        personal?: boolean
        searchable?: boolean
        group?: string
        archived?: boolean
        name: string
      }
    }, {
      labels: { zh: string; en: string }
      description: string
      type: 'text' | 'number' | 'boolean' | 'date' | 'enum' | 'multi_enum' | 'phone' | 'email' | 'reference' | 'list' | 'object'
      options: {
        value: string
        zh: string
        en: string
        color: 'blue' | 'teal' | 'green' | 'amber' | 'orange' | 'red' | 'purple' | 'grey' | null
      }[]
      refersTo: 'person' | 'company' | null
      personal: boolean
      searchable: boolean
      group: string
      archived: boolean
      name: string
      label: string | null
      declared: boolean
      people: number
      misfits: number
      examples: string[]
    }>
    /** One attribute: types seen, values that do not fit, sources, last seen, and whose rules name it. Needs `people:read`. */
    attribute: Operation<{ name: string }, {
      labels: { zh: string; en: string }
      description: string
      type: 'text' | 'number' | 'boolean' | 'date' | 'enum' | 'multi_enum' | 'phone' | 'email' | 'reference' | 'list' | 'object'
      options: {
        value: string
        zh: string
        en: string
        color: 'blue' | 'teal' | 'green' | 'amber' | 'orange' | 'red' | 'purple' | 'grey' | null
      }[]
      refersTo: 'person' | 'company' | null
      personal: boolean
      searchable: boolean
      group: string
      archived: boolean
      name: string
      label: string | null
      declared: boolean
      people: number
      misfits: number
      examples: string[]
      everyone: number
      typesSeen: {
        type: 'text' | 'number' | 'boolean' | 'text_list' | 'number_list' | 'boolean_list' | 'object'
        people: number
      }[]
      misfitExamples: string[]
      sources: {
        kind: 'source' | 'import' | 'api_key' | 'hand'
        name: string
        href: string | null
        /** RFC 3339, UTC */
        since: string
      }[]
      lastSeen: string | null
      usedBy: { kind: 'segment'; id: string; name: string }[]
    }>
    /** Describe an attribute or change it; what is left out stays, and stored values stay as they were sent. Needs `attribute:write`. */
    describeAttribute: Operation<{
      body: {
        labels?: { zh: string; en: string }
        description?: string
        type?: 'text' | 'number' | 'boolean' | 'date' | 'enum' | 'multi_enum' | 'phone' | 'email' | 'reference'
        options?: {
          value: string
          zh?: string
          en?: string
          color?: 'blue' | 'teal' | 'green' | 'amber' | 'orange' | 'red' | 'purple' | 'grey' | null
        }[]
        refersTo?: 'person' | 'company' | null
        personal?: boolean
        searchable?: boolean
        group?: string
        archived?: boolean
        name: string
      }
    }, {
      labels: { zh: string; en: string }
      description: string
      type: 'text' | 'number' | 'boolean' | 'date' | 'enum' | 'multi_enum' | 'phone' | 'email' | 'reference' | 'list' | 'object'
      options: {
        value: string
        zh: string
        en: string
        color: 'blue' | 'teal' | 'green' | 'amber' | 'orange' | 'red' | 'purple' | 'grey' | null
      }[]
      refersTo: 'person' | 'company' | null
      personal: boolean
      searchable: boolean
      group: string
      archived: boolean
      name: string
      label: string | null
      declared: boolean
      people: number
      misfits: number
      examples: string[]
    }>
    /** Remove an attribute that nobody has and no rule names. Needs `attribute:write`. */
    deleteAttribute: Operation<{ name: string }, void>
  }
  segments: {
    /** Every rule the segment ever had, newest first. Needs `segment:read`. */
    versions: Paged<{ id: string; limit?: number; cursor?: string }, {
      number: number
      /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
      rule: unknown
      note: string
      /** RFC 3339, UTC */
      createdAt: string
      createdBy: string
      current: boolean
    }>
    /** Take up an older rule again; it becomes a new version and is counted. Needs `segment:write`. */
    restoreVersion: Operation<{ id: string; number: number }, {
      id: string
      name: string
      description: string
      kind: 'rule' | 'list'
      /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
      rule: unknown
      version: number
      size: number | null
      state: 'building' | 'live' | 'failed'
      entered24h: number
      left24h: number
      /** RFC 3339, UTC */
      createdAt: string
      /** RFC 3339, UTC */
      updatedAt: string
      countedAt: string | null
      createdBy: string
    }>
    /** How two or three rules lie across each other: exact people in every region; also what a changed rule would bring in and put out. Needs `segment:read`. */
    regions: Operation<{ body: { rules: unknown[] } }, {
      regions: { in: number[]; count: number }[]
      sizes: number[]
      everyone: number
      tookMs: number
    }>
    /** People whom each two of up to eight segments have in common, exact. Needs `segment:read`. */
    overlaps: Operation<{ body: { segments: string[] } }, { matrix: number[][]; everyone: number; tookMs: number }>
    /** Put people on a list: by id or identifier at once, from a rule or a file in the background; `create` makes people of identifiers nobody has. Needs `segment:write`. */
    addPeople: Operation<{
      id: string
      body: {
        ids?: string[]
        identifiers?: { kind: string; value: string }[]
        /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
        rule?: unknown
        file?: { upload: string; column: string; kind: string }
        create?: boolean
      }
    }, {
      id: string
      what: 'add' | 'remove' | 'undo'
      source: 'hand' | 'identifiers' | 'rule' | 'file' | 'undo' | 'analysis'
      title: string | null
      state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
      total: number | null
      handled: number
      changed: number
      same: number
      unmatched: number
      created: number
      together: boolean
      fault: string | null
      undone: boolean
      jobId: string | null
      /** RFC 3339, UTC */
      createdAt: string
      createdBy: string
      finishedAt: string | null
    }>
    /** Take people off a list. Needs `segment:write`. */
    removePeople: Operation<{
      id: string
      body: {
        ids?: string[]
        identifiers?: { kind: string; value: string }[]
        /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
        rule?: unknown
        file?: { upload: string; column: string; kind: string }
      }
    }, {
      id: string
      what: 'add' | 'remove' | 'undo'
      source: 'hand' | 'identifiers' | 'rule' | 'file' | 'undo' | 'analysis'
      title: string | null
      state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
      total: number | null
      handled: number
      changed: number
      same: number
      unmatched: number
      created: number
      together: boolean
      fault: string | null
      undone: boolean
      jobId: string | null
      /** RFC 3339, UTC */
      createdAt: string
      createdBy: string
      finishedAt: string | null
    }>
    /** What was done to a list, newest first. Needs `segment:read`. */
    changes: Paged<{ id: string; limit?: number; cursor?: string }, {
      id: string
      what: 'add' | 'remove' | 'undo'
      source: 'hand' | 'identifiers' | 'rule' | 'file' | 'undo' | 'analysis'
      title: string | null
      state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
      total: number | null
      handled: number
      changed: number
      same: number
      unmatched: number
      created: number
      together: boolean
      fault: string | null
      undone: boolean
      jobId: string | null
      /** RFC 3339, UTC */
      createdAt: string
      createdBy: string
      finishedAt: string | null
    }>
    /** Take a change of a list back, as far as nothing changed the same people since. Needs `segment:write`. */
    undoChange: Operation<{ id: string; change: string }, {
      id: string
      what: 'add' | 'remove' | 'undo'
      source: 'hand' | 'identifiers' | 'rule' | 'file' | 'undo' | 'analysis'
      title: string | null
      state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
      total: number | null
      handled: number
      changed: number
      same: number
      unmatched: number
      created: number
      together: boolean
      fault: string | null
      undone: boolean
      jobId: string | null
      /** RFC 3339, UTC */
      createdAt: string
      createdBy: string
      finishedAt: string | null
    }>
    /** Rows that found nobody, as CSV with the reason in English and Chinese. Needs `segment:write`. */
    unmatched: Operation<{ id: string; change: string }, Response>
    /** Frozen member lists of a segment, newest first; two are compared by `POST /api/segments/regions`. Needs `segment:read`. */
    snapshots: Paged<{ id: string; limit?: number; cursor?: string }, {
      id: string
      state: 'building' | 'ready' | 'failed'
      at: string | null
      size: number | null
      version: number
      scheduled: boolean
      createdBy: string
    }>
    /** Freeze who is in the segment now, in the background. Needs `segment:write`. */
    takeSnapshot: Operation<{ id: string }, {
      id: string
      state: 'building' | 'ready' | 'failed'
      at: string | null
      size: number | null
      version: number
      scheduled: boolean
      createdBy: string
    }>
    /** Remove a snapshot for good. Needs `segment:write`. */
    removeSnapshot: Operation<{ id: string; snapshot: string }, void>
    /** When snapshots are taken by themselves. Needs `segment:read`. */
    schedule: Operation<{ id: string }, {
      schedule: { every: 'day' | 'week' | 'month'; day: number; time: string; keep: number } | null
      nextAt: string | null
    }>
    /** Take snapshots daily, weekly or monthly; null ends it. What is missed while the program is down is made up for once. Needs `segment:write`. */
    setSchedule: Operation<{
      id: string
      body: {
        schedule: { every: 'day' | 'week' | 'month'; day?: number; time: string; keep?: number } | null
      }
    }, {
      schedule: { every: 'day' | 'week' | 'month'; day: number; time: string; keep: number } | null
      nextAt: string | null
    }>
    /** Where a segment comes from and goes to: what names it, and what its rule is made of. Needs `segment:read`. */
    uses: Operation<{ id: string }, {
      usedBy: {
        kind: 'segment' | 'webhook' | 'journey' | 'export' | 'view' | 'analysis' | 'board' | 'alert'
        id: string
        name: string
        direct: boolean
        holds: boolean
      }[]
      segments: { id: string; name: string; direct: boolean }[]
      tags: string[]
      attributes: string[]
      events: string[]
    }>
    /** Segments as a file for another workspace: their rules, those they stand on, and the tags, attributes and events they need; people of lists by permission. Needs `segment:read`. */
    makePack: Operation<{ body: { segments: string[]; members?: 'none' | 'plain' | 'sha256' } }, {
      format: 'headwater.audience/1'
      segments: {
        key: string
        name: string
        description: string
        kind: 'rule' | 'list'
        /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
        rule?: unknown
        members?: { form: 'plain' | 'sha256'; identifiers: { kind: string; value: string }[] }
      }[]
      tags: { name: string; parent: string | null }[]
      attributes: { name: string; type: string; label: string | null }[]
      events: string[]
    }>
    /** What taking a pack in would make, and what it names that is not here; makes nothing. Needs `segment:write`. */
    checkPack: Operation<{
      body: {
        pack: {
          format: 'headwater.audience/1'
          segments: {
            key: string
            name: string
            description?: string
            kind: 'rule' | 'list'
            /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
            rule?: unknown
            members?: { form: 'plain' | 'sha256'; identifiers: { kind: string; value: string }[] }
          }[]
          tags: { name: string; parent: string | null }[]
          attributes: { name: string; type: string; label: string | null }[]
          events: string[]
        }
        map?: {
          tags?: Record<string, string>
          attributes?: Record<string, string>
          events?: Record<string, string>
        }
      }
    }, {
      segments: {
        key: string
        name: string
        outcome: 'new' | 'same' | 'renamed'
        id: string | null
        members: number
      }[]
      missing: { tags: string[]; attributes: string[]; events: string[] }
    }>
    /** Make the segments of a pack; what is here already is left alone, so the same pack can be taken in again. Needs `segment:write`. */
    takePack: Operation<{
      body: {
        pack: {
          format: 'headwater.audience/1'
          segments: {
            key: string
            name: string
            description?: string
            kind: 'rule' | 'list'
            /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
            rule?: unknown
            members?: { form: 'plain' | 'sha256'; identifiers: { kind: string; value: string }[] }
          }[]
          tags: { name: string; parent: string | null }[]
          attributes: { name: string; type: string; label: string | null }[]
          events: string[]
        }
        map?: {
          tags?: Record<string, string>
          attributes?: Record<string, string>
          events?: Record<string, string>
        }
      }
    }, {
      segments: {
        key: string
        name: string
        outcome: 'new' | 'same' | 'renamed'
        id: string | null
        members: number
      }[]
      missing: { tags: string[]; attributes: string[]; events: string[] }
    }>
    /** Count the people of a rule; exact unless an estimate is asked for. Needs `segment:read`. */
    preview: Operation<{
      body: {
        /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
        rule: unknown
        estimate?: boolean
      }
    }, {
      count: number
      exact: boolean
      /** Of an estimate: in 95 of 100 cases the exact count is no further away; 0 when exact */
      margin: number
      tookMs: number
    }>
    /** Counts per condition, total of everybody, and sample people of a rule; cancelled when the client hangs up. Needs `segment:read`. */
    previewDetail: Operation<{
      body: {
        /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
        rule: unknown
        sample?: number
      }
    }, {
      count: number
      everyone: number
      nodes: Record<string, number>
      sample: {
        id: string
        name: string | null
        identifiers: { kind: string; value: string }[]
        attributes: Record<string, unknown>
        masked: string[]
        tags: string[]
        owner: {
          id: string
          name: string
          /** RFC 3339, UTC */
          since: string
        } | null
        firstSeen: string | null
        lastSeen: string | null
      }[]
      tookMs: number
    }>
    /** Is this person in the rule, and why. Needs `segment:read`. */
    explain: Operation<{
      body: {
        /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
        rule: unknown
        profileId: string
      }
    }, {
      holds: boolean
      tree: SegmentsExplainAnswerSchema0
      profile: {
        id: string
        name: string | null
        identifiers: { kind: string; value: string }[]
        attributes: Record<string, unknown>
        masked: string[]
        tags: string[]
        owner: {
          id: string
          name: string
          /** RFC 3339, UTC */
          since: string
        } | null
        firstSeen: string | null
        lastSeen: string | null
      }
    }>
    /** Segments. Needs `segment:read`. */
    list: Paged<{ limit?: number; cursor?: string; search?: string; sort?: 'name' | '-size' | '-updatedAt' }, {
      id: string
      name: string
      description: string
      kind: 'rule' | 'list'
      /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
      rule: unknown
      version: number
      size: number | null
      state: 'building' | 'live' | 'failed'
      entered24h: number
      left24h: number
      /** RFC 3339, UTC */
      createdAt: string
      /** RFC 3339, UTC */
      updatedAt: string
      countedAt: string | null
      createdBy: string
    }>
    /** Create a segment by rule, counted in the background and then kept current; or a list. Needs `segment:write`. */
    create: Operation<{
      body: {
        name: string
        description?: string
        kind?: 'rule' | 'list'
        /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
        rule?: unknown
      }
    }, {
      id: string
      name: string
      description: string
      kind: 'rule' | 'list'
      /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
      rule: unknown
      version: number
      size: number | null
      state: 'building' | 'live' | 'failed'
      entered24h: number
      left24h: number
      /** RFC 3339, UTC */
      createdAt: string
      /** RFC 3339, UTC */
      updatedAt: string
      countedAt: string | null
      createdBy: string
    }>
    /** One segment. Needs `segment:read`. */
    get: Operation<{ id: string }, {
      id: string
      name: string
      description: string
      kind: 'rule' | 'list'
      /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
      rule: unknown
      version: number
      size: number | null
      state: 'building' | 'live' | 'failed'
      entered24h: number
      left24h: number
      /** RFC 3339, UTC */
      createdAt: string
      /** RFC 3339, UTC */
      updatedAt: string
      countedAt: string | null
      createdBy: string
    }>
    /** Change name or rule; a changed rule is a new version and is counted again. Needs `segment:write`. */
    update: Operation<{
      id: string
      body: {
        name: string
        description?: string
        /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
        rule?: unknown
        note?: string
        basedOn?: number
      }
    }, {
      id: string
      name: string
      description: string
      kind: 'rule' | 'list'
      /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
      rule: unknown
      version: number
      size: number | null
      state: 'building' | 'live' | 'failed'
      entered24h: number
      left24h: number
      /** RFC 3339, UTC */
      createdAt: string
      /** RFC 3339, UTC */
      updatedAt: string
      countedAt: string | null
      createdBy: string
    }>
    /** Delete; can be restored for 90 days. Needs `segment:write`. */
    remove: Operation<{ id: string }, void>
    /** Undo a deletion. Needs `segment:write`. */
    restore: Operation<{ id: string }, {
      id: string
      name: string
      description: string
      kind: 'rule' | 'list'
      /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
      rule: unknown
      version: number
      size: number | null
      state: 'building' | 'live' | 'failed'
      entered24h: number
      left24h: number
      /** RFC 3339, UTC */
      createdAt: string
      /** RFC 3339, UTC */
      updatedAt: string
      countedAt: string | null
      createdBy: string
    }>
    /** People in the segment. Needs `people:read`. */
    members: Paged<{ id: string; limit?: number; cursor?: string }, {
      id: string
      name: string | null
      identifiers: { kind: string; value: string }[]
      attributes: Record<string, unknown>
      masked: string[]
      tags: string[]
      owner: {
        id: string
        name: string
        /** RFC 3339, UTC */
        since: string
      } | null
      firstSeen: string | null
      lastSeen: string | null
    }>
    /** Size over time; empty for a caller whose data scope is narrower than everything. Needs `segment:read`. */
    history: Operation<{ id: string; days?: number }, {
      items: {
        /** RFC 3339, UTC */
        time: string
        size: number
        entered: number
        left: number
      }[]
    }>
    /** Segments a person is in, with since when. Needs `people:read`. */
    ofProfile: Operation<{ id: string }, { items: { id: string; name: string; since: string | null }[] }>
    /** Segments people of a company are in, with how many of those the caller may see. Needs `segment:read`. */
    ofCompany: Operation<{ id: string }, { items: { id: string; name: string; people: number }[] }>
  }
  sql: {
    /** Ask the workspace’s views in SQL: one SELECT, of people the caller may see; cancelled when the client hangs up. Needs `sql:read`. */
    query: Operation<{
      body: {
        sql: string
        /** Values of `{name:Type}` in the query */
        params?: Record<string, string | number | boolean | (string | number | boolean)[]>
        limit?: number
      }
    }, {
      columns: { name: string; type: string }[]
      rows: unknown[][]
      totals: unknown[] | null
      truncated: boolean
      tookMs: number
      rowsRead: number
    }>
    /** The same as a CSV or XLSX file of up to 100,000 rows; needs export:read too. Needs `sql:read`. */
    export: Operation<{
      body: {
        sql: string
        /** Values of `{name:Type}` in the query */
        params?: Record<string, string | number | boolean | (string | number | boolean)[]>
        format?: 'csv' | 'xlsx'
      }
    }, void>
    /** Views, columns, properties and functions queries are made of. Needs `sql:read`. */
    catalogue: Operation<Record<string, never>, {
      views: {
        name: string
        description: string
        columns: { name: string; type: string; description: string }[]
        roots: string[]
        properties: string[]
      }[]
      functions: { scalar: string[]; aggregate: string[]; window: string[] }
      types: string[]
      masked: boolean
    }>
    /** The caller’s own latest queries, newest first, each once. Needs `sql:read`. */
    history: Operation<Record<string, never>, {
      items: {
        sql: string
        /** RFC 3339, UTC */
        at: string
        tookMs: number
        rows: number
        times: number
        problem: string | null
      }[]
    }>
    /** Saved queries by name, of a folder or by a piece of their name; and which folders there are. Needs `sql:read`. */
    listSaved: Operation<{ limit?: number; cursor?: string; search?: string; folder?: string }, {
      items: {
        id: string
        name: string
        folder: string
        description: string
        sql: string
        chart: {
          kind: 'table' | 'line' | 'bar' | 'pie' | 'number'
          x?: string
          series?: string
          y?: string[]
        }
        owner: string
        mine: boolean
        version: number
        /** RFC 3339, UTC */
        createdAt: string
        /** RFC 3339, UTC */
        updatedAt: string
      }[]
      next: string | null
      folders: string[]
    }>
    /** Save a query for everybody who may ask; it need not be free of faults. Needs `sql:write`. */
    save: Operation<{
      body: {
        name: string
        folder?: string
        description?: string
        sql: string
        chart?: {
          kind: 'table' | 'line' | 'bar' | 'pie' | 'number'
          x?: string
          series?: string
          y?: string[]
        }
      }
    }, {
      id: string
      name: string
      folder: string
      description: string
      sql: string
      chart: {
        kind: 'table' | 'line' | 'bar' | 'pie' | 'number'
        x?: string
        series?: string
        y?: string[]
      }
      owner: string
      mine: boolean
      version: number
      /** RFC 3339, UTC */
      createdAt: string
      /** RFC 3339, UTC */
      updatedAt: string
    }>
    /** One saved query. Needs `sql:read`. */
    getSaved: Operation<{ id: string }, {
      id: string
      name: string
      folder: string
      description: string
      sql: string
      chart: {
        kind: 'table' | 'line' | 'bar' | 'pie' | 'number'
        x?: string
        series?: string
        y?: string[]
      }
      owner: string
      mine: boolean
      version: number
      /** RFC 3339, UTC */
      createdAt: string
      /** RFC 3339, UTC */
      updatedAt: string
    }>
    /** Rename, move, describe or rewrite a saved query. Needs `sql:write`. */
    changeSaved: Operation<{
      id: string
      body: {
        version: number
        name?: string
        folder?: string
        description?: string
        sql?: string
        chart?: {
          kind: 'table' | 'line' | 'bar' | 'pie' | 'number'
          x?: string
          series?: string
          y?: string[]
        }
      }
    }, {
      id: string
      name: string
      folder: string
      description: string
      sql: string
      chart: {
        kind: 'table' | 'line' | 'bar' | 'pie' | 'number'
        x?: string
        series?: string
        y?: string[]
      }
      owner: string
      mine: boolean
      version: number
      /** RFC 3339, UTC */
      createdAt: string
      /** RFC 3339, UTC */
      updatedAt: string
    }>
    /** Delete; answers it, so that it can be saved again. Needs `sql:write`. */
    removeSaved: Operation<{ id: string }, {
      id: string
      name: string
      folder: string
      description: string
      sql: string
      chart: {
        kind: 'table' | 'line' | 'bar' | 'pie' | 'number'
        x?: string
        series?: string
        y?: string[]
      }
      owner: string
      mine: boolean
      version: number
      /** RFC 3339, UTC */
      createdAt: string
      /** RFC 3339, UTC */
      updatedAt: string
    }>
  }
  tags: {
    /** Add and remove tags of one person; unknown tags are created. Needs `people:write`. */
    assign: Operation<{ id: string; body: { add?: string[]; remove?: string[]; why?: string } }, {
      id: string
      name: string | null
      identifiers: { kind: string; value: string }[]
      attributes: Record<string, unknown>
      masked: string[]
      tags: string[]
      owner: {
        id: string
        name: string
        /** RFC 3339, UTC */
        since: string
      } | null
      firstSeen: string | null
      lastSeen: string | null
    }>
    /** Tags of one person: since when, from whom, why, until when. Needs `people:read`. */
    ofPerson: Operation<{ id: string }, {
      items: {
        tag: string
        /** RFC 3339, UTC */
        since: string
        by: { kind: 'member' | 'api_key' | 'user' | 'system'; name: string }
        why: string | null
        until: string | null
      }[]
    }>
    /** Tags put on one person and taken off, newest first. Needs `people:read`. */
    historyOfPerson: Paged<{ id: string; limit?: number; cursor?: string }, {
      action: 'added' | 'removed'
      tag: string
      /** RFC 3339, UTC */
      time: string
      by: { kind: 'member' | 'api_key' | 'user' | 'system'; name: string }
      why: string | null
      profileId: string
      profileName: string | null
    }>
    /** Add and remove tags of many people at once; all or nothing. Needs `people:write`. */
    assignMany: Operation<{ body: { items: { profileId: string; add?: string[]; remove?: string[] }[]; why?: string } }, { people: number }>
    /** All tags, archived ones too. Needs `people:read`. */
    list: Operation<Record<string, never>, {
      items: {
        id: string
        name: string
        parent: string | null
        description: string
        color: 'blue' | 'teal' | 'green' | 'amber' | 'orange' | 'red' | 'purple' | 'grey' | null
        owner: { id: string; name: string } | null
        category: boolean
        validity: { from: string | null; until: string | null; days: number | null }
        people: number
        share: number
        usedBy: number
        lastAssignedAt: string | null
        /** RFC 3339, UTC */
        createdAt: string
        archivedAt: string | null
      }[]
    }>
    /** Create a tag, below another one or at the top. Needs `tag:write`. */
    create: Operation<{
      body: {
        name: string
        parent?: string | null
        description?: string
        color?: 'blue' | 'teal' | 'green' | 'amber' | 'orange' | 'red' | 'purple' | 'grey' | null
        owner?: string | null
        category?: boolean
        validity?: { from?: string | null; until?: string | null; days?: number | null }
      }
    }, {
      id: string
      name: string
      parent: string | null
      description: string
      color: 'blue' | 'teal' | 'green' | 'amber' | 'orange' | 'red' | 'purple' | 'grey' | null
      owner: { id: string; name: string } | null
      category: boolean
      validity: { from: string | null; until: string | null; days: number | null }
      people: number
      share: number
      usedBy: number
      lastAssignedAt: string | null
      /** RFC 3339, UTC */
      createdAt: string
      archivedAt: string | null
    }>
    /** How many people have two tags, or only one of them, for every pair; tags below count. Needs `people:read`. */
    overlap: Operation<{
      /** 2 to 12 ids of tags, commas between */
      ids: string
    }, { items: { a: string; b: string; both: number; onlyA: number; onlyB: number }[] }>
    /** Tags nobody was given for 90 days and no rule names, nor any tag below them. Needs `people:read`. */
    stale: Operation<Record<string, never>, {
      items: {
        id: string
        name: string
        parent: string | null
        description: string
        color: 'blue' | 'teal' | 'green' | 'amber' | 'orange' | 'red' | 'purple' | 'grey' | null
        owner: { id: string; name: string } | null
        category: boolean
        validity: { from: string | null; until: string | null; days: number | null }
        people: number
        share: number
        usedBy: number
        lastAssignedAt: string | null
        /** RFC 3339, UTC */
        createdAt: string
        archivedAt: string | null
      }[]
    }>
    /** Add and remove tags of chosen people, of a segment or of a rule, in the background. Needs `people:write`. */
    startBatch: Operation<{
      body: {
        ids?: string[]
        /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
        rule?: unknown
        segment?: string
        matching?: {
          /** A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | {"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | {"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | {"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path. */
          rule?: unknown
          search?: string
          owner?: string
        }
        add?: string[]
        remove?: string[]
        why?: string
      }
    }, {
      id: string
      jobId: string
      state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
      people: number | null
      add: string[]
      remove: string[]
      added: number
      removed: number
      why: string | null
      by: { kind: 'member' | 'api_key' | 'user' | 'system'; name: string }
      /** RFC 3339, UTC */
      createdAt: string
      undo: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled' | null
    }>
    /** Work on the tags of many people, newest first. Needs `people:write`. */
    listBatches: Paged<{ limit?: number; cursor?: string }, {
      id: string
      jobId: string
      state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
      people: number | null
      add: string[]
      remove: string[]
      added: number
      removed: number
      why: string | null
      by: { kind: 'member' | 'api_key' | 'user' | 'system'; name: string }
      /** RFC 3339, UTC */
      createdAt: string
      undo: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled' | null
    }>
    /** One of them. Needs `people:write`. */
    getBatch: Operation<{ id: string }, {
      id: string
      jobId: string
      state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
      people: number | null
      add: string[]
      remove: string[]
      added: number
      removed: number
      why: string | null
      by: { kind: 'member' | 'api_key' | 'user' | 'system'; name: string }
      /** RFC 3339, UTC */
      createdAt: string
      undo: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled' | null
    }>
    /** Take back what it changed, in the background, cancelling it first; what was changed since stands. Needs `people:write`. */
    undoBatch: Operation<{ id: string }, {
      id: string
      jobId: string
      state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
      people: number | null
      add: string[]
      remove: string[]
      added: number
      removed: number
      why: string | null
      by: { kind: 'member' | 'api_key' | 'user' | 'system'; name: string }
      /** RFC 3339, UTC */
      createdAt: string
      undo: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled' | null
    }>
    /** One tag, with the rules that name it. Needs `people:read`. */
    get: Operation<{ id: string }, {
      id: string
      name: string
      parent: string | null
      description: string
      color: 'blue' | 'teal' | 'green' | 'amber' | 'orange' | 'red' | 'purple' | 'grey' | null
      owner: { id: string; name: string } | null
      category: boolean
      validity: { from: string | null; until: string | null; days: number | null }
      people: number
      share: number
      usedBy: number
      lastAssignedAt: string | null
      /** RFC 3339, UTC */
      createdAt: string
      archivedAt: string | null
      users: { kind: 'segment'; id: string; name: string }[]
    }>
    /** Rename, move or describe a tag; rules that name it follow a new name. Needs `tag:write`. */
    move: Operation<{
      id: string
      body: {
        name?: string
        parent?: string | null
        description?: string
        color?: 'blue' | 'teal' | 'green' | 'amber' | 'orange' | 'red' | 'purple' | 'grey' | null
        owner?: string | null
        category?: boolean
        validity?: { from?: string | null; until?: string | null; days?: number | null }
      }
    }, {
      id: string
      name: string
      parent: string | null
      description: string
      color: 'blue' | 'teal' | 'green' | 'amber' | 'orange' | 'red' | 'purple' | 'grey' | null
      owner: { id: string; name: string } | null
      category: boolean
      validity: { from: string | null; until: string | null; days: number | null }
      people: number
      share: number
      usedBy: number
      lastAssignedAt: string | null
      /** RFC 3339, UTC */
      createdAt: string
      archivedAt: string | null
    }>
    /** Delete a tag that no rule names and take it off everybody; tags below it move up. Needs `tag:write`. */
    remove: Operation<{ id: string }, void>
    /** Whom it was put on and taken off, newest first; a page may be short where people are not the caller’s. Needs `people:read`. */
    history: Paged<{ id: string; limit?: number; cursor?: string }, {
      action: 'added' | 'removed'
      tag: string
      /** RFC 3339, UTC */
      time: string
      by: { kind: 'member' | 'api_key' | 'user' | 'system'; name: string }
      why: string | null
      profileId: string
      profileName: string | null
    }>
    /** Make this tag one with another: people, tags below and rules go over to that one. Needs `tag:write`. */
    merge: Operation<{ id: string; body: { into: string } }, {
      id: string
      name: string
      parent: string | null
      description: string
      color: 'blue' | 'teal' | 'green' | 'amber' | 'orange' | 'red' | 'purple' | 'grey' | null
      owner: { id: string; name: string } | null
      category: boolean
      validity: { from: string | null; until: string | null; days: number | null }
      people: number
      share: number
      usedBy: number
      lastAssignedAt: string | null
      /** RFC 3339, UTC */
      createdAt: string
      archivedAt: string | null
    }>
    /** Give it to nobody any more; whoever has it keeps it, and rules go on. Needs `tag:write`. */
    archive: Operation<{ id: string }, {
      id: string
      name: string
      parent: string | null
      description: string
      color: 'blue' | 'teal' | 'green' | 'amber' | 'orange' | 'red' | 'purple' | 'grey' | null
      owner: { id: string; name: string } | null
      category: boolean
      validity: { from: string | null; until: string | null; days: number | null }
      people: number
      share: number
      usedBy: number
      lastAssignedAt: string | null
      /** RFC 3339, UTC */
      createdAt: string
      archivedAt: string | null
      users: { kind: 'segment'; id: string; name: string }[]
    }>
    /** Give it to people again. Needs `tag:write`. */
    unarchive: Operation<{ id: string }, {
      id: string
      name: string
      parent: string | null
      description: string
      color: 'blue' | 'teal' | 'green' | 'amber' | 'orange' | 'red' | 'purple' | 'grey' | null
      owner: { id: string; name: string } | null
      category: boolean
      validity: { from: string | null; until: string | null; days: number | null }
      people: number
      share: number
      usedBy: number
      lastAssignedAt: string | null
      /** RFC 3339, UTC */
      createdAt: string
      archivedAt: string | null
    }>
  }
  views: {
    /** Views of a list: one’s own and shared ones, by name; and which of them one’s role sees first. Needs `people:read`. */
    list: Operation<{
      list: 'people' | 'bin' | 'companies' | 'households' | 'segments' | 'tags' | 'attributes' | 'imports' | 'exports' | 'events' | 'catalogue'
    }, {
      items: {
        id: string
        list: 'people' | 'bin' | 'companies' | 'households' | 'segments' | 'tags' | 'attributes' | 'imports' | 'exports' | 'events' | 'catalogue'
        name: string
        content: Record<string, unknown>
        shared: boolean
        mine: boolean
        editable: boolean
        by: string
        version: number
        /** RFC 3339, UTC */
        updatedAt: string
        defaultOf: string[]
      }[]
      default: string | null
    }>
    /** Save a view; sharing it needs the right to. Needs `people:read`. */
    create: Operation<{
      body: {
        list: 'people' | 'bin' | 'companies' | 'households' | 'segments' | 'tags' | 'attributes' | 'imports' | 'exports' | 'events' | 'catalogue'
        name: string
        content: Record<string, unknown>
        shared?: boolean
      }
    }, {
      id: string
      list: 'people' | 'bin' | 'companies' | 'households' | 'segments' | 'tags' | 'attributes' | 'imports' | 'exports' | 'events' | 'catalogue'
      name: string
      content: Record<string, unknown>
      shared: boolean
      mine: boolean
      editable: boolean
      by: string
      version: number
      /** RFC 3339, UTC */
      updatedAt: string
      defaultOf: string[]
    }>
    /** One view: one’s own or a shared one. Needs `people:read`. */
    get: Operation<{ id: string }, {
      id: string
      list: 'people' | 'bin' | 'companies' | 'households' | 'segments' | 'tags' | 'attributes' | 'imports' | 'exports' | 'events' | 'catalogue'
      name: string
      content: Record<string, unknown>
      shared: boolean
      mine: boolean
      editable: boolean
      by: string
      version: number
      /** RFC 3339, UTC */
      updatedAt: string
      defaultOf: string[]
    }>
    /** Change a view of one’s own, or a shared one with the right to. Needs `people:read`. */
    update: Operation<{
      id: string
      body: { version: number; name?: string; content?: Record<string, unknown>; shared?: boolean }
    }, {
      id: string
      list: 'people' | 'bin' | 'companies' | 'households' | 'segments' | 'tags' | 'attributes' | 'imports' | 'exports' | 'events' | 'catalogue'
      name: string
      content: Record<string, unknown>
      shared: boolean
      mine: boolean
      editable: boolean
      by: string
      version: number
      /** RFC 3339, UTC */
      updatedAt: string
      defaultOf: string[]
    }>
    /** Delete a view; answers it, so that it can be saved again. Needs `people:read`. */
    remove: Operation<{ id: string }, {
      id: string
      list: 'people' | 'bin' | 'companies' | 'households' | 'segments' | 'tags' | 'attributes' | 'imports' | 'exports' | 'events' | 'catalogue'
      name: string
      content: Record<string, unknown>
      shared: boolean
      mine: boolean
      editable: boolean
      by: string
      version: number
      /** RFC 3339, UTC */
      updatedAt: string
      defaultOf: string[]
    }>
    /** Choose the shared view that members of a role see first; null: none. Needs `view:write`. */
    setDefault: Operation<{
      body: {
        list: 'people' | 'bin' | 'companies' | 'households' | 'segments' | 'tags' | 'attributes' | 'imports' | 'exports' | 'events' | 'catalogue'
        roleId: string
        viewId: string | null
      }
    }, {
      items: {
        id: string
        list: 'people' | 'bin' | 'companies' | 'households' | 'segments' | 'tags' | 'attributes' | 'imports' | 'exports' | 'events' | 'catalogue'
        name: string
        content: Record<string, unknown>
        shared: boolean
        mine: boolean
        editable: boolean
        by: string
        version: number
        /** RFC 3339, UTC */
        updatedAt: string
        defaultOf: string[]
      }[]
      default: string | null
    }>
  }
  webhooks: {
    /** All webhook endpoints, newest first. Needs `webhook:read`. */
    list: Paged<{ limit?: number; cursor?: string }, {
      id: string
      url: string
      description: string
      types: ('person.created' | 'person.changed' | 'person.merged' | 'segment.entered' | 'segment.left' | 'alert.fired' | 'alert.recovered' | 'consent.changed')[]
      segments: string[] | null
      enabled: boolean
      off: {
        reason: 'by_hand' | 'gone' | 'failing'
        /** RFC 3339, UTC */
        at: string
      } | null
      failingSince: string | null
      pausedUntil: string | null
      oldSecretUntil: string | null
      recent: { delivered: number; waiting: number; failed: number }
      createdBy: string
      /** RFC 3339, UTC */
      createdAt: string
      /** RFC 3339, UTC */
      updatedAt: string
    }>
    /** Add an endpoint; answers its signing secret, this once. Needs `webhook:write`. */
    create: Operation<{
      body: {
        url: string
        description?: string
        types: ('person.created' | 'person.changed' | 'person.merged' | 'segment.entered' | 'segment.left' | 'alert.fired' | 'alert.recovered' | 'consent.changed')[]
        segments?: string[] | null
      }
    }, {
      endpoint: {
        id: string
        url: string
        description: string
        types: ('person.created' | 'person.changed' | 'person.merged' | 'segment.entered' | 'segment.left' | 'alert.fired' | 'alert.recovered' | 'consent.changed')[]
        segments: string[] | null
        enabled: boolean
        off: {
          reason: 'by_hand' | 'gone' | 'failing'
          /** RFC 3339, UTC */
          at: string
        } | null
        failingSince: string | null
        pausedUntil: string | null
        oldSecretUntil: string | null
        recent: { delivered: number; waiting: number; failed: number }
        createdBy: string
        /** RFC 3339, UTC */
        createdAt: string
        /** RFC 3339, UTC */
        updatedAt: string
      }
      /** Shown only now: `whsec_` and base64, as Standard Webhooks says */
      secret: string
    }>
    /** One endpoint. Needs `webhook:read`. */
    get: Operation<{ id: string }, {
      id: string
      url: string
      description: string
      types: ('person.created' | 'person.changed' | 'person.merged' | 'segment.entered' | 'segment.left' | 'alert.fired' | 'alert.recovered' | 'consent.changed')[]
      segments: string[] | null
      enabled: boolean
      off: {
        reason: 'by_hand' | 'gone' | 'failing'
        /** RFC 3339, UTC */
        at: string
      } | null
      failingSince: string | null
      pausedUntil: string | null
      oldSecretUntil: string | null
      recent: { delivered: number; waiting: number; failed: number }
      createdBy: string
      /** RFC 3339, UTC */
      createdAt: string
      /** RFC 3339, UTC */
      updatedAt: string
    }>
    /** Change an endpoint, or switch it on or off. Needs `webhook:write`. */
    change: Operation<{
      id: string
      body: {
        url?: string
        description?: string
        types?: ('person.created' | 'person.changed' | 'person.merged' | 'segment.entered' | 'segment.left' | 'alert.fired' | 'alert.recovered' | 'consent.changed')[]
        segments?: string[] | null
        enabled?: boolean
      }
    }, {
      id: string
      url: string
      description: string
      types: ('person.created' | 'person.changed' | 'person.merged' | 'segment.entered' | 'segment.left' | 'alert.fired' | 'alert.recovered' | 'consent.changed')[]
      segments: string[] | null
      enabled: boolean
      off: {
        reason: 'by_hand' | 'gone' | 'failing'
        /** RFC 3339, UTC */
        at: string
      } | null
      failingSince: string | null
      pausedUntil: string | null
      oldSecretUntil: string | null
      recent: { delivered: number; waiting: number; failed: number }
      createdBy: string
      /** RFC 3339, UTC */
      createdAt: string
      /** RFC 3339, UTC */
      updatedAt: string
    }>
    /** Remove an endpoint and its log. Needs `webhook:write`. */
    remove: Operation<{ id: string }, void>
    /** New signing secret; for 24 hours messages are signed with the old one, too. Needs `webhook:write`. */
    rotateSecret: Operation<{ id: string }, {
      /** Shown only now: `whsec_` and base64, as Standard Webhooks says */
      secret: string
      /** RFC 3339, UTC */
      oldSecretUntil: string
    }>
    /** Send a message of type `webhook.test` now, once, and answer how it went. Needs `webhook:write`. */
    test: Operation<{ id: string }, {
      id: string
      delivered: boolean
      attempt: {
        /** RFC 3339, UTC */
        at: string
        status: number | null
        error: string | null
        tookMs: number
        answer: string
      }
    }>
    /** Messages to an endpoint, newest first; kept for 30 days. Needs `webhook:read`. */
    listDeliveries: Paged<{
      id: string
      limit?: number
      cursor?: string
      state?: 'waiting' | 'delivered' | 'failed' | 'skipped'
      type?: string
    }, {
      id: string
      type: string
      people: number
      state: 'waiting' | 'delivered' | 'failed' | 'skipped'
      attempts: number
      status: number | null
      error: string | null
      nextAt: string | null
      /** RFC 3339, UTC */
      createdAt: string
    }>
    /** One message: its body and every attempt. Needs `webhook:read`. */
    getDelivery: Operation<{ id: string; message: string }, {
      id: string
      type: string
      people: number
      state: 'waiting' | 'delivered' | 'failed' | 'skipped'
      attempts: number
      status: number | null
      error: string | null
      nextAt: string | null
      /** RFC 3339, UTC */
      createdAt: string
      body: string
      log: {
        /** RFC 3339, UTC */
        at: string
        status: number | null
        error: string | null
        tookMs: number
        answer: string
      }[]
    }>
    /** Send a message again, under the same id. Needs `webhook:write`. */
    sendAgain: Operation<{ id: string; message: string }, {
      id: string
      type: string
      people: number
      state: 'waiting' | 'delivered' | 'failed' | 'skipped'
      attempts: number
      status: number | null
      error: string | null
      nextAt: string | null
      /** RFC 3339, UTC */
      createdAt: string
    }>
    /** Send the messages of a span of time again; only those that did not arrive, or all. Needs `webhook:write`. */
    replay: Operation<{
      id: string
      body: {
        /** RFC 3339, UTC */
        from: string
        /** RFC 3339, UTC */
        to: string
        all?: boolean
      }
    }, { messages: number }>
  }
}

export const operations: OperationTable = {
  jobs: {
    list: { method: 'GET', path: '/api/jobs', query: ['limit', 'cursor', 'state', 'mine'], answer: 'json' },
    get: { method: 'GET', path: '/api/jobs/{id}', query: [], answer: 'json' },
    cancel: { method: 'POST', path: '/api/jobs/{id}/cancel', query: [], answer: 'json' },
  },
  access: {
    setupNeeded: { method: 'GET', path: '/api/setup', query: [], answer: 'json' },
    setUp: { method: 'POST', path: '/api/setup', query: [], answer: 'json' },
    logIn: { method: 'POST', path: '/api/session', query: [], answer: 'json' },
    me: { method: 'GET', path: '/api/session', query: [], answer: 'json' },
    switchWorkspace: { method: 'PATCH', path: '/api/session', query: [], answer: 'json' },
    logOut: { method: 'DELETE', path: '/api/session', query: [], answer: 'none' },
    listSessions: { method: 'GET', path: '/api/sessions', query: [], answer: 'json' },
    endSession: { method: 'DELETE', path: '/api/sessions/{id}', query: [], answer: 'none' },
    changeMe: { method: 'PATCH', path: '/api/me', query: [], answer: 'json' },
    createWorkspace: { method: 'POST', path: '/api/workspaces', query: [], answer: 'json' },
    getWorkspace: { method: 'GET', path: '/api/workspace', query: [], answer: 'json' },
    changeWorkspace: { method: 'PATCH', path: '/api/workspace', query: [], answer: 'json' },
    listMembers: { method: 'GET', path: '/api/members', query: ['limit', 'cursor', 'q', 'status'], answer: 'json' },
    changeMember: { method: 'PATCH', path: '/api/members/{id}', query: [], answer: 'json' },
    listRoles: { method: 'GET', path: '/api/roles', query: [], answer: 'json' },
    createRole: { method: 'POST', path: '/api/roles', query: [], answer: 'json' },
    listPermissions: { method: 'GET', path: '/api/permissions', query: [], answer: 'json' },
    changeRole: { method: 'PATCH', path: '/api/roles/{id}', query: [], answer: 'json' },
    deleteRole: { method: 'DELETE', path: '/api/roles/{id}', query: [], answer: 'none' },
    listDepartments: { method: 'GET', path: '/api/departments', query: [], answer: 'json' },
    createDepartment: { method: 'POST', path: '/api/departments', query: [], answer: 'json' },
    changeDepartment: { method: 'PATCH', path: '/api/departments/{id}', query: [], answer: 'json' },
    deleteDepartment: { method: 'DELETE', path: '/api/departments/{id}', query: [], answer: 'none' },
    listInvitations: { method: 'GET', path: '/api/invitations', query: ['limit', 'cursor'], answer: 'json' },
    invite: { method: 'POST', path: '/api/invitations', query: [], answer: 'json' },
    revokeInvitation: { method: 'DELETE', path: '/api/invitations/{id}', query: [], answer: 'none' },
    openInvitation: { method: 'GET', path: '/api/invitation-links/{token}', query: [], answer: 'json' },
    acceptInvitation: { method: 'POST', path: '/api/invitation-links/{token}/accept', query: [], answer: 'json' },
    listApiKeys: { method: 'GET', path: '/api/api-keys', query: ['limit', 'cursor'], answer: 'json' },
    createApiKey: { method: 'POST', path: '/api/api-keys', query: [], answer: 'json' },
    revokeApiKey: { method: 'DELETE', path: '/api/api-keys/{id}', query: [], answer: 'none' },
    listWriteKeys: { method: 'GET', path: '/api/write-keys', query: ['limit', 'cursor'], answer: 'json' },
    createWriteKey: { method: 'POST', path: '/api/write-keys', query: [], answer: 'json' },
    renameWriteKey: { method: 'PATCH', path: '/api/write-keys/{id}', query: [], answer: 'json' },
    revokeWriteKey: { method: 'DELETE', path: '/api/write-keys/{id}', query: [], answer: 'none' },
    listAudit: { method: 'GET', path: '/api/audit', query: ['limit', 'cursor', 'action', 'actor'], answer: 'json' },
    checkAudit: { method: 'GET', path: '/api/audit/check', query: ['anchor'], answer: 'json' },
  },
  alerts: {
    list: { method: 'GET', path: '/api/alerts', query: ['limit', 'cursor', 'search', 'standing', 'mine'], answer: 'json' },
    create: { method: 'POST', path: '/api/alerts', query: [], answer: 'json' },
    get: { method: 'GET', path: '/api/alerts/{id}', query: [], answer: 'json' },
    change: { method: 'PATCH', path: '/api/alerts/{id}', query: [], answer: 'json' },
    remove: { method: 'DELETE', path: '/api/alerts/{id}', query: [], answer: 'none' },
    options: { method: 'GET', path: '/api/alerts/options', query: [], answer: 'json' },
    restore: { method: 'POST', path: '/api/alerts/{id}/restore', query: [], answer: 'json' },
    pause: { method: 'PUT', path: '/api/alerts/{id}/pause', query: [], answer: 'json' },
    mute: { method: 'PUT', path: '/api/alerts/{id}/mute', query: [], answer: 'json' },
    history: { method: 'GET', path: '/api/alerts/{id}/history', query: ['limit', 'cursor'], answer: 'json' },
    firings: { method: 'POST', path: '/api/alerts/firings', query: [], answer: 'json' },
    preview: { method: 'POST', path: '/api/alerts/preview', query: [], answer: 'json' },
  },
  analytics: {
    listSaved: { method: 'GET', path: '/api/analytics/saved', query: ['limit', 'cursor', 'search', 'folder', 'kind', 'mine'], answer: 'json' },
    save: { method: 'POST', path: '/api/analytics/saved', query: [], answer: 'json' },
    getSaved: { method: 'GET', path: '/api/analytics/saved/{id}', query: [], answer: 'json' },
    changeSaved: { method: 'PATCH', path: '/api/analytics/saved/{id}', query: [], answer: 'json' },
    removeSaved: { method: 'DELETE', path: '/api/analytics/saved/{id}', query: [], answer: 'json' },
    events: { method: 'GET', path: '/api/analytics/events', query: [], answer: 'json' },
    properties: { method: 'GET', path: '/api/analytics/events/properties', query: ['event'], answer: 'json' },
    listAnnotations: { method: 'GET', path: '/api/analytics/annotations', query: ['limit', 'cursor', 'from', 'to'], answer: 'json' },
    annotate: { method: 'POST', path: '/api/analytics/annotations', query: [], answer: 'json' },
    changeAnnotation: { method: 'PATCH', path: '/api/analytics/annotations/{id}', query: [], answer: 'json' },
    removeAnnotation: { method: 'DELETE', path: '/api/analytics/annotations/{id}', query: [], answer: 'json' },
    sheet: { method: 'POST', path: '/api/analytics/sheet', query: [], answer: 'file' },
    makeSegments: { method: 'POST', path: '/api/analytics/segments', query: [], answer: 'json' },
    undoSegments: { method: 'POST', path: '/api/analytics/segments/{id}/undo', query: [], answer: 'json' },
    query: { method: 'POST', path: '/api/analytics/query', query: ['refresh'], answer: 'json' },
    people: { method: 'POST', path: '/api/analytics/people', query: ['limit', 'cursor'], answer: 'json' },
  },
  collect: {
    status: { method: 'GET', path: '/api/status', query: [], answer: 'json' },
    live: { method: 'GET', path: '/api/events/live', query: ['after', 'before', 'limit', 'outcome', 'name', 'search'], answer: 'json' },
    catalogue: { method: 'GET', path: '/api/events/catalogue', query: [], answer: 'json' },
    catalogueEntry: { method: 'GET', path: '/api/events/catalogue/entry', query: ['name'], answer: 'json' },
    describe: { method: 'PUT', path: '/api/events/catalogue/entry', query: [], answer: 'json' },
    nameProperty: { method: 'PUT', path: '/api/events/catalogue/property', query: [], answer: 'none' },
    titles: { method: 'GET', path: '/api/events/titles', query: [], answer: 'json' },
    names: { method: 'GET', path: '/api/events/names', query: ['search'], answer: 'json' },
    properties: { method: 'GET', path: '/api/events/properties', query: ['event'], answer: 'json' },
    volume: { method: 'GET', path: '/api/events/volume', query: ['hours', 'name'], answer: 'json' },
  },
  companies: {
    attributes: { method: 'GET', path: '/api/company-attributes', query: [], answer: 'json' },
    describeAttribute: { method: 'PUT', path: '/api/company-attributes/entry', query: [], answer: 'json' },
    reveal: { method: 'POST', path: '/api/companies/{id}/reveal', query: [], answer: 'json' },
    households: { method: 'GET', path: '/api/households', query: ['limit', 'cursor', 'search'], answer: 'json' },
    createHousehold: { method: 'POST', path: '/api/households', query: [], answer: 'json' },
    household: { method: 'GET', path: '/api/households/{id}', query: [], answer: 'json' },
    updateHousehold: { method: 'PATCH', path: '/api/households/{id}', query: [], answer: 'json' },
    removeHousehold: { method: 'DELETE', path: '/api/households/{id}', query: [], answer: 'none' },
    restoreHousehold: { method: 'POST', path: '/api/households/{id}/restore', query: [], answer: 'json' },
    householdSuggestions: { method: 'GET', path: '/api/household-suggestions', query: ['limit', 'cursor'], answer: 'json' },
    dismissSuggestion: { method: 'POST', path: '/api/household-suggestions/{id}/dismiss', query: [], answer: 'none' },
    householdsOfProfile: { method: 'GET', path: '/api/profiles/{id}/households', query: [], answer: 'json' },
    list: { method: 'GET', path: '/api/companies', query: ['limit', 'cursor', 'search', 'owner', 'where', 'sort'], answer: 'json' },
    create: { method: 'POST', path: '/api/companies', query: [], answer: 'json' },
    count: { method: 'GET', path: '/api/companies/count', query: ['search', 'owner', 'where'], answer: 'json' },
    get: { method: 'GET', path: '/api/companies/{id}', query: [], answer: 'json' },
    update: { method: 'PATCH', path: '/api/companies/{id}', query: [], answer: 'json' },
    remove: { method: 'DELETE', path: '/api/companies/{id}', query: [], answer: 'none' },
    restore: { method: 'POST', path: '/api/companies/{id}/restore', query: [], answer: 'json' },
    people: { method: 'GET', path: '/api/companies/{id}/people', query: ['limit', 'cursor'], answer: 'json' },
    addPerson: { method: 'POST', path: '/api/companies/{id}/people', query: [], answer: 'none' },
    removePerson: { method: 'DELETE', path: '/api/companies/{id}/people/{person}', query: [], answer: 'none' },
    restorePerson: { method: 'POST', path: '/api/companies/{id}/people/{person}/restore', query: [], answer: 'none' },
    activity: { method: 'GET', path: '/api/companies/{id}/activity', query: ['limit', 'cursor'], answer: 'json' },
    suggestions: { method: 'GET', path: '/api/companies/{id}/suggestions', query: [], answer: 'json' },
    ofProfile: { method: 'GET', path: '/api/profiles/{id}/companies', query: [], answer: 'json' },
  },
  connectors: {
    list: { method: 'GET', path: '/api/connections', query: [], answer: 'json' },
    create: { method: 'POST', path: '/api/connections', query: [], answer: 'json' },
    change: { method: 'PATCH', path: '/api/connections/{id}', query: [], answer: 'json' },
    remove: { method: 'DELETE', path: '/api/connections/{id}', query: [], answer: 'none' },
    test: { method: 'POST', path: '/api/connections/{id}/test', query: [], answer: 'json' },
  },
  consents: {
    change: { method: 'PUT', path: '/api/profiles/{id}/consents', query: [], answer: 'json' },
    ofPerson: { method: 'GET', path: '/api/profiles/{id}/consents', query: [], answer: 'json' },
    changeMany: { method: 'POST', path: '/api/consents/changes', query: [], answer: 'json' },
    history: { method: 'GET', path: '/api/profiles/{id}/consents/history', query: ['limit', 'cursor'], answer: 'json' },
    changeCap: { method: 'PUT', path: '/api/profiles/{id}/message-cap', query: [], answer: 'json' },
    askToConfirm: { method: 'POST', path: '/api/profiles/{id}/consents/confirmations', query: [], answer: 'json' },
    listTopics: { method: 'GET', path: '/api/consent-topics', query: [], answer: 'json' },
    createTopic: { method: 'POST', path: '/api/consent-topics', query: [], answer: 'json' },
    changeTopic: { method: 'PATCH', path: '/api/consent-topics/{key}', query: [], answer: 'json' },
    policy: { method: 'GET', path: '/api/messaging/policy', query: [], answer: 'json' },
    savePolicy: { method: 'PUT', path: '/api/messaging/policy', query: [], answer: 'json' },
    listSuppressions: { method: 'GET', path: '/api/suppressions', query: ['limit', 'cursor', 'channel', 'reason', 'address'], answer: 'json' },
    addSuppression: { method: 'POST', path: '/api/suppressions', query: [], answer: 'json' },
    removeSuppression: { method: 'DELETE', path: '/api/suppressions/{id}', query: [], answer: 'none' },
    importSuppressions: { method: 'POST', path: '/api/suppressions/import', query: [], answer: 'json' },
    exportSuppressions: { method: 'GET', path: '/api/suppressions/export', query: [], answer: 'file' },
  },
  content: {
    list: { method: 'GET', path: '/api/templates', query: ['limit', 'cursor', 'search', 'channel', 'folder', 'label', 'language', 'archived', 'published'], answer: 'json' },
    create: { method: 'POST', path: '/api/templates', query: [], answer: 'json' },
    get: { method: 'GET', path: '/api/templates/{id}', query: [], answer: 'json' },
    update: { method: 'PATCH', path: '/api/templates/{id}', query: [], answer: 'json' },
    archive: { method: 'DELETE', path: '/api/templates/{id}', query: [], answer: 'none' },
    saveDraft: { method: 'PUT', path: '/api/templates/{id}/draft/{language}', query: [], answer: 'json' },
    removeDraft: { method: 'DELETE', path: '/api/templates/{id}/draft/{language}', query: [], answer: 'json' },
    publish: { method: 'POST', path: '/api/templates/{id}/publish', query: [], answer: 'json' },
    copy: { method: 'POST', path: '/api/templates/{id}/copy', query: [], answer: 'json' },
    restore: { method: 'POST', path: '/api/templates/{id}/restore', query: [], answer: 'json' },
    versions: { method: 'GET', path: '/api/templates/{id}/versions', query: ['limit', 'cursor'], answer: 'json' },
    version: { method: 'GET', path: '/api/templates/{id}/versions/{number}', query: [], answer: 'json' },
    restoreVersion: { method: 'POST', path: '/api/templates/{id}/versions/{number}/restore', query: [], answer: 'json' },
    preview: { method: 'POST', path: '/api/templates/{id}/preview', query: [], answer: 'json' },
    previewBody: { method: 'POST', path: '/api/template-preview', query: [], answer: 'json' },
    missing: { method: 'POST', path: '/api/templates/{id}/missing', query: [], answer: 'json' },
    testSend: { method: 'POST', path: '/api/templates/{id}/test-send', query: [], answer: 'json' },
    getSms: { method: 'GET', path: '/api/content-settings/sms', query: [], answer: 'json' },
    setSms: { method: 'PUT', path: '/api/content-settings/sms', query: [], answer: 'json' },
    getBrand: { method: 'GET', path: '/api/content-settings/brand', query: [], answer: 'json' },
    setBrand: { method: 'PUT', path: '/api/content-settings/brand', query: [], answer: 'json' },
    listBlocks: { method: 'GET', path: '/api/content-blocks', query: ['limit', 'cursor'], answer: 'json' },
    createBlock: { method: 'POST', path: '/api/content-blocks', query: [], answer: 'json' },
    changeBlock: { method: 'PUT', path: '/api/content-blocks/{id}', query: [], answer: 'json' },
    removeBlock: { method: 'DELETE', path: '/api/content-blocks/{id}', query: [], answer: 'none' },
    listPools: { method: 'GET', path: '/api/coupon-pools', query: ['limit', 'cursor'], answer: 'json' },
    createPool: { method: 'POST', path: '/api/coupon-pools', query: [], answer: 'json' },
    getPool: { method: 'GET', path: '/api/coupon-pools/{id}', query: [], answer: 'json' },
    changePool: { method: 'PATCH', path: '/api/coupon-pools/{id}', query: [], answer: 'json' },
    addCodes: { method: 'POST', path: '/api/coupon-pools/{id}/codes', query: [], answer: 'json' },
    listCodes: { method: 'GET', path: '/api/coupon-pools/{id}/codes', query: ['limit', 'cursor'], answer: 'json' },
    assignCoupon: { method: 'POST', path: '/api/coupon-pools/{id}/assign', query: [], answer: 'json' },
    redeemCoupon: { method: 'POST', path: '/api/coupons/redeem', query: [], answer: 'json' },
    listLinks: { method: 'GET', path: '/api/tracked-links', query: ['limit', 'cursor'], answer: 'json' },
    createLink: { method: 'POST', path: '/api/tracked-links', query: [], answer: 'json' },
    changeLink: { method: 'PUT', path: '/api/tracked-links/{id}', query: [], answer: 'json' },
    removeLink: { method: 'DELETE', path: '/api/tracked-links/{id}', query: [], answer: 'none' },
    qrCode: { method: 'GET', path: '/api/tracked-links/{id}/qr.svg', query: [], answer: 'file' },
  },
  dashboards: {
    templates: { method: 'GET', path: '/api/dashboards/templates', query: [], answer: 'json' },
    useTemplate: { method: 'POST', path: '/api/dashboards/templates/{key}', query: [], answer: 'json' },
    listLinks: { method: 'GET', path: '/api/board-links', query: ['limit', 'cursor', 'board'], answer: 'json' },
    createLink: { method: 'POST', path: '/api/dashboards/{id}/links', query: [], answer: 'json' },
    revokeLink: { method: 'DELETE', path: '/api/board-links/{id}', query: [], answer: 'json' },
    openLink: { method: 'POST', path: '/api/shared-board', query: [], answer: 'json' },
    askLink: { method: 'POST', path: '/api/shared-board/tile', query: [], answer: 'json' },
    listMails: { method: 'GET', path: '/api/dashboards/{id}/mails', query: [], answer: 'json' },
    createMail: { method: 'POST', path: '/api/dashboards/{id}/mails', query: [], answer: 'json' },
    changeMail: { method: 'PUT', path: '/api/board-mails/{id}', query: [], answer: 'json' },
    removeMail: { method: 'DELETE', path: '/api/board-mails/{id}', query: [], answer: 'none' },
    pauseMail: { method: 'PUT', path: '/api/board-mails/{id}/paused', query: [], answer: 'json' },
    readLeaving: { method: 'GET', path: '/api/mail-leaving/{token}', query: [], answer: 'json' },
    leaveMail: { method: 'POST', path: '/leave/{token}', query: [], answer: 'json' },
    sendMail: { method: 'POST', path: '/api/board-mails/{id}/send', query: [], answer: 'json' },
    list: { method: 'GET', path: '/api/dashboards', query: ['limit', 'cursor', 'search', 'folder', 'mine'], answer: 'json' },
    create: { method: 'POST', path: '/api/dashboards', query: [], answer: 'json' },
    get: { method: 'GET', path: '/api/dashboards/{id}', query: [], answer: 'json' },
    update: { method: 'PATCH', path: '/api/dashboards/{id}', query: [], answer: 'json' },
    remove: { method: 'DELETE', path: '/api/dashboards/{id}', query: [], answer: 'none' },
    addTile: { method: 'POST', path: '/api/dashboards/{id}/tiles', query: [], answer: 'json' },
    copy: { method: 'POST', path: '/api/dashboards/{id}/copy', query: [], answer: 'json' },
    restore: { method: 'POST', path: '/api/dashboards/{id}/restore', query: [], answer: 'json' },
    setFavourite: { method: 'PUT', path: '/api/dashboards/{id}/favourite', query: [], answer: 'none' },
  },
  exports: {
    list: { method: 'GET', path: '/api/exports', query: ['limit', 'cursor', 'search', 'state', 'by'], answer: 'json' },
    create: { method: 'POST', path: '/api/exports', query: [], answer: 'json' },
    get: { method: 'GET', path: '/api/exports/{id}', query: [], answer: 'json' },
    file: { method: 'GET', path: '/api/exports/{id}/file', query: [], answer: 'none' },
    cancel: { method: 'POST', path: '/api/exports/{id}/cancel', query: [], answer: 'json' },
  },
  health: {
    sources: { method: 'GET', path: '/api/health/sources', query: [], answer: 'json' },
    anomalies: { method: 'GET', path: '/api/health/anomalies', query: ['open'], answer: 'json' },
    series: { method: 'GET', path: '/api/health/series', query: ['series'], answer: 'json' },
    mute: { method: 'PUT', path: '/api/health/mute', query: [], answer: 'none' },
  },
  imports: {
    list: { method: 'GET', path: '/api/imports', query: ['limit', 'cursor', 'search', 'kind', 'state', 'by'], answer: 'json' },
    start: { method: 'POST', path: '/api/imports', query: [], answer: 'json' },
    preview: { method: 'POST', path: '/api/imports/preview', query: ['sheet', 'again'], answer: 'json' },
    getUpload: { method: 'GET', path: '/api/imports/uploads/{id}', query: ['again'], answer: 'json' },
    keepDraft: { method: 'PUT', path: '/api/imports/uploads/{id}/draft', query: [], answer: 'none' },
    listMappings: { method: 'GET', path: '/api/imports/mappings', query: [], answer: 'json' },
    saveMapping: { method: 'POST', path: '/api/imports/mappings', query: [], answer: 'json' },
    replaceMapping: { method: 'PUT', path: '/api/imports/mappings/{id}', query: [], answer: 'json' },
    removeMapping: { method: 'DELETE', path: '/api/imports/mappings/{id}', query: [], answer: 'none' },
    get: { method: 'GET', path: '/api/imports/{id}', query: [], answer: 'json' },
    errors: { method: 'GET', path: '/api/imports/{id}/errors', query: [], answer: 'file' },
    cancel: { method: 'POST', path: '/api/imports/{id}/cancel', query: [], answer: 'json' },
    undo: { method: 'POST', path: '/api/imports/{id}/undo', query: [], answer: 'json' },
    listSources: { method: 'GET', path: '/api/imports/sources', query: [], answer: 'json' },
    createSource: { method: 'POST', path: '/api/imports/sources', query: [], answer: 'json' },
    previewSource: { method: 'POST', path: '/api/imports/sources/preview', query: [], answer: 'json' },
    getSource: { method: 'GET', path: '/api/imports/sources/{id}', query: [], answer: 'json' },
    changeSource: { method: 'PATCH', path: '/api/imports/sources/{id}', query: [], answer: 'json' },
    removeSource: { method: 'DELETE', path: '/api/imports/sources/{id}', query: [], answer: 'none' },
    runSource: { method: 'POST', path: '/api/imports/sources/{id}/run', query: [], answer: 'json' },
    listRuns: { method: 'GET', path: '/api/imports/sources/{id}/runs', query: ['limit', 'cursor'], answer: 'json' },
  },
  notices: {
    list: { method: 'GET', path: '/api/notices', query: ['limit', 'cursor', 'unread'], answer: 'json' },
    count: { method: 'GET', path: '/api/notices/count', query: [], answer: 'json' },
    markRead: { method: 'POST', path: '/api/notices/read', query: [], answer: 'none' },
    switches: { method: 'GET', path: '/api/notices/switches', query: [], answer: 'json' },
    switchType: { method: 'PUT', path: '/api/notices/switches/{type}', query: [], answer: 'none' },
  },
  plans: {
    get: { method: 'GET', path: '/api/tracking-plan', query: [], answer: 'json' },
    save: { method: 'PUT', path: '/api/tracking-plan', query: [], answer: 'json' },
    schema: { method: 'GET', path: '/api/tracking-plan/json-schema', query: [], answer: 'json' },
    importSchema: { method: 'PUT', path: '/api/tracking-plan/json-schema', query: [], answer: 'json' },
    violations: { method: 'GET', path: '/api/tracking-plan/violations', query: ['days', 'event'], answer: 'json' },
  },
  portrait: {
    overview: { method: 'GET', path: '/api/profiles/{id}/overview', query: [], answer: 'json' },
    settings: { method: 'GET', path: '/api/portrait-settings', query: [], answer: 'json' },
    saveSettings: { method: 'PUT', path: '/api/portrait-settings', query: [], answer: 'json' },
  },
  privacy: {
    export: { method: 'GET', path: '/api/profiles/{id}/export', query: [], answer: 'none' },
    erase: { method: 'DELETE', path: '/api/profiles/{id}', query: [], answer: 'json' },
    list: { method: 'GET', path: '/api/erasures', query: ['limit', 'cursor'], answer: 'json' },
    retention: { method: 'GET', path: '/api/retention', query: [], answer: 'json' },
    setRetention: { method: 'PUT', path: '/api/retention', query: [], answer: 'json' },
    previewRetention: { method: 'POST', path: '/api/retention/preview', query: [], answer: 'json' },
  },
  profiles: {
    get: { method: 'GET', path: '/api/profiles/{id}', query: [], answer: 'json' },
    update: { method: 'PATCH', path: '/api/profiles/{id}', query: [], answer: 'json' },
    list: { method: 'GET', path: '/api/profiles', query: ['limit', 'cursor', 'identifier', 'rule', 'search', 'owner', 'sort'], answer: 'json' },
    find: { method: 'GET', path: '/api/profiles/find', query: ['q', 'limit'], answer: 'json' },
    count: { method: 'POST', path: '/api/profiles/count', query: [], answer: 'json' },
    newPerDay: { method: 'GET', path: '/api/profiles/new-per-day', query: ['days'], answer: 'json' },
    timeline: { method: 'GET', path: '/api/profiles/{id}/timeline', query: ['limit', 'cursor', 'names', 'search', 'from', 'to', 'include', 'groups', 'at', 'direction'], answer: 'json' },
    timelineGroups: { method: 'GET', path: '/api/profiles/{id}/timeline-groups', query: [], answer: 'json' },
    eventNames: { method: 'GET', path: '/api/profiles/{id}/event-names', query: [], answer: 'json' },
    revealEntry: { method: 'POST', path: '/api/profiles/{id}/timeline/reveal', query: [], answer: 'json' },
    assignOwner: { method: 'PUT', path: '/api/profiles/{id}/owner', query: [], answer: 'json' },
    assignOwners: { method: 'POST', path: '/api/profiles/owner', query: [], answer: 'json' },
    bin: { method: 'GET', path: '/api/profiles/trash', query: ['limit', 'cursor', 'search', 'active'], answer: 'json' },
    trash: { method: 'POST', path: '/api/profiles/trash', query: [], answer: 'json' },
    restore: { method: 'POST', path: '/api/profiles/restore', query: [], answer: 'json' },
    startTrashing: { method: 'POST', path: '/api/profiles/trash-batches', query: [], answer: 'json' },
    startAssigning: { method: 'POST', path: '/api/profiles/owner-batches', query: [], answer: 'json' },
    listBatches: { method: 'GET', path: '/api/profiles/batches', query: ['limit', 'cursor'], answer: 'json' },
    getBatch: { method: 'GET', path: '/api/profiles/batches/{id}', query: [], answer: 'json' },
    undoBatch: { method: 'POST', path: '/api/profiles/batches/{id}/undo', query: [], answer: 'json' },
    identity: { method: 'GET', path: '/api/profiles/{id}/identity', query: [], answer: 'json' },
    explain: { method: 'POST', path: '/api/profiles/explain-identity', query: [], answer: 'json' },
    previewMerge: { method: 'POST', path: '/api/profiles/{id}/merge-preview', query: [], answer: 'json' },
    merge: { method: 'POST', path: '/api/profiles/{id}/merge', query: [], answer: 'json' },
    unmerge: { method: 'POST', path: '/api/profiles/{id}/unmerge', query: [], answer: 'json' },
    review: { method: 'GET', path: '/api/identity-review', query: [], answer: 'json' },
    acceptReview: { method: 'POST', path: '/api/identity-review/accept', query: [], answer: 'none' },
    identityKinds: { method: 'GET', path: '/api/identity-kinds', query: [], answer: 'json' },
    saveIdentityKind: { method: 'PUT', path: '/api/identity-kinds/{kind}', query: [], answer: 'json' },
    reveal: { method: 'POST', path: '/api/profiles/{id}/reveal', query: [], answer: 'json' },
    attributes: { method: 'GET', path: '/api/attributes', query: [], answer: 'json' },
    createAttribute: { method: 'POST', path: '/api/attributes', query: [], answer: 'json' },
    attribute: { method: 'GET', path: '/api/attributes/entry', query: ['name'], answer: 'json' },
    describeAttribute: { method: 'PUT', path: '/api/attributes/entry', query: [], answer: 'json' },
    deleteAttribute: { method: 'DELETE', path: '/api/attributes/entry', query: ['name'], answer: 'none' },
  },
  segments: {
    versions: { method: 'GET', path: '/api/segments/{id}/versions', query: ['limit', 'cursor'], answer: 'json' },
    restoreVersion: { method: 'POST', path: '/api/segments/{id}/versions/{number}/restore', query: [], answer: 'json' },
    regions: { method: 'POST', path: '/api/segments/regions', query: [], answer: 'json' },
    overlaps: { method: 'POST', path: '/api/segments/overlaps', query: [], answer: 'json' },
    addPeople: { method: 'POST', path: '/api/segments/{id}/people', query: [], answer: 'json' },
    removePeople: { method: 'DELETE', path: '/api/segments/{id}/people', query: [], answer: 'json' },
    changes: { method: 'GET', path: '/api/segments/{id}/changes', query: ['limit', 'cursor'], answer: 'json' },
    undoChange: { method: 'POST', path: '/api/segments/{id}/changes/{change}/undo', query: [], answer: 'json' },
    unmatched: { method: 'GET', path: '/api/segments/{id}/changes/{change}/unmatched', query: [], answer: 'file' },
    snapshots: { method: 'GET', path: '/api/segments/{id}/snapshots', query: ['limit', 'cursor'], answer: 'json' },
    takeSnapshot: { method: 'POST', path: '/api/segments/{id}/snapshots', query: [], answer: 'json' },
    removeSnapshot: { method: 'DELETE', path: '/api/segments/{id}/snapshots/{snapshot}', query: [], answer: 'none' },
    schedule: { method: 'GET', path: '/api/segments/{id}/schedule', query: [], answer: 'json' },
    setSchedule: { method: 'PUT', path: '/api/segments/{id}/schedule', query: [], answer: 'json' },
    uses: { method: 'GET', path: '/api/segments/{id}/uses', query: [], answer: 'json' },
    makePack: { method: 'POST', path: '/api/audience-packs/make', query: [], answer: 'json' },
    checkPack: { method: 'POST', path: '/api/audience-packs/check', query: [], answer: 'json' },
    takePack: { method: 'POST', path: '/api/audience-packs/take', query: [], answer: 'json' },
    preview: { method: 'POST', path: '/api/segments/preview', query: [], answer: 'json' },
    previewDetail: { method: 'POST', path: '/api/segments/preview-detail', query: [], answer: 'json' },
    explain: { method: 'POST', path: '/api/segments/explain', query: [], answer: 'json' },
    list: { method: 'GET', path: '/api/segments', query: ['limit', 'cursor', 'search', 'sort'], answer: 'json' },
    create: { method: 'POST', path: '/api/segments', query: [], answer: 'json' },
    get: { method: 'GET', path: '/api/segments/{id}', query: [], answer: 'json' },
    update: { method: 'PUT', path: '/api/segments/{id}', query: [], answer: 'json' },
    remove: { method: 'DELETE', path: '/api/segments/{id}', query: [], answer: 'none' },
    restore: { method: 'POST', path: '/api/segments/{id}/restore', query: [], answer: 'json' },
    members: { method: 'GET', path: '/api/segments/{id}/members', query: ['limit', 'cursor'], answer: 'json' },
    history: { method: 'GET', path: '/api/segments/{id}/history', query: ['days'], answer: 'json' },
    ofProfile: { method: 'GET', path: '/api/profiles/{id}/segments', query: [], answer: 'json' },
    ofCompany: { method: 'GET', path: '/api/companies/{id}/segments', query: [], answer: 'json' },
  },
  sql: {
    query: { method: 'POST', path: '/api/sql/query', query: [], answer: 'json' },
    export: { method: 'POST', path: '/api/sql/export', query: [], answer: 'none' },
    catalogue: { method: 'GET', path: '/api/sql/catalogue', query: [], answer: 'json' },
    history: { method: 'GET', path: '/api/sql/history', query: [], answer: 'json' },
    listSaved: { method: 'GET', path: '/api/sql/saved', query: ['limit', 'cursor', 'search', 'folder'], answer: 'json' },
    save: { method: 'POST', path: '/api/sql/saved', query: [], answer: 'json' },
    getSaved: { method: 'GET', path: '/api/sql/saved/{id}', query: [], answer: 'json' },
    changeSaved: { method: 'PATCH', path: '/api/sql/saved/{id}', query: [], answer: 'json' },
    removeSaved: { method: 'DELETE', path: '/api/sql/saved/{id}', query: [], answer: 'json' },
  },
  tags: {
    assign: { method: 'POST', path: '/api/profiles/{id}/tags', query: [], answer: 'json' },
    ofPerson: { method: 'GET', path: '/api/profiles/{id}/tags', query: [], answer: 'json' },
    historyOfPerson: { method: 'GET', path: '/api/profiles/{id}/tag-history', query: ['limit', 'cursor'], answer: 'json' },
    assignMany: { method: 'POST', path: '/api/tags/assign', query: [], answer: 'json' },
    list: { method: 'GET', path: '/api/tags', query: [], answer: 'json' },
    create: { method: 'POST', path: '/api/tags', query: [], answer: 'json' },
    overlap: { method: 'GET', path: '/api/tags/overlap', query: ['ids'], answer: 'json' },
    stale: { method: 'GET', path: '/api/tags/stale', query: [], answer: 'json' },
    startBatch: { method: 'POST', path: '/api/tags/batches', query: [], answer: 'json' },
    listBatches: { method: 'GET', path: '/api/tags/batches', query: ['limit', 'cursor'], answer: 'json' },
    getBatch: { method: 'GET', path: '/api/tags/batches/{id}', query: [], answer: 'json' },
    undoBatch: { method: 'POST', path: '/api/tags/batches/{id}/undo', query: [], answer: 'json' },
    get: { method: 'GET', path: '/api/tags/{id}', query: [], answer: 'json' },
    move: { method: 'PATCH', path: '/api/tags/{id}', query: [], answer: 'json' },
    remove: { method: 'DELETE', path: '/api/tags/{id}', query: [], answer: 'none' },
    history: { method: 'GET', path: '/api/tags/{id}/history', query: ['limit', 'cursor'], answer: 'json' },
    merge: { method: 'POST', path: '/api/tags/{id}/merge', query: [], answer: 'json' },
    archive: { method: 'POST', path: '/api/tags/{id}/archive', query: [], answer: 'json' },
    unarchive: { method: 'POST', path: '/api/tags/{id}/unarchive', query: [], answer: 'json' },
  },
  views: {
    list: { method: 'GET', path: '/api/views', query: ['list'], answer: 'json' },
    create: { method: 'POST', path: '/api/views', query: [], answer: 'json' },
    get: { method: 'GET', path: '/api/views/{id}', query: [], answer: 'json' },
    update: { method: 'PATCH', path: '/api/views/{id}', query: [], answer: 'json' },
    remove: { method: 'DELETE', path: '/api/views/{id}', query: [], answer: 'json' },
    setDefault: { method: 'PUT', path: '/api/view-defaults', query: [], answer: 'json' },
  },
  webhooks: {
    list: { method: 'GET', path: '/api/webhooks', query: ['limit', 'cursor'], answer: 'json' },
    create: { method: 'POST', path: '/api/webhooks', query: [], answer: 'json' },
    get: { method: 'GET', path: '/api/webhooks/{id}', query: [], answer: 'json' },
    change: { method: 'PATCH', path: '/api/webhooks/{id}', query: [], answer: 'json' },
    remove: { method: 'DELETE', path: '/api/webhooks/{id}', query: [], answer: 'none' },
    rotateSecret: { method: 'POST', path: '/api/webhooks/{id}/rotate-secret', query: [], answer: 'json' },
    test: { method: 'POST', path: '/api/webhooks/{id}/test', query: [], answer: 'json' },
    listDeliveries: { method: 'GET', path: '/api/webhooks/{id}/deliveries', query: ['limit', 'cursor', 'state', 'type'], answer: 'json' },
    getDelivery: { method: 'GET', path: '/api/webhooks/{id}/deliveries/{message}', query: [], answer: 'json' },
    sendAgain: { method: 'POST', path: '/api/webhooks/{id}/deliveries/{message}/again', query: [], answer: 'json' },
    replay: { method: 'POST', path: '/api/webhooks/{id}/replay', query: [], answer: 'json' },
  },
}
