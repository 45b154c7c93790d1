import type { ImportSpec } from '#modules/imports/contract.ts'
import type { Entry } from '#modules/imports/server/mapping/group-orders.ts'
import type { Identifier } from '#modules/imports/server/mapping/read-row.ts'

/** Message ids of an import begin like this; by them its values are known again. */
export const messagePrefix = (importId: string) => `import:${importId}:`

/** What its items are sent as. */
export const sourceOf = (importId: string) => `import:${importId}`

/** The import that a source of calls is; undefined for every other source. */
export const importOf = (sourceId: string): string | undefined =>
  sourceId.startsWith('import:') ? sourceId.slice('import:'.length) : undefined

/** The row a message id of the import says; undefined where it is none of its. */
export function rowOf(importId: string, messageId: string): number | undefined {
  const row = messageId.startsWith(messagePrefix(importId))
    ? messageId.slice(messagePrefix(importId).length)
    : ''
  return /^\d+$/.test(row) ? Number(row) : undefined
}

/** Row numbers in equal length: rows of the same time count in the order of the file. */
export const messageId = (importId: string, row: number) =>
  messagePrefix(importId) + String(row).padStart(9, '0')

export type ItemContext = { importId: string; spec: Pick<ImportSpec, 'kind'>; startedAt: number }

/** The tracking call a row becomes; the same row of the same import always becomes the same call. */
export function makeItem(
  { importId, spec, startedAt }: ItemContext,
  { reading, lines }: Entry,
): Record<string, unknown> {
  const ids = [reading.key, ...reading.others]
  const people = spec.kind === 'people'
  const own = new Set<Identifier>()
  const first = (kind: string) => {
    const found = ids.find((id) => id.kind === kind)
    if (found) own.add(found)
    return found?.value
  }
  const userId = first('user_id')
  const anonymousId = first('anonymous_id')
  // As a trait a contact is shown as an attribute, too; beyond the first they are identifiers only.
  const traits = { ...reading.attributes }
  if (people)
    for (const kind of ['email', 'phone']) {
      const value = first(kind)
      if (value !== undefined) traits[kind] = value
    }
  const externalIds = ids.filter((id) => !own.has(id)).map(({ kind, value }) => ({ type: kind, id: value }))
  const context = { ...(externalIds.length > 0 && { externalIds }), ...(!people && { traits }) }
  return {
    type: people ? 'identify' : 'track',
    messageId: messageId(importId, lines[0] as number),
    timestamp: new Date(reading.time ?? startedAt).toISOString(),
    ...(userId !== undefined && { userId }),
    ...(anonymousId !== undefined && { anonymousId }),
    ...(people
      ? { traits }
      : {
          event: spec.kind === 'orders' ? 'Order Completed' : reading.event,
          properties: reading.properties,
        }),
    context,
  }
}
