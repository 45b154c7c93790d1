import { createHash } from 'node:crypto'
import type { WebhookType } from '#modules/webhooks/contract.ts'
import { listAlertPlaces } from '#modules/webhooks/server/endpoint-store.ts'
import { type NewMessage, noteMessages, wantedTypes } from '#modules/webhooks/server/message-store.ts'
import { type NetChange, netChanges } from '#modules/webhooks/server/net-changes.ts'
import type { WebhooksDeps } from '#modules/webhooks/server/webhooks-deps.ts'
import { newId } from '#platform/ids.ts'
import type { AlertListener } from '#slots/alert-listener.ts'
import type { ConsentListener } from '#slots/consent-listener.ts'
import type { PeopleListener } from '#slots/people-listener.ts'
import type { SegmentChange, SegmentListener } from '#slots/segment-listener.ts'

// A thousand ids are some 40 kB: more than the 20 kB Standard Webhooks recommends, far less than a request per person.
const peoplePerMessage = 1000

type NoteDeps = Pick<WebhooksDeps, 'database' | 'clock' | 'personIds'>
type Person = { id: string; merged?: string[] }

/** Messages are part of the transaction that changes people: there is one exactly when the change is there. */
export function peopleListener(deps: NoteDeps): PeopleListener {
  return {
    name: 'webhooks',
    changing: async (tx, changes) => {
      const wanted = await wantedTypes(tx, [...new Set(changes.map((one) => one.workspace))])
      const at = deps.clock.now()
      for (const net of netChanges(changes.filter((one) => wanted.has(one.workspace))))
        await noteMessages(tx, net.workspace, messagesOf(deps, net, wanted, at), at)
    },
  }
}

type Wanted = ReadonlyMap<number, ReadonlySet<WebhookType>>

function messagesOf(deps: NoteDeps, net: NetChange, wanted: Wanted, at: number): NewMessage[] {
  const idOf = (person: number) => deps.personIds.encode(net.workspace, person)
  const people = (persons: readonly number[]): Person[] => persons.map((person) => ({ id: idOf(person) }))
  const merged = () => [...net.merged].map(([into, from]) => ({ id: idOf(into), merged: from.map(idOf) }))
  const make = (type: WebhookType, all: () => Person[]) =>
    wanted.get(net.workspace)?.has(type) ? inThousands(all()).map((some) => message(type, some, at)) : []
  return [
    ...make('person.created', () => people(net.created)),
    ...make('person.changed', () => people(net.changed)),
    ...make('person.merged', merged),
  ]
}

function message(type: WebhookType, people: readonly Person[], at: number): NewMessage {
  const id = newId('msg')
  const body = bodyOf(type, { people }, at)
  return { id, type, body, people: people.length, segment: null, endpoints: null, key: id }
}

/** Told at least once, noted once: the key says which segment, when and who. */
export function segmentListener(deps: NoteDeps): SegmentListener {
  return {
    name: 'webhooks',
    changed: async (change) => {
      const { workspace } = change
      await deps.database.system(async (tx) => {
        const types = (await wantedTypes(tx, [workspace])).get(workspace)
        if (types) await noteMessages(tx, workspace, messagesOfSegment(deps, change, types), deps.clock.now())
      })
    },
  }
}

/** In the transaction that notes it; the key says which alert, which bucket, what. */
export const alertListener: AlertListener = {
  name: 'webhooks',
  places: listAlertPlaces,
  changed: async (tx, workspace, { type, key, at, only, alert, bucket, interval, unit, value, expected }) => {
    const body = bodyOf(type, { alert, bucket, interval, unit, value, expected }, at)
    const message = { id: newId('msg'), type, body, people: 0, segment: null, key: `${type} ${key}` }
    await noteMessages(tx, workspace, [{ ...message, endpoints: only }], at)
  },
}

/** In the transaction that changes them: what somebody said, and of what. */
export function consentListener(deps: Pick<NoteDeps, 'personIds'>): ConsentListener {
  return {
    name: 'webhooks',
    changed: async (tx, workspace, changes) => {
      const types = (await wantedTypes(tx, [workspace])).get(workspace)
      if (!types?.has('consent.changed')) return
      const at = Math.max(...changes.map((one) => one.at))
      const messages = inThousands(changes).map((some) => {
        const id = newId('msg')
        const consents = some.map(({ person, at: time, ...said }) => ({
          person: { id: deps.personIds.encode(workspace, person) },
          ...said,
          at: new Date(time).toISOString(),
        }))
        const body = bodyOf('consent.changed', { consents }, at)
        return {
          id,
          type: 'consent.changed' as const,
          body,
          people: some.length,
          segment: null,
          endpoints: null,
          key: id,
        }
      })
      await noteMessages(tx, workspace, messages, at)
    },
  }
}

function messagesOfSegment(
  deps: NoteDeps,
  { workspace, segmentId, entered, left, at }: SegmentChange,
  types: ReadonlySet<WebhookType>,
): NewMessage[] {
  const make = (type: WebhookType, persons: readonly number[]): NewMessage[] => {
    if (!types.has(type)) return []
    // Sorted: told again after a crash, they come in another order, and the parts must be the same.
    return inThousands(persons.toSorted((a, b) => a - b)).map((some) => {
      const people = some.map((person) => ({ id: deps.personIds.encode(workspace, person) }))
      const body = bodyOf(type, { segment: { id: segmentId }, people }, at)
      const key = keyOf(type, segmentId, at, some)
      return { id: newId('msg'), type, body, people: some.length, segment: segmentId, endpoints: null, key }
    })
  }
  return [...make('segment.entered', entered), ...make('segment.left', left)]
}

const bodyOf = (type: string, data: unknown, at: number): string =>
  JSON.stringify({ type, timestamp: new Date(at).toISOString(), data })

const keyOf = (type: string, segment: string, at: number, persons: readonly number[]): string =>
  createHash('sha256')
    .update(`${type} ${segment} ${at} ${persons.join(',')}`)
    .digest('base64url')

function inThousands<T>(all: readonly T[]): T[][] {
  const parts: T[][] = []
  for (let from = 0; from < all.length; from += peoplePerMessage)
    parts.push(all.slice(from, from + peoplePerMessage))
  return parts
}
