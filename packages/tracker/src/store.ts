/** Small texts under names. Cookies, localStorage, a mini-program's storage and plain memory all look like this. */
export type Store = {
  get(name: string): string | null
  set(name: string, text: string): void
  remove(name: string): void
  names(): string[]
}

/** In an object under a prefix; localStorage is one. What does not fit there any more is kept in memory meanwhile. */
export function storeIn(area: Record<string, string>, prefix = ''): Store {
  const spilled: Record<string, string> = {}
  return {
    get: (name) => spilled[prefix + name] ?? area[prefix + name] ?? null,
    set: (name, text) => {
      delete spilled[prefix + name]
      try {
        area[prefix + name] = text
      } catch {
        spilled[prefix + name] = text
      }
    },
    remove: (name) => {
      delete spilled[prefix + name]
      delete area[prefix + name]
    },
    names: () =>
      [...Object.keys(area), ...Object.keys(spilled)]
        .filter((key) => key.startsWith(prefix))
        .map((key) => key.slice(prefix.length)),
  }
}

export const memoryStore = (): Store => storeIn({})

export type Gate = Store & {
  open(): void
  /** Wipes both sides. */
  shut(): void
}

/** In front of a real store: until it is opened, nothing is read from there and nothing written. */
export function gateOf(real: Store): Gate {
  let isOpen = false
  const gate: Gate = {
    ...memoryStore(),
    open: () => {
      if (isOpen) return
      isOpen = true
      const kept = gate.names().map((name) => [name, gate.get(name) as string] as const)
      Object.assign(gate, real)
      // What another page has stored meanwhile counts.
      for (const [name, text] of kept) if (gate.get(name) === null) gate.set(name, text)
    },
    shut: () => {
      isOpen = false
      real.names().map(real.remove)
      Object.assign(gate, memoryStore())
    },
  }
  return gate
}

/** Undefined where it fails: storage that is forbidden, a cookie somebody else wrote. */
export function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
