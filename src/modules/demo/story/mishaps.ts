import { DAY, dayOf, HOUR, MINUTE } from './calendar.ts'
import { isApp } from './devices.ts'
import type { Message } from './message.ts'
import { between, chance, draw, type Random } from './random.ts'
import { appVersion, BROKEN_RELEASE, deviceOf, type Stage } from './stage.ts'

/** Days on which the book landing page, made by an agency, sends placeholders for ids. */
export const BUGGY_PAGE = { channel: 'bookstore', from: 40, to: 75 }

const emptyDeviceId = '00000000-0000-0000-0000-000000000000'

/** What faulty senders make of a message; most pass unchanged. */
export function spoil(stage: Stage, message: Message): Message {
  if (message.event?.startsWith('Order ') && isBrokenRelease(stage)) return withTextRevenue(message)
  if (isBuggyPage(stage) && message.userId === undefined) return withPlaceholderId(stage.r, message)
  return message
}

function isBrokenRelease(stage: Stage): boolean {
  return isApp(deviceOf(stage)) && appVersion(stage.story, stage.at) === BROKEN_RELEASE.version
}

function withTextRevenue(message: Message): Message {
  const revenue = message.properties?.revenue
  if (typeof revenue !== 'number') return message
  return { ...message, properties: { ...message.properties, revenue: revenue.toFixed(2) } }
}

function isBuggyPage(stage: Stage): boolean {
  const day = dayOf(stage.story.calendar, stage.at)
  return (
    stage.person.channel.key === BUGGY_PAGE.channel &&
    day >= BUGGY_PAGE.from &&
    day <= BUGGY_PAGE.to &&
    stage.search !== ''
  )
}

/** The device id is only ever lost where a phone still says who it is. */
function withPlaceholderId(r: Random, message: Message): Message {
  if (message.type === 'identify' && chance(r, 0.3)) return { ...message, anonymousId: emptyDeviceId }
  const userId = ['null', '0000', 'anonymous', 'undefined'][between(r, 0, 3)]
  return chance(r, 0.7) ? { ...message, userId } : message
}

/** When the message leaves the device: at once, or hours later from a phone that was offline. */
export function sendTime(r: Random, at: number): number {
  const luck = draw(r)
  if (luck > 0.003) return at
  return at + (luck > 0.001 ? between(r, 5, 300) * MINUTE : between(r, 6, 96) * HOUR)
}

/** When an impatient SDK sends the same message again, unchanged; undefined for nearly all. */
export function retryTime(r: Random, at: number): number | undefined {
  if (!chance(r, 0.005)) return undefined
  return chance(r, 0.8) ? at + between(r, 1, 40) * 1000 : at + between(r, 1, 30) * (DAY / 10)
}
