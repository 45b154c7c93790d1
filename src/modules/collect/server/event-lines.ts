import type { Item } from '#modules/collect/server/read-items.ts'
import { flatten, toCanonicalJson } from '#modules/rules/index.ts'
import { jsonTime } from '#platform/ch/time.ts'

/** One JSON line for ClickHouse's `events`. */
export const eventLine = (workspace: number, unit: number, item: Pick<Item, 'row'>): string =>
  `{"ws":${workspace},"unit":${unit},${item.row}\n`

/**
 * The line without its head; text is built directly because this runs for every event. `properties` and `context`
 * are written as objects: ClickHouse keeps an object read into a String column as its text.
 */
export function eventRow(
  item: Omit<Item, 'row'>,
  properties: Record<string, unknown>,
  context: Record<string, unknown>,
): string {
  return flat(
    `"time":${jsonTime(item.time)},"event":${JSON.stringify(item.name)},` +
      `"type":"${item.type}","message_id":${JSON.stringify(item.messageId)},"user_id":${JSON.stringify(item.userId ?? '')},` +
      `"anonymous_id":${JSON.stringify(item.anonymousId ?? '')},"props":${toCanonicalJson(flatten(properties))},` +
      `"properties":${item.propertiesText},"context":${contextText(context)},` +
      `"received_at":${jsonTime(item.receivedAt)},"seq":${item.seq},"idx":${item.idx}}`,
  )
}

// The library block repeats in every event and says nothing about the person; traits and ids are kept elsewhere.
function contextText(context: Record<string, unknown>): string {
  const kept = { ...context, library: undefined, traits: undefined, externalIds: undefined }
  return JSON.stringify(kept)
}

// V8 keeps joined text as a tree of its pieces until somebody reads it; as one piece it is a third of the memory.
function flat(text: string): string {
  Number(text)
  return text
}
