import type { Told } from '#modules/profiles/index.ts'

/** Attribute name → what was told last. */
export type Traits = Record<string, Told>

/** Somebody's belonging to a circle, as kept at one identifier. */
export type Belonging = {
  since: number
  last: number
  title: string | null
  titleAt: number | null
  titleBy: string | null
  removedAt: number | null
}

/** A call or a member says that somebody belongs. */
export type Said = { time: number; messageId: string; title?: string | undefined }

export const isLater = (a: Told, b: Told): boolean => a[1] > b[1] || (a[1] === b[1] && a[2] > b[2])

/**
 * Takes a value in, if it is the latest by (time, message id): so the outcome is a function of the set of what was
 * told. `shown`: whether the value is another one now; a repeat of it only moves its time.
 */
export function tellTrait(traits: Traits, name: string, told: Told): { kept: boolean; shown: boolean } {
  const known = Object.hasOwn(traits, name) ? (traits[name] as Told) : undefined
  if (known && !isLater(told, known)) return { kept: false, shown: false }
  traits[name] = told
  return { kept: true, shown: JSON.stringify(known?.[0] ?? null) !== JSON.stringify(told[0] ?? null) }
}

/** The attributes as they stand; null removes. */
export function attributesOf(traits: Traits): Record<string, unknown> {
  const attributes: Record<string, unknown> = {}
  for (const name of Object.keys(traits).sort()) {
    const value = (traits[name] as Told)[0]
    if (value !== null && value !== undefined) attributes[name] = value
  }
  return attributes
}

/** What was said up to the moment it was taken back counts no more, whenever it arrives. */
export function sayBelongs(known: Belonging | undefined, said: Said): Belonging {
  const title =
    said.title === undefined
      ? { title: null, titleAt: null, titleBy: null }
      : { title: said.title, titleAt: said.time, titleBy: said.messageId }
  if (!known) return { since: said.time, last: said.time, ...title, removedAt: null }
  if (known.removedAt !== null && said.time <= known.removedAt) return known
  const isFresh = known.removedAt !== null && known.since <= known.removedAt
  return {
    ...known,
    since: isFresh ? said.time : Math.min(known.since, said.time),
    last: Math.max(known.last, said.time),
    ...(title.titleAt !== null && isNewerTitle(known, said) ? title : {}),
  }
}

function isNewerTitle(known: Belonging, { time, messageId }: Said): boolean {
  if (known.titleAt === null || known.titleBy === null) return true
  return time > known.titleAt || (time === known.titleAt && messageId > known.titleBy)
}

export const belongs = ({ since, removedAt }: Pick<Belonging, 'since' | 'removedAt'>): boolean =>
  removedAt === null || since > removedAt

/** A title said before it was taken back went with it. */
export function titleOf({ title, titleAt, removedAt }: Belonging): string | null {
  if (title === null || titleAt === null || title === '') return null
  return removedAt !== null && titleAt <= removedAt ? null : title
}

/** Whether two states look the same from outside. */
export const looksAlike = (a: Belonging | undefined, b: Belonging): boolean =>
  a !== undefined && belongs(a) === belongs(b) && a.since === b.since && titleOf(a) === titleOf(b)

/** The beginning of a text; half a surrogate pair at its end, which Postgres refuses, is replaced. */
export const cut = (text: string, length: number): string => text.trim().slice(0, length).toWellFormed()

/** The name and the mail domain of a company, out of its attributes. */
export function namedBy(attributes: Record<string, unknown>): { name: string; domain: string } {
  const text = (name: string) => {
    const value = attributes[name]
    return typeof value === 'string' ? cut(value, 300) : ''
  }
  return { name: text('name'), domain: domainOf(text('domain')) || domainOf(text('website')) }
}

/** `https://www.Example.com/about` and `example.com` are one; '' when it is none. */
export function domainOf(text: string): string {
  const host = text
    .toLowerCase()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//, '')
    .split(/[/?#:\s]/, 1)[0]
    ?.replace(/^www\./, '')
    .replace(/\.$/, '')
  if (!host || host.length > 253 || !host.includes('.')) return ''
  return /^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u.test(host) ? host : ''
}
