import type { SharedBoard } from '#modules/dashboards/contract/links.ts'

type Titles = SharedBoard['titles']
const hidden = new Set(['audience', 'where'])

/**
 * A question without its conditions: they may hold names and numbers of people, and the reader of a link needs only what
 * its lines are called.
 */
export function bareQuestion(question: unknown): Record<string, unknown> {
  return JSON.parse(JSON.stringify(question), function drop(key: string, value: unknown) {
    return hidden.has(key) ? undefined : value
  }) as Record<string, unknown>
}

/** Of the names of events and properties only those the questions speak of. */
export function titlesNamed({ events, properties }: Titles, questions: readonly unknown[]): Titles {
  const said = new Set<string>()
  JSON.stringify(questions, (_, value: unknown) => {
    if (typeof value === 'string') said.add(value)
    return value
  })
  return {
    events: events.filter(({ name }) => said.has(name)),
    properties: properties.filter(({ event, path }) => said.has(path) && (event === '' || said.has(event))),
  }
}
