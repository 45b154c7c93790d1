import { AppError } from '#platform/errors.ts'
import type { SegmentLeaf } from '../contract.ts'
import type { LeafKind } from './leaf.ts'
import { constant } from './sql-compilation.ts'

/**
 * The other segment's rule as it stands now, in place: always current, and a window keeps its own `now`.
 * An unknown segment holds for nobody; whether it may be saved is for the segments module to decide.
 */
export const segmentLeaf: LeafKind<SegmentLeaf> = {
  evaluate(leaf, _person, env, judge) {
    const rule = env.segments(leaf.segment)
    if (rule === undefined) return { holds: false, seen: null, flipsAt: undefined }
    const verdict = judge(rule)
    return { holds: verdict.holds, seen: null, flipsAt: verdict.flipsAt }
  },
  compile(leaf, c, compileRule) {
    const known = c.segmentConditions.get(leaf.segment)
    if (known !== undefined) return known
    const rule = c.env.segments(leaf.segment)
    const condition = rule === undefined ? constant(false) : compileRule(rule)
    c.segmentConditions.set(leaf.segment, condition)
    return condition
  },
}

/** Throws `segment.cycle` (422) when a rule reaches one segment through itself; the path lists the segments. */
export function refuseSegmentCycle(open: readonly string[], id: string): void {
  if (!open.includes(id)) return
  throw new AppError('segment.cycle', 'invalid', 'These segments refer to each other in a circle.', {
    details: { segments: [...open, id] },
  })
}
