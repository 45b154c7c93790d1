/**
 * `login` anchors a person and two never join by themselves; `contact` belongs to people without time and may be
 * shared; `device` belongs to whoever uses it at the time.
 */
export type KindClass = 'login' | 'contact' | 'device'

export type KindRule = {
  class: KindClass
  /** Higher is matched first and wins when a limit is reached. */
  priority: number
  /** Most identifiers of this kind at home with one person (automatic rules and alias). */
  limit: number
  /** Values (lower case) that are no identifier, besides the general ones. */
  blocked?: readonly string[]
}

export type IdentitySettings = {
  kinds: Record<string, KindRule>
  /** For kinds nobody configured (context.externalIds). */
  otherKinds: KindRule
  /** A contact known of more people than this is public; further ones are not recorded. */
  maxHolders: number
  /** Logins that alias may join into one person; more is a loop in somebody's code. */
  maxAliasedLogins: number
  /** Blocked for every kind, besides the built-in list; lower case. */
  blocked: readonly string[]
  /** ISO 3166 region of phone numbers written without a country code. */
  phoneRegion: string
}

const device: KindRule = { class: 'device', priority: 20, limit: 500 }

/**
 * Segment allows 5 of everything but the login. Devices get 500: Safari forgets a script-written cookie after
 * 7 days, so one faithful visitor makes about 52 anonymous ids a year in one browser alone.
 */
export const defaultIdentitySettings: IdentitySettings = {
  kinds: {
    user_id: { class: 'login', priority: 100, limit: 1 },
    email: { class: 'contact', priority: 90, limit: 5 },
    phone: { class: 'contact', priority: 80, limit: 5 },
    anonymous_id: { class: 'device', priority: 10, limit: 500 },
    // Kinds the Segment mobile SDKs put into externalIds by themselves.
    'android.id': device,
    'android.idfa': device,
    'android.push_token': device,
    'ios.id': device,
    'ios.idfa': device,
    'ios.push_token': device,
    ga_client_id: device,
  },
  otherKinds: { class: 'contact', priority: 50, limit: 5 },
  maxHolders: 50,
  maxAliasedLogins: 20,
  blocked: [],
  phoneRegion: 'CN',
}

/** A rule with its name and its slot in the per-person counts. */
export type Kind = KindRule & { name: string; index: number; rank: number }

export type Kinds = { settings: IdentitySettings; byName: Map<string, Kind> }

export function createKinds(settings: IdentitySettings): Kinds {
  return { settings, byName: new Map() }
}

const classRank: Record<KindClass, number> = { login: 0, contact: 1, device: 2 }

export function kindNamed(kinds: Kinds, name: string): Kind {
  const known = kinds.byName.get(name)
  if (known) return known
  const own = Object.hasOwn(kinds.settings.kinds, name) ? kinds.settings.kinds[name] : undefined
  const rule = own ?? kinds.settings.otherKinds
  const kind = { ...rule, name, index: kinds.byName.size, rank: classRank[rule.class] }
  kinds.byName.set(name, kind)
  return kind
}

/** Logins, then contacts, then devices; inside a class by priority, then by name. */
export function compareKinds(a: Kind, b: Kind): number {
  if (a === b) return 0
  return a.rank - b.rank || b.priority - a.priority || (a.name < b.name ? -1 : 1)
}
