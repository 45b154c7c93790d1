import type { Clock } from '#platform/clock.ts'

type Entry<T> = { answer: Promise<T | undefined>; loadedAt: number }

// Keys come from callers; a flood of unknown ones must not fill the memory.
const maxEntries = 10_000

/** Short-lived answers by key, "not there" included. Concurrent questions share one look-up. */
export class AnswerCache<T> {
  #entries = new Map<string, Entry<T>>()
  #clock: Clock
  #lifetime: number

  constructor(clock: Clock, lifetime: number) {
    this.#clock = clock
    this.#lifetime = lifetime
  }

  get(key: string, load: () => Promise<T | undefined>): Promise<T | undefined> {
    const now = this.#clock.now()
    const known = this.#entries.get(key)
    // The age counts from the start of the look-up; a clock set back ends it too.
    if (known && now >= known.loadedAt && now - known.loadedAt < this.#lifetime) return known.answer
    if (this.#entries.size >= maxEntries) this.#entries.clear()
    const entry = { answer: load(), loadedAt: now }
    this.#entries.set(key, entry)
    entry.answer.catch(() => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key) // a fault is not an answer
    })
    return entry.answer
  }

  /** Look-ups under way are forgotten too: they may have read what was true before. */
  clear(): void {
    this.#entries.clear()
  }
}
