import { DateTime } from 'luxon'
import type { EventLeaf, SequenceLeaf, Span, Window } from '../contract.ts'
import { unitMs } from '../contract.ts'

/** Both ends included, in ms. `slides` is the length of a `last n` window: its events leave when they get older. */
export type Bounds = { from: number; to: number; slides: number | undefined }

// The range of DateTime64(3) in ClickHouse; beyond it a bound would wrap around.
const earliest = Date.UTC(1900, 0, 1)
const latest = Date.UTC(2299, 11, 31)

/** The window of a leaf at `now`: an event counts when `from ≤ time ≤ to` and `time ≤ now`. */
export function resolveWindow(window: Window | undefined, now: number, timezone: string): Bounds {
  if (window === undefined) return { from: earliest, to: latest, slides: undefined }
  if ('last' in window) {
    const slides = window.last * unitMs[window.unit]
    return { from: clamp(now - slides), to: latest, slides }
  }
  return {
    from: window.from === undefined ? earliest : clamp(startOf(window.from, timezone)),
    to: window.to === undefined ? latest : clamp(endOf(window.to, timezone)),
    slides: undefined,
  }
}

/** Has this window a lower / an upper end of its own? */
export const hasFrom = (bounds: Bounds): boolean => bounds.from > earliest
export const hasTo = (bounds: Bounds): boolean => bounds.to < latest

export function spanMs(span: Span): number {
  return span.value * unitMs[span.unit]
}

/** How a sequence waits: the most between two steps, the window of its events, and when a trailing not_event is decided. */
export type Pace = { gap: number | undefined; bounds: Bounds; decidedAt: number | undefined }

/**
 * `last n` without a gap, ended by a not_event: n stands in for the gap and the steps have no window, since a
 * step inside the last n can never have waited for n. With from/to instead, the not_event is decided at its end.
 */
export function paceOf(leaf: SequenceLeaf, now: number, timezone: string): Pace {
  const bounds = resolveWindow(leaf.within, now, timezone)
  const waits = 'not_event' in (leaf.sequence.at(-1) as object)
  if (leaf.gap !== undefined) return { gap: spanMs(leaf.gap), bounds, decidedAt: undefined }
  if (waits && bounds.slides !== undefined)
    return { gap: bounds.slides, bounds: resolveWindow(undefined, now, timezone), decidedAt: undefined }
  return { gap: undefined, bounds, decidedAt: waits && hasTo(bounds) ? bounds.to : undefined }
}

export function boundsOf(leaf: EventLeaf, now: number, timezone: string): Bounds {
  return resolveWindow(leaf.within, now, timezone)
}

const isDate = (text: string): boolean => text.length === 10

function startOf(text: string, timezone: string): number {
  return isDate(text)
    ? DateTime.fromISO(text, { zone: timezone }).startOf('day').toMillis()
    : Date.parse(text)
}

function endOf(text: string, timezone: string): number {
  if (!isDate(text)) return Date.parse(text)
  return DateTime.fromISO(text, { zone: timezone }).plus({ days: 1 }).startOf('day').toMillis() - 1
}

function clamp(ms: number): number {
  return Math.min(Math.max(ms, earliest), latest)
}
