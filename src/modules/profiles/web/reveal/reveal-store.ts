import { createContext, use } from 'react'
import type { Answer } from '#web/api-client.ts'
import type { Profile, routes } from '../../contract.ts'

export type Revealed = Answer<typeof routes.reveal>
/** Full values by person, for as long as the view stands. */
export type RevealStore = {
  answers: ReadonlyMap<string, Revealed>
  reveal: (person: string, field: string) => Promise<void>
}

export const RevealContext = createContext<RevealStore>({ answers: new Map(), reveal: async () => undefined })

/** The person with the values that were revealed in this view. */
export function useRevealed(person: Profile): Profile {
  const answer = use(RevealContext).answers.get(person.id)
  return answer ? withRevealed(person, answer) : person
}

export function withRevealed(person: Profile, answer: Revealed): Profile {
  const kinds = new Set(answer.identifiers.map((id) => id.kind))
  const full = (kind: string) => answer.identifiers.filter((id) => id.kind === kind)
  const seen = new Set<string>()
  const identifiers = person.identifiers.flatMap((id) => {
    if (!kinds.has(id.kind)) return [id]
    if (seen.has(id.kind)) return []
    seen.add(id.kind)
    return full(id.kind)
  })
  const shown = new Set([
    ...kinds,
    ...Object.keys(answer.attributes),
    ...(answer.name === undefined ? [] : ['name']),
  ])
  return {
    ...person,
    name: answer.name === undefined ? person.name : answer.name,
    identifiers,
    attributes: { ...person.attributes, ...answer.attributes },
    masked: person.masked.filter((field) => !shown.has(field)),
  }
}

/** What was revealed before, and what is now. */
export const joinRevealed = (before: Revealed | undefined, now: Revealed): Revealed => ({
  ...before,
  ...now,
  identifiers: [
    ...(before?.identifiers.filter((id) => !now.identifiers.some((one) => one.kind === id.kind)) ?? []),
    ...now.identifiers,
  ],
  attributes: { ...before?.attributes, ...now.attributes },
})
