import type { CatalogueEntry } from '#modules/collect/contract.ts'
import { eventNames, eventProperties, propertySample } from '#modules/collect/server/event-catalogue.ts'
import { loadEventNotes } from '#modules/collect/server/event-note-store.ts'
import { eventSources, type SourceDeps } from '#modules/collect/server/event-sources.ts'
import { saidOf } from '#modules/collect/server/list-catalogue.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'

/** One event: what is said of it, its properties with the types they came in, and who sends it. */
export async function showEvent(deps: SourceDeps, ctx: WorkspaceCtx, name: string): Promise<CatalogueEntry> {
  const [facts, properties, sources, notes] = await Promise.all([
    eventNames(deps.ch, ctx, undefined, name),
    eventProperties(deps, ctx, name),
    eventSources(deps, ctx, name),
    deps.database.read(ctx, (tx) => loadEventNotes(tx, name)),
  ])
  const seen = facts.items[0]
  const note = notes.get(name)
  if (!seen && !note) throw new AppError('event.missing', 'missing', 'No event of this name came yet.')
  return {
    name,
    type: seen?.type ?? 'track',
    count: seen?.count ?? 0,
    people: seen?.people ?? 0,
    firstSeen: seen?.firstSeen ?? null,
    lastSeen: seen?.lastSeen ?? null,
    ...saidOf(note),
    sampled: Math.min(seen?.count ?? 0, propertySample),
    properties: byPath(properties.items),
    sources,
  }
}

type Kind = Awaited<ReturnType<typeof eventProperties>>['items'][number]

/** A property may come as several types; examples of each are shown together. */
function byPath(kinds: readonly Kind[]): CatalogueEntry['properties'] {
  return [...Map.groupBy(kinds, (one) => one.path)].map(([path, own]) => {
    const types = Map.groupBy(own, (one) => one.type)
    return {
      path,
      count: sum(own),
      types: [...types].map(([type, same]) => ({ type, count: sum(same) })),
      examples: [...new Set(own.flatMap((one) => one.examples))].slice(0, 5),
    }
  })
}

const sum = (kinds: readonly Kind[]) => kinds.reduce((total, one) => total + one.count, 0)
