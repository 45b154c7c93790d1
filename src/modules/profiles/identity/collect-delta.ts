import type { IdentityState } from './identity-state.ts'
import type { ClaimRow, Delta, IdentifierRow, RunRow } from './identity-store.ts'
import type { Answer, IdSet, Interval, Known, Run } from './known.ts'

/** Everything learned since the last delta, as rows; from here on it counts as saved. */
export function collectDelta(state: IdentityState): Delta {
  const delta: Delta = {
    identifiers: changedIdentifiers(state),
    links: [...state.changedLinks].map(({ set, alias, time, messageId, source }) => ({
      units: unitsOf(set),
      alias,
      time,
      messageId,
      ...(source === undefined ? {} : { source }),
    })),
    newRuns: [...state.newRuns].map(([run, device]) => runRow(run, device)),
    goneRuns: [...state.goneRuns].map(([run, device]) => runRow(run, device)),
    claims: takeClaims(state),
    decisions: state.newDecisions,
  }
  state.changedLinks.clear()
  state.newRuns.clear()
  state.goneRuns.clear()
  state.newDecisions = []
  return delta
}

function changedIdentifiers(state: IdentityState): Delta['identifiers'] {
  const changed: Delta['identifiers'] = []
  for (const known of state.fold.changed) {
    const row = rowOf(known)
    const before = known.saved
    if (before && isSame(before, row)) continue
    known.saved = row
    changed.push({ row, before })
  }
  state.fold.changed.clear()
  return changed
}

function rowOf(known: Known): IdentifierRow {
  const { unit, kind, value, component, first, seen } = known
  return {
    unit,
    kind: kind.name,
    value,
    component: component.id,
    firstTime: first.time,
    firstMessageId: first.messageId,
    seen,
    person: known.cluster.root.unit,
    intervals: intervalsOf(known),
    holders: holdersOf(known),
  }
}

const noIntervals: Interval[] = []
const noHolders: number[] = []

/** The answer as it stands in memory. */
export function answerOf(known: Known): Answer {
  return { person: known.cluster.root.unit, intervals: intervalsOf(known), holders: holdersOf(known) }
}

/** The first owner had the device since ever, the last one keeps it; a moment belongs to the one who comes. */
function intervalsOf({ cluster, device }: Known): Interval[] {
  if (!device || device.switches.length === 0) return noIntervals
  const intervals: Interval[] = [{ from: null, to: null, person: cluster.root.unit }]
  for (const { time, owner } of device.switches) {
    const person = owner.cluster.root.unit
    if (intervals.at(-1)!.from === time) intervals.pop()
    const last = intervals.at(-1)
    if (last?.person === person) {
      last.to = null
      continue
    }
    if (last) last.to = time
    intervals.push({ from: time, to: null, person })
  }
  return intervals.length > 1 ? intervals : noIntervals
}

function holdersOf({ cluster, holders }: Known): number[] {
  if (holders.length === 0) return noHolders
  const people = new Set(holders.map((holder) => holder.cluster.root.unit))
  people.delete(cluster.root.unit)
  return [...people].sort((a, b) => a - b)
}

function isSame(a: IdentifierRow, b: IdentifierRow): boolean {
  return (
    a.person === b.person &&
    a.component === b.component &&
    a.seen === b.seen &&
    a.firstTime === b.firstTime &&
    a.firstMessageId === b.firstMessageId &&
    (a.intervals === b.intervals || JSON.stringify(a.intervals) === JSON.stringify(b.intervals)) &&
    (a.holders === b.holders || a.holders.join() === b.holders.join())
  )
}

function unitsOf(set: IdSet): number[] {
  return set.members.map(({ unit }) => unit)
}

function runRow(run: Run, device: Known): RunRow {
  return { device: device.unit, key: unitsOf(run.key), time: run.time, messageId: run.messageId }
}

function takeClaims(state: IdentityState): ClaimRow[] {
  const rows: ClaimRow[] = []
  for (const { unit, device } of state.claimed) {
    for (const { key, times, messageIds } of device!.pending) {
      rows.push({ device: unit, key: unitsOf(key), times, messageIds })
    }
    device!.pending = []
    // Loaded for one late claim; held for good only where there is no store to ask again.
    if (state.absent) device!.claims = undefined
  }
  state.claimed.clear()
  return rows
}
