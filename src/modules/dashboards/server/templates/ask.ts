import { Question, type Range } from '#modules/analytics/contract.ts'

/** An analysis to be saved: what the API is asked, and what the address of its page holds. */
export type Asked = { question: Question; state: Record<string, unknown> }
type Event = { event: string | null; math?: string; prop?: string }
type TrendParts = {
  interval?: 'day' | 'week' | 'month'
  compare?: 'previous'
  breakdown?: string[]
  shape?: 'bar'
  range?: Range
}

const month: Range = { last: 30, unit: 'day' }

/** The page of analyses makes the very same question of the state: held by a test of the web part. */
export function trend(events: Event[], parts: TrendParts = {}): Asked {
  const { shape, range = month, interval = 'day', ...rest } = parts
  return {
    question: Question.parse({ kind: 'trend', range, series: events, interval, top: 8, ...rest }),
    state: {
      ...{ kind: 'trend', events, range, interval },
      ...rest,
      ...(shape ? { options: { trend: { shape } } } : {}),
    },
  }
}

export function funnel(events: Event[]): Asked {
  const range: Range = { last: 90, unit: 'day' }
  return {
    question: Question.parse({ kind: 'funnel', range, steps: events, top: 8 }),
    state: { kind: 'funnel', events, range },
  }
}

export function retention(start: Event, back: Event): Asked {
  const range: Range = { last: 8, unit: 'week' }
  const asked = { start, return: back, interval: 'week', periods: 8 }
  return {
    question: Question.parse({ kind: 'retention', range, ...asked }),
    state: { kind: 'retention', events: [start, back], range, interval: 'week' },
  }
}

export function lifecycle(event: Event): Asked {
  const range: Range = { last: 12, unit: 'week' }
  return {
    question: Question.parse({ kind: 'usage_lifecycle', range, event, interval: 'week' }),
    state: { kind: 'usage_lifecycle', events: [event], range, interval: 'week' },
  }
}
