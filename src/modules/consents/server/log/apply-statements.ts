import type { ConsentState } from '#modules/consents/contract/shapes.ts'

/** Somebody says something of a topic on a channel; the topic empty where it is about all marketing. */
export type Said = {
  channel: string
  topic: string
  state: ConsentState
  /** ms */
  at: number
  /** The address it came from, as a hash in hexadecimal: who has it may take back what others refused for it. */
  from?: string | undefined
}

/** Somebody as far as consents go: identifiers at home with them, and addresses by channel, shared ones too. */
export type Speaker = {
  root: number
  home: readonly number[]
  addresses: readonly { channel: string; hash: string; unit: number }[]
}

export type StateRow = { unit: number; channel: string; topic: string; state: ConsentState; at: number }
export type RefusalRow = {
  address: string
  channel: string
  topic: string
  unit: number
  except: ReadonlySet<string>
  at: number
}

/** What stands, by key; changed in place, with the keys that changed. */
export type Standing = {
  states: Map<string, StateRow>
  refusals: Map<string, RefusalRow>
  changed: { states: Set<string>; refusals: Set<string> }
}

export const stateKey = (row: Pick<StateRow, 'unit' | 'channel' | 'topic'>) =>
  `${row.unit} ${row.channel} ${row.topic}`
export const refusalKey = (row: Pick<RefusalRow, 'address' | 'channel' | 'topic' | 'unit'>) =>
  `${row.address} ${row.channel} ${row.topic} ${row.unit}`

export const newStanding = (states: readonly StateRow[], refusals: readonly RefusalRow[]): Standing => ({
  states: new Map(states.map((row) => [stateKey(row), row])),
  refusals: new Map(refusals.map((row) => [refusalKey(row), row])),
  changed: { states: new Set(), refusals: new Set() },
})

export type Classes = (topic: string) => 'marketing' | 'transactional' | undefined

/** The identifier a statement lies at: the address it came from where that is theirs, else the root. */
export function unitOf(speaker: Speaker, said: Said): number {
  const own = speaker.addresses.find(
    (one) => one.hash === said.from && one.channel === said.channel && speaker.home.includes(one.unit),
  )
  return own?.unit ?? speaker.root
}

/**
 * Takes one statement in; answers whether it changed what counts, or is only noted. It speaks for the whole person: what
 * their other identifiers said of the channel follows. Older than what stands, it is only noted; so is a consent that
 * waits for its confirmation while something else was said.
 */
export function applyStatement(standing: Standing, speaker: Speaker, said: Said, classes: Classes): boolean {
  const rows = rowsOf(standing, speaker, said.channel)
  const about = rows.filter((row) => concerns(row, said.topic, classes))
  if (said.state === 'pending' && about.some((row) => row.state !== 'pending')) return false
  const target = unitOf(speaker, said)
  const units = new Set([target, ...about.map((row) => row.unit)])
  if (said.topic === '')
    for (const row of rows) if (classes(row.topic) !== 'transactional') units.add(row.unit)
  let applied = false
  for (const unit of units) {
    const later = about.some((row) => row.unit === unit && row.at > said.at)
    if (later) continue
    applied = true
    if (said.topic === '' && said.state === 'denied')
      for (const row of rows)
        if (
          row.unit === unit &&
          row.topic !== '' &&
          row.at <= said.at &&
          classes(row.topic) !== 'transactional'
        )
          drop(standing, row)
    put(standing, { unit, channel: said.channel, topic: said.topic, state: said.state, at: said.at })
  }
  if (!applied) return false
  if (said.state === 'denied') refuse(standing, speaker, said, target, classes)
  if (said.state === 'granted') lift(standing, speaker, said)
  return true
}

const rowsOf = (standing: Standing, { home }: Speaker, channel: string): StateRow[] =>
  [...standing.states.values()].filter((row) => row.channel === channel && home.includes(row.unit))

/** Rows that decide about a topic: its own, and what was said of all marketing. */
const concerns = (row: StateRow, topic: string, classes: Classes): boolean =>
  row.topic === topic || (row.topic === '' && classes(topic) !== 'transactional')

function put(standing: Standing, row: StateRow): void {
  standing.states.set(stateKey(row), row)
  standing.changed.states.add(stateKey(row))
}

function drop(standing: Standing, row: StateRow): void {
  standing.states.delete(stateKey(row))
  standing.changed.states.add(stateKey(row))
}

/** A refusal counts for every address of theirs, whoever else has it. */
function refuse(standing: Standing, speaker: Speaker, said: Said, unit: number, classes: Classes): void {
  const own = speaker.addresses.filter((one) => one.channel === said.channel).map((one) => one.hash)
  const addresses = new Set(said.from === undefined ? own : [...own, said.from])
  for (const row of [...standing.refusals.values()]) {
    const isOwn =
      addresses.has(row.address) && row.channel === said.channel && speaker.home.includes(row.unit)
    if (isOwn && said.topic === '' && row.topic !== '' && classes(row.topic) !== 'transactional')
      dropRefusal(standing, row)
  }
  for (const address of addresses)
    putRefusal(standing, {
      ...{ address, channel: said.channel, topic: said.topic, unit },
      ...{ except: new Set<string>(), at: said.at },
    })
}

/** A consent takes back what the same person refused; said from an address, also what others refused for it. */
function lift(standing: Standing, speaker: Speaker, said: Said): void {
  for (const row of [...standing.refusals.values()]) {
    const isMeant = speaker.home.includes(row.unit) || row.address === said.from
    if (row.channel !== said.channel || !isMeant) continue
    if (row.topic === said.topic) dropRefusal(standing, row)
    else if (row.topic === '' && said.topic !== '' && !row.except.has(said.topic))
      putRefusal(standing, { ...row, except: new Set([...row.except, said.topic]) })
  }
}

function putRefusal(standing: Standing, row: RefusalRow): void {
  standing.refusals.set(refusalKey(row), row)
  standing.changed.refusals.add(refusalKey(row))
}

function dropRefusal(standing: Standing, row: RefusalRow): void {
  standing.refusals.delete(refusalKey(row))
  standing.changed.refusals.add(refusalKey(row))
}

const strictness: Record<ConsentState, number> = { denied: 3, granted: 2, pending: 1 }

/**
 * What a person says as a whole, out of their identifiers: each says what it says of the topic, else of all marketing; of
 * these the strictest counts. One answer for every topic that is named anywhere, and one for the rest (topic empty).
 */
export function combineStates(rows: readonly StateRow[], classes: Classes): Omit<StateRow, 'unit'>[] {
  const found: Omit<StateRow, 'unit'>[] = []
  for (const [channel, all] of Map.groupBy(rows, (row) => row.channel)) {
    const units = [...Map.groupBy(all, (row) => row.unit).values()]
    for (const topic of new Set(['', ...all.map((row) => row.topic)])) {
      const saying = units.flatMap((ones) => {
        const own = ones.find((row) => row.topic === topic)
        const general = classes(topic) === 'transactional' ? undefined : ones.find((row) => row.topic === '')
        return own ?? general ?? []
      })
      const [strictest] = saying.toSorted((a, b) => strictness[b.state] - strictness[a.state] || b.at - a.at)
      if (strictest) found.push({ channel, topic, state: strictest.state, at: strictest.at })
    }
  }
  return found
}
