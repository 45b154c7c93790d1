import type { Device, IdSet, Known, Run } from './known.ts'
import { isBefore, type Moment } from './observation.ts'

/**
 * A device's claims in order, repeats of the same claimant dropped: only those starts ("runs") enter the fold.
 * All claims are kept (appended to the store) because a late claim by somebody else cuts a run in two, and who had
 * the device afterwards is known from the claims behind the cut.
 */
export type RunChange = { inserted: Run[]; removed: Run | undefined; isLatest: boolean }

/**
 * Whether a claim can be placed with what is in memory. Judged before the batch for each of its claims: an earlier one
 * of the batch may carry a later run backwards over this moment, so any older claim by others calls for the claims.
 */
export function canPlace(device: Device, isSameKey: (run: Run) => boolean, at: Moment): boolean {
  if (device.claims || device.runs.length === 0) return true
  if (device.lastClaimKnown && isBefore(device.lastClaim, at)) return true
  const run = device.runs[Math.max(0, lastRunBefore(device.runs, at))]!
  return isSameKey(run)
}

/** Adds a claim; undefined when it changes nothing because the same set had claimed the device last. */
export function placeClaim(known: Known, key: IdSet, at: Moment): RunChange | undefined {
  const device = known.device!
  const index = lastRunBefore(device.runs, at)
  const [before, after] = [device.runs[index], device.runs[index + 1]]
  const again = before && before.key !== key ? claimBetween(device, at, after) : undefined
  recordClaim(device, key, at)
  if (before?.key === key) return undefined
  const inserted = [newRun(key, at)]
  if (before && again) inserted.push(newRun(before.key, again))
  const removed = !again && after?.key === key ? after : undefined
  device.runs.splice(index + 1, removed ? 1 : 0, ...inserted)
  return { inserted, removed, isLatest: !again && !after }
}

function newRun(key: IdSet, { time, messageId }: Moment): Run {
  return { key, time, messageId }
}

/** Index of the last run starting at or before the moment, or -1. Arrivals are mostly in order: look from behind. */
function lastRunBefore(runs: readonly Run[], at: Moment): number {
  let index = runs.length - 1
  while (index >= 0 && isBefore(at, runs[index]!)) index--
  return index
}

/** The earliest known claim after `at` and before the next run. */
function claimBetween(device: Device, at: Moment, next: Moment | undefined): Moment | undefined {
  if (isBefore(device.lastClaim, at)) return undefined
  let earliest: Moment | undefined
  for (const claim of device.claims ?? []) {
    if (!isBefore(at, claim) || (next && !isBefore(claim, next))) continue
    if (!earliest || isBefore(claim, earliest)) earliest = claim
  }
  return earliest
}

function recordClaim(device: Device, key: IdSet, at: Moment): void {
  const { time, messageId } = at
  const pending = device.pending.find((entry) => entry.key === key)
  if (pending) {
    pending.times.push(time)
    pending.messageIds.push(messageId)
  } else device.pending = [...device.pending, { key, times: [time], messageIds: [messageId] }]
  device.claims?.push({ key, time, messageId })
  if (!isBefore(device.lastClaim, at)) return
  device.lastClaim.time = time
  device.lastClaim.messageId = messageId
}
