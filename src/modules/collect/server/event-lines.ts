import type { Item } from '#modules/collect/server/read-items.ts'
import { flatten, toCanonicalJson } from '#modules/rules/index.ts'
import { jsonTime } from '#platform/ch/time.ts'

/** One JSON line for ClickHouse's `events`; text is built directly because this runs for every event. */
export function eventLine(workspace: number, unit: number, item: Item): string {
  const context = contextText(item.context)
  return (
    `{"ws":${workspace},"unit":${unit},"time":${jsonTime(item.time)},"event":${JSON.stringify(item.name)},` +
    `"type":"${item.type}","message_id":${JSON.stringify(item.messageId)},"user_id":${JSON.stringify(item.userId ?? '')},` +
    `"anonymous_id":${JSON.stringify(item.anonymousId ?? '')},"props":${toCanonicalJson(flatten(item.properties))},` +
    `"properties":${JSON.stringify(JSON.stringify(item.properties))},"context":${JSON.stringify(context)},` +
    `"received_at":${jsonTime(item.receivedAt)},"seq":${item.seq},"idx":${item.idx}}\n`
  )
}

// The library block repeats in every event and says nothing about the person.
function contextText(context: Record<string, unknown>): string {
  const { library: _library, traits: _traits, externalIds: _externalIds, ...rest } = context
  return Object.keys(rest).length === 0 ? '' : JSON.stringify(rest)
}
