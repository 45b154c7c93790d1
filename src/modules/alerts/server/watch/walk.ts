import type { AlertCondition } from '#modules/alerts/contract/condition.ts'
import { type Judgement, judge, type Nature, type Point } from '#modules/alerts/server/judge/judge.ts'
import { type Standing, type Stepped, step } from '#modules/alerts/server/judge/step.ts'

export type Walked = Judgement & Pick<Stepped, 'edge' | 'tell'>
type Way = {
  condition: AlertCondition
  nature: Nature
  remindEvery: number | null
  /** Place from which on it is told; before it the state only moves. */
  loudFrom: number
}

/** Bucket after bucket from a place on, up to the last that is over. Preview and evaluation are both this. */
export function walk(
  points: readonly Point[],
  from: number,
  standing: Standing,
  { condition, nature, remindEvery, loudFrom }: Way,
): { found: Walked[]; standing: Standing } {
  const found: Walked[] = []
  let now = standing
  for (let at = from; at < points.length && !points[at]?.open; at++) {
    const judgement = judge(points, at, condition, nature)
    const next = step(now, judgement.verdict, { loud: at >= loudFrom, remindEvery })
    now = next.standing
    found.push({ ...judgement, edge: next.edge, tell: next.tell })
  }
  return { found, standing: now }
}

/** How many buckets are over. */
export const closedCount = (points: readonly Point[]): number => {
  const open = points.findIndex((point) => point.open)
  return open < 0 ? points.length : open
}
