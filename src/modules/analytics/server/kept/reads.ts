import type { EventChoice } from '#modules/analytics/contract/question.ts'
import type { Days } from '#modules/analytics/server/sql/resolve-range.ts'

/** Events an answer follows from: hours since 1970, both included, and their names; null: whatever they are called. */
export type ReadEvents = { from: number; to: number; names: string[] | null }

/** What an answer follows from, besides the question itself. */
export type WhatWasRead = {
  events: ReadEvents[]
  /** What is known of people: attributes, tags, the bin. */
  people: boolean
  /** The earliest moment at which it becomes another by itself; null: never. */
  until: number | null
  /** False: asked anew every time. */
  keepable: boolean
}

/**
 * Notes what a question reads, where it reads it: whatever builds SQL over events, orders or people says so here, and so no
 * kind has to declare what its answers depend on.
 */
export type Reads = {
  events(days: Pick<Days, 'fromMs' | 'untilMs'>, choices: readonly Pick<EventChoice, 'event' | 'or'>[]): void
  people(): void
  /** Whether a moment has passed; until it has, the answer is only good so long. */
  isOver(moment: number): boolean
  /** The answer becomes another by itself at this moment. */
  until(moment: number): void
  unkeepable(): void
  told(): WhatWasRead
}

const hour = 3_600_000
export const hourOf = (moment: number): number => Math.floor(moment / hour)

export function openReads(now: number): Reads {
  const found: WhatWasRead = { events: [], people: false, until: null, keepable: true }
  const until = (moment: number) => {
    found.until = Math.min(found.until ?? moment, moment)
  }
  return {
    events: ({ fromMs, untilMs }, choices) => {
      const names = choices.flatMap(({ event, or = [] }) => [event, ...or.map((one) => one.event)])
      const isAnything = names.length === 0 || names.includes(null)
      found.events.push({
        from: hourOf(fromMs),
        to: hourOf(untilMs - 1),
        names: isAnything ? null : [...new Set(names.filter((one) => one !== null))].toSorted(),
      })
    },
    people: () => {
      found.people = true
    },
    isOver: (moment) => {
      if (moment > now) until(moment)
      return moment <= now
    },
    until,
    unkeepable: () => {
      found.keepable = false
    },
    told: () => ({ ...found, events: widest(found.events) }),
  }
}

/** The same events are scanned for numbers, ranks and totals: told once, as wide as any of them. */
function widest(all: readonly ReadEvents[]): ReadEvents[] {
  const byNames = Map.groupBy(all, ({ names }) => JSON.stringify(names))
  return [...byNames.values()].map((ones) => ({
    names: (ones[0] as ReadEvents).names,
    from: Math.min(...ones.map(({ from }) => from)),
    to: Math.max(...ones.map(({ to }) => to)),
  }))
}
