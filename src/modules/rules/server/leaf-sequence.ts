import type { SequenceLeaf, Step } from '../contract.ts'
import type { LeafKind, PersonEvent } from './leaf.ts'
import { earlier, matchesWhere } from './leaf.ts'
import { isInside, windowFlipAt } from './leaf-event.ts'
import type { Pace } from './resolve-window.ts'
import { paceOf } from './resolve-window.ts'
import { sequenceBit } from './sequence-sql.ts'
import { eventCondition } from './sql-compilation.ts'

const nameOf = (step: Step): string => ('event' in step ? step.event : step.not_event)

function isMatch(event: PersonEvent, step: Step): boolean {
  return event.name === nameOf(step) && matchesWhere(event.props, step.where)
}

export const sequenceLeaf: LeafKind<SequenceLeaf> = {
  evaluate(leaf, person, env) {
    const pace = paceOf(leaf, env.now, env.timezone)
    const steps = leaf.sequence
    const matching = person.events.filter((event) => steps.some((step) => isMatch(event, step)))
    const inside = matching.filter((event) => isInside(event, pace.bounds, env.now))
    const chain = findChain(steps, inside, pace, env.now)
    return {
      holds: chain !== undefined,
      seen: { count: inside.length, times: chain ?? [] },
      flipsAt: earlier(
        windowFlipAt(matching, pace.bounds, env.now),
        waitFlipAt(steps, inside, pace, env.now),
      ),
    }
  },
  compile: (leaf, c) => eventCondition(c, leaf, (prefix) => sequenceBit(c, leaf, prefix)),
}

/** From every event that fits the first step: each further step is the next fitting event strictly later. */
function findChain(
  steps: readonly Step[],
  events: readonly PersonEvent[],
  pace: Pace,
  now: number,
): number[] | undefined {
  const first = steps[0]
  if (first === undefined) return undefined
  for (const start of events) {
    if (!isMatch(start, first)) continue
    const chain = followChain(steps, events, start.time, pace, now)
    if (chain !== undefined) return chain
  }
  return undefined
}

function followChain(
  steps: readonly Step[],
  events: readonly PersonEvent[],
  startedAt: number,
  pace: Pace,
  now: number,
): number[] | undefined {
  const chain = [startedAt]
  let at = startedAt
  let forbidden: Step[] = []
  const isForbidden = (until: number): boolean =>
    events.some(
      (event) => event.time > at && event.time < until && forbidden.some((step) => isMatch(event, step)),
    )
  for (const step of steps.slice(1)) {
    if ('not_event' in step) {
      forbidden.push(step)
      continue
    }
    const next = events.find((event) => event.time > at && isMatch(event, step))
    if (next === undefined || isForbidden(next.time)) return undefined
    if (pace.gap !== undefined && next.time - at > pace.gap) return undefined
    at = next.time
    chain.push(at)
    forbidden = []
  }
  if (forbidden.length === 0) return chain
  // The last moment included: an event exactly `gap` later has still come within the gap.
  const deadline = pace.gap === undefined ? pace.decidedAt : at + pace.gap
  if (deadline !== undefined && now < deadline) return undefined
  return isForbidden((deadline ?? now) + 1) ? undefined : chain
}

// Early rather than late: every event that could end the chain is taken, whether or not it does.
function waitFlipAt(
  steps: readonly Step[],
  inside: readonly PersonEvent[],
  pace: Pace,
  now: number,
): number | undefined {
  const last = steps.findLast((step) => 'event' in step)
  if (last === undefined || 'event' in (steps.at(-1) as Step)) return undefined
  let soonest: number | undefined
  for (const event of inside) {
    const deadline = pace.gap === undefined ? pace.decidedAt : event.time + pace.gap
    if (deadline !== undefined && deadline > now && isMatch(event, last)) soonest = earlier(soonest, deadline)
  }
  return soonest
}
