import type { RangeDeps } from '#modules/collect/server/project-range.ts'
import type { Shipment } from '#slots/people-change.ts'

/** Rows of one range of the log on their way to ClickHouse. */
export type Shipping = {
  /** Takes rows; they leave in the order they came, once enough are together. */
  add(events: readonly string[], shipments: readonly Shipment[]): void
  /** Resolves when all rows are there and as many events are found as were shipped. */
  finish(): Promise<void>
  /** Waits for the end of what is under way, so that a failure can be cleaned up behind it. */
  settle(): Promise<void>
}

// 50,000 rows take 236 ms to insert, 1,000 rows 9 ms: large enough to be cheap, small enough that the engine works
// while the rest of the range is being prepared.
const eventsPerInsert = 12_000

/** `gate` opens when nothing asks ClickHouse any more that must not see this range yet. */
export function startShipping(
  deps: Pick<RangeDeps, 'ch' | 'projections'>,
  range: { from: number; to: number },
  gate: Promise<void>,
): Shipping {
  // What a failed range left in these is not taken back, so they get nothing of a range that the others refuse.
  const last = [...deps.projections.flatMap((projection) => projection.tables), 'unit_activity']
  const waiting = new Map<string, Buffer[]>()
  let together = 0
  let shipped = 0
  let under: Promise<void> = gate
  under.catch(() => undefined) // told by `finish`

  // As bytes, outside of V8's heap: text that waits here would be copied by every collection of garbage.
  function keep(table: string, lines: string): void {
    const kept = waiting.get(table)
    if (kept) kept.push(Buffer.from(lines))
    else waiting.set(table, [Buffer.from(lines)])
  }

  function send(): void {
    together = 0
    const loads = [...waiting.keys()].filter((table) => !last.includes(table)).map(unload)
    under = under.then(() => allOf(loads.map(([table, lines]) => deps.ch.insertLines(table, lines))))
    under.catch(() => undefined) // told by `finish`
  }

  function unload(table: string): [table: string, lines: Buffer[]] {
    const lines = waiting.get(table) ?? []
    waiting.delete(table)
    return [table, lines]
  }

  async function compareCount(): Promise<void> {
    const [row] = await deps.ch.query<{ n: number }>(
      'SELECT count() AS n FROM events WHERE seq >= {from:UInt64} AND seq <= {to:UInt64}',
      range,
    )
    if (row?.n !== shipped)
      throw new Error(
        `range ${range.from}–${range.to}: ${shipped} events shipped, ${row?.n} found in ClickHouse`,
      )
  }

  async function insertLast(): Promise<void> {
    for (const table of last) await deps.ch.insertLines(...unload(table))
  }

  return {
    add: (events, shipments) => {
      keep('events', events.join(''))
      for (const { table, lines } of shipments) keep(table, lines)
      shipped += events.length
      together += events.length
      if (together >= eventsPerInsert) send()
    },
    finish: async () => {
      send()
      await under
      await allOf([compareCount(), insertLast()])
    },
    settle: () => under.catch(() => undefined),
  }
}

/** Waits for the end of every one, so that nothing is still on its way when a failure is cleaned up. */
async function allOf(works: readonly Promise<void>[]): Promise<void> {
  for (const one of await Promise.allSettled(works)) if (one.status === 'rejected') throw one.reason
}
