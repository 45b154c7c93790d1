import type { Inherited } from '#modules/collect/contract.ts'
import { type EventNote, loadEventNotes } from '#modules/collect/server/event-note-store.ts'
import { loadPropertyNotes, type PropertyNote } from '#modules/collect/server/names/property-note-store.ts'
import {
  standardEvents,
  standardOfEvents,
  standardProperties,
} from '#modules/collect/server/names/standard-names.ts'
import type { Tx } from '#platform/pg/database.ts'
import type { EventLabels, EventWord, EventWords } from '#slots/event-words.ts'

export type KnownNames = {
  notes: ReadonlyMap<string, EventNote>
  planned: readonly EventWord[]
  properties: readonly PropertyNote[]
}

/** Everything anybody says of the names of events. */
export async function loadNames(tx: Tx, words: EventWords): Promise<KnownNames> {
  return {
    notes: await loadEventNotes(tx),
    planned: await words.words(tx),
    properties: await loadPropertyNotes(tx),
  }
}

/** What an event is called and described by as long as the catalogue says nothing: the plan first, then the spec. */
export function inheritedOf(name: string, planned: EventWord | undefined): Inherited {
  const standard = standardEvents.get(name)
  const labels = over(planned?.labels, standard)
  const says = (one: { labels: EventLabels; description?: string } | undefined) =>
    one !== undefined && (one.labels.zh !== '' || one.labels.en !== '' || Boolean(one.description))
  const from = says(planned) ? 'plan' : standard ? 'standard' : null
  return { labels, description: planned?.description ?? '', from }
}

export type TitledEvent = EventLabels & { name: string }
export type TitledProperty = EventLabels & { event: string; path: string }

/** Names of every event that has one. */
export function titlesOfEvents({ notes, planned }: KnownNames): TitledEvent[] {
  const plan = new Map(planned.map((one) => [one.name, one.labels]))
  const names = new Set([...standardEvents.keys(), ...plan.keys(), ...notes.keys()])
  return [...names]
    .map((name) => ({
      name,
      ...over(notes.get(name)?.labels, over(plan.get(name), standardEvents.get(name))),
    }))
    .filter(({ zh, en }) => zh !== '' || en !== '')
}

/**
 * Names of properties: what is said for one event wins over what is said for all (`event` ''). For one event the
 * catalogue wins over the plan and the plan over the spec; for all, the catalogue over the spec.
 */
export function titlesOfProperties({ planned, properties }: KnownNames): TitledProperty[] {
  const found = new Map<string, TitledProperty>()
  const say = (event: string, path: string, labels: EventLabels) => {
    if (labels.zh === '' && labels.en === '') return
    const key = JSON.stringify([event, path])
    const known = found.get(key)
    found.set(key, { event, path, ...over(labels, known) })
  }
  for (const [path, labels] of standardProperties) say('', path, labels)
  for (const { event, path, labels } of standardOfEvents) {
    // Somebody's word for every event is nearer to them than the spec's for this one.
    if (!properties.some((one) => one.event === '' && one.path === path)) say(event, path, labels)
  }
  for (const { name, properties: own } of planned) for (const { path, labels } of own) say(name, path, labels)
  for (const { event, path, labels } of properties) say(event, path, labels)
  return [...found.values()]
}

const none: EventLabels = { zh: '', en: '' }

/** The nearer word per language. */
const over = (near: EventLabels | undefined, far: EventLabels | undefined): EventLabels => ({
  zh: near?.zh || (far ?? none).zh,
  en: near?.en || (far ?? none).en,
})
