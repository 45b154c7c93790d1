import { keepTouch, readTouch, type Touch } from './campaign.ts'
import { type Device, type Json, warn } from './device.ts'
import { createOutbox, type Drop } from './outbox.ts'
import { goOn } from './session.ts'
import { gateOf } from './store.ts'

export const library = { name: '@headwater/tracker', version: '0.1.0' }

/**
 * What is known of a visitor, one letter each as it may go with every request of the site: anonymous id, user id, group,
 * session, first and last touch, consent.
 */
export const idNames = 'augsflc'

export type Options = {
  /** Public key of the source, from Settings → Write keys. */
  writeKey: string
  /** Address of the server, such as `https://crm.example.com`. */
  host: string
  /** `required`: nothing is stored or sent until `consent('granted')`. */
  consent?: 'required' | undefined
  /** Counts "Do not track" and Global Privacy Control as `consent('denied')`, until somebody consents. */
  respectSignals?: boolean | 'on' | undefined
  /** Bytes that may wait to be sent (1,000,000); beyond that the oldest are dropped and reported. */
  maxQueueBytes?: number
  /** How long calls are gathered before they are sent (500). */
  flushMs?: number
  /** Told what will never be sent, and why; a console warning otherwise. */
  onDrop?: (drop: Drop) => void
}

export type Consent = 'granted' | 'denied'
/** What every page can call, before and after the script is there. */
export type Calls = {
  track(event: string, properties?: Json, context?: Json): void
  /** The page as it is, under a name of its own if one is given. */
  page(name?: string, properties?: Json): void
  identify(userId?: string | Json | null, traits?: Json, context?: Json): void
  group(groupId: string, traits?: Json): void
  alias(userId: string, previousId?: string): void
  /** Logged out: forgets who this is; the next call is somebody new's. */
  reset(): void
  consent(answer: Consent): void
  onReady(callback: (state: { anonymousId: string | null; userId: string | null }) => void): void
  /** Sends what waits now; resolves when that is settled or has to wait. */
  flush(): Promise<void> | undefined
}

export type Core = Calls & {
  arrive(touch: Touch | undefined): void
  leave(): void
  wake(): void
}

/** Everything that is the same in a browser and a mini-program. `signalled`: the visitor's browser says no. */
export function createCore(device: Device, options: Options, signalled = false): Core {
  const ids = gateOf(device.ids)
  const queue = gateOf(device.queue)
  let said: Consent | undefined = signalled && device.ids.get('c') !== 'granted' ? 'denied' : undefined

  /** Asked anew each time, as another page may have heard another answer. */
  function state(): Consent | 'pending' {
    const flag = said === 'denied' ? said : device.ids.get('c')
    if (flag === 'denied') return flag
    // A consent that was given here and is gone was taken back on another page.
    if (options.consent === 'required' && !flag) return said ? 'denied' : 'pending'
    ids.open()
    queue.open()
    said = 'granted'
    return said
  }

  const outbox = createOutbox(device, queue, {
    maxQueueBytes: 1e6,
    flushMs: 500,
    onDrop: ({ reason, status = '', messages }) => warn(`${messages} not sent: ${reason} ${status}`),
    ...options,
    maySend: () => state() === 'granted',
  })

  function anonymousId(): string {
    const id = ids.get('a') || device.random()
    ids.set('a', id)
    return id
  }

  const unlessDenied =
    <G extends unknown[]>(work: (...given: G) => void) =>
    (...given: G): void => {
      if (state() !== 'denied') work(...given)
    }

  const send = unlessDenied((type: string, fields: Json, more?: Json) => {
    const { id: sessionId, came } = goOn(ids)
    const [first, last] = [readTouch(ids, 'f'), readTouch(ids, 'l')]
    const { campaign, clickIds } = (came && last) || {}
    outbox.add({
      type,
      messageId: device.random(),
      timestamp: new Date(),
      anonymousId: anonymousId(),
      userId: ids.get('u') ?? undefined,
      ...fields,
      context: {
        ...device.context(),
        library,
        sessionId,
        // Those of this session; `touch` has the first and the last ever, however long ago.
        campaign,
        clickIds,
        touch: first && { first, last },
        groupId: ids.get('g') ?? undefined,
        ...more,
      },
    })
  })

  return {
    track: (event, properties = {}, more) => send('track', { event, properties }, more),
    page: (name, properties) =>
      send('page', { name, properties: { ...(device.context().page as Json), name, ...properties } }),
    identify: unlessDenied((given: string | Json | null | undefined, traits?: Json, more?: Json) => {
      const known = typeof given === 'object' ? given : undefined
      if (!known && given) ids.set('u', `${given}`)
      send('identify', { traits: known ?? traits ?? {} }, more)
    }),
    group: unlessDenied((groupId: string, traits: Json = {}) => {
      ids.set('g', groupId)
      send('group', { groupId, traits })
    }),
    alias: unlessDenied((userId: string, previousId?: string) => {
      const previous = previousId ?? ids.get('u') ?? anonymousId()
      ids.set('u', userId)
      send('alias', { previousId: previous })
    }),
    reset: () => {
      for (const name of idNames) if (name !== 'c') ids.remove(name)
    },
    consent: (answer) => {
      said = answer
      if (answer === 'granted') {
        device.ids.set('c', answer)
        return outbox.wake()
      }
      ids.shut()
      queue.shut()
      // Where nobody was asked, a "no" has to be remembered; the word alone names nobody.
      if (options.consent !== 'required') device.ids.set('c', answer)
    },
    onReady: (callback) => {
      // Not at once: a fault of the callback is its page's, not ours.
      setTimeout(callback, 0, { anonymousId: ids.get('a'), userId: ids.get('u') })
    },
    flush: outbox.flush,
    arrive: unlessDenied((touch?: Touch) => {
      goOn(ids, touch && keepTouch(ids, touch))
      anonymousId()
    }),
    leave: outbox.leave,
    wake: outbox.wake,
  }
}
