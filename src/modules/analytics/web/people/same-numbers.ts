type Answered = { computedAt: string; cached: boolean; tookMs: number }

/** Whether two answers to one question say the same, however and whenever each was counted. */
export const hasSameNumbers = (a: Answered, b: Answered): boolean => numbers(a) === numbers(b)

const numbers = ({ computedAt: _computedAt, cached: _cached, tookMs: _tookMs, ...rest }: Answered): string =>
  JSON.stringify(rest)
