import type { Shipment } from '#slots/people-change.ts'

/** A stored event, with the unit it belongs to for ever. */
export type StoredEvent = {
  unit: number
  name: string
  type: string
  /** When it happened, ms. */
  time: number
  messageId: string
  /** As JSON: most projections want few events, and parsing is what costs. */
  propertiesText: string
}

/**
 * Extension point: further ClickHouse rows that follow from events, shipped with them and rebuilt with them.
 * Must be a pure function of the events, and its rows replace themselves when shipped twice (a ReplacingMergeTree
 * keyed by what the event says, versioned by event time), so that arrival order and repeats do not matter.
 * The tables have `ws`, `unit` and `time` of the event, by which rows go when a person is erased.
 * Example: order facts from `Order Completed` and `Order Refunded`.
 */
export type EventProjection = {
  name: string
  /** Tables it fills; emptied before a rebuild. */
  tables: readonly string[]
  project(workspace: number, events: readonly StoredEvent[]): Shipment[]
  /** Which rows replace each other: when an event is taken away, rows it had replaced are made anew. */
  shared: {
    /** The text column of its tables that says what a row is about. */
    column: string
    /**
     * SQL on `events` that holds for all that are about given things, and may hold for more: `isOne` makes the condition
     * that a text is one of them.
     */
    mayBeAbout(isOne: (text: string) => string): string
  }
}
