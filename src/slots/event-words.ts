import type { Tx } from '#platform/pg/database.ts'

/** What something is called on screen, per language; empty where nobody said. */
export type EventLabels = { zh: string; en: string }
export type EventWord = {
  name: string
  labels: EventLabels
  description: string
  properties: readonly { path: string; labels: EventLabels; description: string }[]
}

/**
 * Extension point: a module that says what events and their properties are called, as long as the catalogue itself says
 * nothing else. Example: the tracking plan.
 */
export type EventWords = {
  words(tx: Tx): Promise<readonly EventWord[]>
}
