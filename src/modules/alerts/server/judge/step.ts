import type { Verdict } from '#modules/alerts/contract/condition.ts'

export type Edge = 'fired' | 'recovered'
/** `told`: what those it tells know of; `since`: buckets since they were last told that it fires. */
export type Standing = { state: 'ok' | 'firing'; told: 'ok' | 'firing'; since: number }
export type Stepped = { standing: Standing; edge: Edge | null; tell: Edge | 'reminded' | null }

export const atFirst: Standing = { state: 'ok', told: 'ok', since: 0 }

/**
 * One bucket further. What cannot be judged changes nothing and tells nothing. Quiet (muted, or made up for later): the state moves, nobody
 * is told; the next loud bucket tells what they do not know yet. So fired and recovered are always told in turn.
 */
export function step(
  { state, told, since }: Standing,
  verdict: Verdict,
  { loud, remindEvery }: { loud: boolean; remindEvery: number | null },
): Stepped {
  const next = verdict === 'breach' ? 'firing' : verdict === 'fine' ? 'ok' : state
  const edge = next === state ? null : next === 'firing' ? 'fired' : 'recovered'
  const passed = told === 'firing' ? since + 1 : 0
  // Nothing is told by a bucket of which nothing can be said.
  const isJudged = verdict === 'breach' || verdict === 'fine'
  if (!loud || !isJudged) return { standing: { state: next, told, since: passed }, edge, tell: null }
  if (next !== told)
    return {
      standing: { state: next, told: next, since: 0 },
      edge,
      tell: next === 'firing' ? 'fired' : 'recovered',
    }
  const reminds = verdict === 'breach' && remindEvery !== null && passed >= remindEvery
  return {
    standing: { state: next, told, since: reminds ? 0 : passed },
    edge,
    tell: reminds ? 'reminded' : null,
  }
}
