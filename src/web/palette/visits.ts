/** A page of one record that was opened here. Ids only: names belong to no browser's storage. */
export type Visit = { kind: 'person' | 'segment'; id: string }

const kept = 8
const keyOf = (owner: string) => `headwater.visits.${owner}`
const patterns = [
  { kind: 'person', path: /^\/people\/([^/]+)$/ },
  { kind: 'segment', path: /^\/segments\/(?!new$)([^/]+)$/ },
] as const

/** Remembers a page when it shows one record; latest first, each once. `owner`: account and workspace. */
export function noteVisit(owner: string, pathname: string): void {
  for (const { kind, path } of patterns) {
    const id = path.exec(pathname)?.[1]
    if (id === undefined) continue
    const others = lastVisits(owner).filter((one) => one.kind !== kind || one.id !== id)
    localStorage.setItem(keyOf(owner), JSON.stringify([{ kind, id }, ...others].slice(0, kept)))
  }
}

export function lastVisits(owner: string): Visit[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(keyOf(owner)) ?? '[]')
    return Array.isArray(found) ? found.filter(isVisit) : []
  } catch (error) {
    // Another program wrote there; nothing is remembered.
    if (error instanceof SyntaxError) return []
    throw error
  }
}

const isVisit = (one: unknown): one is Visit =>
  typeof one === 'object' &&
  one !== null &&
  'id' in one &&
  typeof one.id === 'string' &&
  'kind' in one &&
  (one.kind === 'person' || one.kind === 'segment')
