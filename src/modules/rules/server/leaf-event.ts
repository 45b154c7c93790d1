import type { EventLeaf, Test } from '../contract.ts'
import { aggregateSql, evaluateAggregate } from './aggregate-events.ts'
import { comparesTo, comparesToSql } from './compare-number.ts'
import type { LeafKind, PersonEvent } from './leaf.ts'
import { earlier, matchesWhere } from './leaf.ts'
import { orderOf } from './match-value.ts'
import type { Bounds } from './resolve-window.ts'
import { hasFrom, resolveWindow } from './resolve-window.ts'
import type { Compilation, EventBit } from './sql-compilation.ts'
import { eventCondition, insideSql, join, matchSql, windowFlips } from './sql-compilation.ts'

const atLeastOnce: Test = { op: 'gte', value: 1 }

/** `count` and `agg` may stand together: both must hold. Without either, once is enough. */
function countTest(leaf: EventLeaf): Test | undefined {
  return leaf.count ?? (leaf.agg === undefined ? atLeastOnce : undefined)
}

/** Is an event inside a window, and does it count yet? */
export function isInside(event: PersonEvent, bounds: Bounds, now: number): boolean {
  return event.time >= bounds.from && event.time <= bounds.to && event.time <= now
}

/** When these events will count, or will have left the window. */
export function windowFlipAt(
  events: readonly PersonEvent[],
  bounds: Bounds,
  now: number,
): number | undefined {
  let soonest: number | undefined
  for (const { time } of events) {
    if (time < bounds.from || time > bounds.to) continue
    if (time > now) soonest = earlier(soonest, time)
    else if (bounds.slides !== undefined) soonest = earlier(soonest, time + bounds.slides + 1)
  }
  return soonest
}

export const eventLeaf: LeafKind<EventLeaf> = {
  evaluate(leaf, person, env) {
    const bounds = resolveWindow(leaf.within, env.now, env.timezone)
    const matching = person.events.filter(
      (event) => event.name === leaf.event && matchesWhere(event.props, leaf.where),
    )
    const counted = matching.filter((event) => isInside(event, bounds, env.now))
    const test = countTest(leaf)
    const agg = leaf.agg === undefined ? undefined : evaluateAggregate(counted, leaf.agg)
    const holds =
      (test === undefined || comparesTo(test, (x) => orderOf(counted.length, x))) && (agg?.holds ?? true)
    return {
      holds,
      seen: { count: counted.length, ...(agg === undefined ? {} : { value: agg.value }) },
      flipsAt: windowFlipAt(matching, bounds, env.now),
    }
  },
  compile: (leaf, c) => eventCondition(c, leaf, (prefix) => eventBit(c, leaf, prefix)),
}

function eventBit(c: Compilation, leaf: EventLeaf, prefix: string): EventBit {
  const bounds = resolveWindow(leaf.within, c.env.now, c.env.timezone)
  const anyTime = matchSql(c, leaf.event, leaf.where)
  const match = join([anyTime, insideSql(c, bounds)], 'AND')
  const test = countTest(leaf)
  const agg = leaf.agg === undefined ? undefined : aggregateSql(c.bindings, prefix, match, leaf.agg)
  const count = `countIf(${match})`
  const bind = (x: number): string => c.bindings.bind('UInt64', x)
  const tests = [test === undefined ? undefined : comparesToSql(test, count, bind), agg?.test]
  return {
    columns: agg?.columns ?? [],
    test: join(
      tests.filter((part) => part !== undefined),
      'AND',
    ),
    idle: agg === undefined && test !== undefined && comparesTo(test, (x) => orderOf(0, x)),
    reads: [{ event: leaf.event, from: hasFrom(bounds) ? bounds.from : undefined }],
    flips: windowFlips(c, anyTime, bounds),
  }
}
