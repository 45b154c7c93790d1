import type { CatalogueEntry } from '#modules/collect/contract.ts'
import { eventNames, eventProperties, propertySample } from '#modules/collect/server/event-catalogue.ts'
import { eventSources, type SourceDeps } from '#modules/collect/server/event-sources.ts'
import { saidOf } from '#modules/collect/server/list-catalogue.ts'
import { inheritedOf, type KnownNames, loadNames } from '#modules/collect/server/names/event-names.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { EventWords } from '#slots/event-words.ts'

/** One event: what is said of it, its properties with the types they came in, and who sends it. */
export async function showEvent(
  deps: SourceDeps & { words: EventWords },
  ctx: WorkspaceCtx,
  name: string,
): Promise<CatalogueEntry> {
  const [facts, properties, sources, known] = await Promise.all([
    eventNames(deps.ch, ctx, undefined, name),
    eventProperties(deps, ctx, name),
    eventSources(deps, ctx, name),
    deps.database.read(ctx, (tx) => loadNames(tx, deps.words)),
  ])
  const seen = facts.items[0]
  const note = known.notes.get(name)
  const planned = known.planned.find((one) => one.name === name)
  if (!seen && !note) throw new AppError('event.missing', 'missing', 'No event of this name came yet.')
  return {
    name,
    type: seen?.type ?? 'track',
    count: seen?.count ?? 0,
    people: seen?.people ?? 0,
    firstSeen: seen?.firstSeen ?? null,
    lastSeen: seen?.lastSeen ?? null,
    ...saidOf(note),
    inherited: inheritedOf(name, planned),
    sampled: Math.min(seen?.count ?? 0, propertySample),
    properties: byPath(properties.items).map((one) => ({ ...one, ...namingOf(known, name, one.path) })),
    sources,
  }
}

type Kind = Awaited<ReturnType<typeof eventProperties>>['items'][number]

/** A property may come as several types; examples of each are shown together. */
function byPath(kinds: readonly Kind[]) {
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

function namingOf({ planned, properties }: KnownNames, event: string, path: string) {
  const said = (of: string) => properties.find((one) => one.event === of && one.path === path)
  const [here, everywhere] = [said(event), said('')].map((note) =>
    note ? { labels: note.labels, description: note.description } : null,
  ) as [Naming, Naming]
  const plan = planned.find((one) => one.name === event)?.properties.find((one) => one.path === path)
  const description = here?.description || plan?.description || everywhere?.description || ''
  return { here, everywhere, description }
}
type Naming = CatalogueEntry['properties'][number]['here']

const sum = (kinds: readonly Kind[]) => kinds.reduce((total, one) => total + one.count, 0)
