import type { routes } from '#modules/collect/contract.ts'
import type { Language } from '#ui/i18n.ts'
import type { Answer } from '#web/api-client.ts'

export type Titles = Answer<typeof routes.titles>
export type EventTitles = {
  /** What an event is called in the reader's language; its own name where nobody said. */
  event: (name: string) => string
  /** The same of a property, which an event may call its own way. */
  property: (event: string, path: string) => string
  /** What else they are looked for by: the other language, and Latin letters for Chinese. */
  eventAlias: (name: string) => string
  propertyAlias: (event: string, path: string) => string
}

type Title = { zh: string; en: string; spelled: string }

const built = new WeakMap<Titles, Map<Language, EventTitles>>()

/** Built once for an answer and a language: a timeline asks for the same names line after line. */
export function titlesIn(data: Titles, language: Language): EventTitles {
  const known = built.get(data) ?? new Map<Language, EventTitles>()
  built.set(data, known)
  const ready = known.get(language) ?? build(data, language)
  known.set(language, ready)
  return ready
}

const keyOf = (event: string, path: string) => `${event}\n${path}`

function build(data: Titles, language: Language): EventTitles {
  const events = new Map<string, Title>(data.events.map((one) => [one.name, one]))
  const properties = new Map<string, Title>(data.properties.map((one) => [keyOf(one.event, one.path), one]))
  const say = (title: Title | undefined) => title?.[language] || undefined
  const here = (event: string, path: string) => properties.get(keyOf(event, path))
  const alias = (title: Title | undefined) => (title ? `${title.zh} ${title.en} ${title.spelled}` : '')
  return {
    event: (name) => say(events.get(name)) ?? name,
    property: (event, path) => say(here(event, path)) ?? say(here('', path)) ?? path,
    eventAlias: (name) => alias(events.get(name)),
    propertyAlias: (event, path) => alias(here(event, path) ?? here('', path)),
  }
}
