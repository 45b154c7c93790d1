/** One name of a person: a login, a device, a mail address, a phone, or a kind the workspace defines. */
export type Identifier = { kind: string; value: string }

/** Place in the one order everything is folded in: event time (ms), then message id (code units). */
export type Moment = { time: number; messageId: string }

/** What one event says about identifiers: normalised, blocked values already removed. */
export type Observation = Moment & {
  ids: readonly Identifier[]
  source?: string
  /** Set on `alias`: the former user id or device id that the login among `ids` takes over. */
  previousId?: string
}

/** These are one person, whatever the observations say. The root is a login where there is one. */
export type Group = {
  members: Identifier[]
  root: Identifier
  /** When the root was chosen (wall clock, ms): of several choices the latest holds. */
  at: number
}

/**
 * How far a parting goes. 1: they are not one person. 2: nor does a device pass between them, or a contact get also
 * known. 3: nor does an event that names both say anything about the two; its identifiers are taken in groups.
 */
export type Reach = 1 | 2 | 3

/** No identifier of `left` is one person with one of `right`. */
export type Apart = { left: Identifier[]; right: Identifier[]; reach: Reach }

/**
 * A decision of a user, complete in itself: it names every identifier it pins or parts, so that observations
 * arriving later, with whatever event time, cannot change what was decided.
 */
export type Decision = {
  id: string
  /** Wall clock, ms. */
  at: number
  kind: 'merge' | 'unmerge'
  by?: string
  /** Whether that is the name of a member or of a key. */
  byKind?: string
  groups: Group[]
  apart: Apart[]
  /** Ids of earlier decisions that no longer hold; each shares an identifier with this one. */
  cancels: string[]
}

export function isBefore(a: Moment, b: Moment): boolean {
  return a.time < b.time || (a.time === b.time && a.messageId < b.messageId)
}

export function compareMoments(a: Moment, b: Moment): number {
  if (a.time !== b.time) return a.time - b.time
  return a.messageId < b.messageId ? -1 : a.messageId > b.messageId ? 1 : 0
}

/** Identifiers named by a decision, each once. */
export function identifiersOf(decision: Decision): Identifier[] {
  const found = new Map<string, Identifier>()
  const add = (id: Identifier) => found.set(textOf(id), id)
  for (const group of decision.groups) group.members.forEach(add)
  for (const { left, right } of decision.apart) [...left, ...right].forEach(add)
  return [...found.values()]
}

/** `kind:value`; kinds hold no colon, so the text is unambiguous. */
export function textOf(id: Identifier): string {
  return `${id.kind}:${id.value}`
}
