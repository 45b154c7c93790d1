import { dayOf, waveAt } from './calendar.ts'
import type { Person, Story } from './cast-person.ts'
import { site } from './catalogue.ts'
import { type Device, isApp } from './devices.ts'
import type { Fields, Message } from './message.ts'
import { draw, item, type Random, waiting, word } from './random.ts'

/** Who acts, where and when: scenes move `at` forward and speak through `say*`. One object is reused for all scenes. */
export type Stage = {
  story: Story
  r: Random
  person: Person
  deviceNo: number
  at: number
  /** Live traffic shortens long pauses, such as a whole lesson. */
  longestPause: number
  /** The query string of an advertisement's landing address and its campaign; empty beyond the landing page. */
  search: string
  campaign?: Fields
  send: (message: Message, at: number) => void
}

// The release of days 96 to 98 sends `revenue` as text, see mishaps.ts.
export const BROKEN_RELEASE = { version: '5.3.0', from: 96, to: 98 }

const releases: readonly [number, string][] = [
  [0, '5.1.2'],
  [31, '5.2.0'],
  [64, '5.2.3'],
  [BROKEN_RELEASE.from, BROKEN_RELEASE.version],
  [BROKEN_RELEASE.to + 1, '5.3.1'],
  [140, '5.4.0'],
]

export function appVersion(story: Story, at: number): string {
  const day = dayOf(story.calendar, at)
  return (releases.findLast(([from]) => from <= day) ?? item(releases, 0))[1]
}

export function deviceOf(stage: Stage): Device {
  return item(stage.person.devices, stage.deviceNo)
}

export function pause(stage: Stage, meanSeconds: number): void {
  stage.at += Math.min(stage.longestPause, 400 + Math.floor(waiting(stage.r, meanSeconds * 1000)))
}

/** Puts the visitor on the landing page of the channel, with campaign and click id as the ad platform appends them. */
export function arriveByChannel(stage: Stage): void {
  const { channel } = stage.person
  if (channel.medium === 'none') return
  const wave = waveAt(stage.story.calendar, stage.at)
  const name = wave ? `${wave.key}_${stage.person.audience}` : `always_${stage.person.audience}`
  const content = `creative_${1 + Math.floor(draw(stage.r) * 6)}`
  stage.campaign = { name, source: channel.source, medium: channel.medium, content }
  const click = channel.clickParam ? `&${channel.clickParam}=${clickId(stage.r)}` : ''
  stage.search = `?utm_source=${channel.source}&utm_medium=${channel.medium}&utm_campaign=${name}&utm_content=${content}${click}`
}

function clickId(r: Random): string {
  return `${word(r).toString(36)}${word(r).toString(36)}${word(r).toString(36)}`
}

export function leaveLanding(stage: Stage): void {
  stage.search = ''
  stage.campaign = undefined
}

export function sayTrack(
  stage: Stage,
  event: string,
  properties: Fields,
  path = '/',
  title = '青禾在线',
): void {
  const ids = idsOf(stage)
  deliver(stage, { type: 'track', ...ids, event, properties, context: contextOf(stage, path, title) })
}

/** `page` on the web, `screen` in the app. */
export function sayView(stage: Stage, name: string, path: string): void {
  const ids = idsOf(stage)
  const context = contextOf(stage, path, name)
  if (isApp(deviceOf(stage))) deliver(stage, { type: 'screen', ...ids, name, properties: { path }, context })
  else deliver(stage, { type: 'page', ...ids, name, properties: pageOf(stage, path, name), context })
}

/** Without a sign-in before it, an identify is a trait of the device: a number left in a form. */
export function sayIdentify(stage: Stage, traits: Fields, externalIds?: Fields[]): void {
  const context = { ...contextOf(stage, '/account', '我的'), externalIds }
  deliver(stage, { type: 'identify', ...idsOf(stage), traits, context })
}

export function sayGroup(stage: Stage, groupId: string, traits: Fields): void {
  deliver(stage, {
    type: 'group',
    ...idsOf(stage),
    groupId,
    traits,
    context: contextOf(stage, '/business', '企业'),
  })
}

export function sayAlias(stage: Stage, previousId: string): void {
  const { messageId, timestamp } = idsOf(stage)
  const context = contextOf(stage, '/account', '账号升级')
  deliver(stage, { type: 'alias', messageId, timestamp, userId: stage.person.userId, previousId, context })
}

/** The parent has an account of their own, made at their own phone: not a word of the child's device. */
export function sayParent(stage: Stage): void {
  const { messageId, timestamp } = idsOf(stage)
  const { index, parentName, phone, city } = stage.person
  const context = contextOf(stage, '/account', '家长账号')
  const traits = { name: parentName, phone, city }
  deliver(stage, { type: 'identify', messageId, timestamp, userId: `parent_${index}`, traits, context })
}

export function signIn(stage: Stage): void {
  stage.person.signedIn |= 1 << stage.deviceNo
}

export function isSignedIn(stage: Stage): boolean {
  return (stage.person.signedIn & (1 << stage.deviceNo)) !== 0
}

type Ids = Pick<Message, 'messageId' | 'timestamp' | 'anonymousId' | 'userId'>

function idsOf(stage: Stage): Ids {
  const { person } = stage
  const device = deviceOf(stage)
  const messageId = person.messagePrefix + (person.sent++).toString(36)
  const timestamp = new Date(stage.at + device.ahead).toISOString()
  if (!isSignedIn(stage)) return { messageId, timestamp, anonymousId: device.id }
  return { messageId, timestamp, anonymousId: device.id, userId: person.userId }
}

function deliver(stage: Stage, message: Message): void {
  stage.send(message, stage.at)
}

function pageOf(stage: Stage, path: string, title: string): Fields {
  const referrer = stage.search ? stage.person.channel.referrer : site
  return { path, url: `${site}${path}${stage.search}`, title, referrer, search: stage.search }
}

function contextOf(stage: Stage, path: string, title: string): Fields {
  const device = deviceOf(stage)
  if (isApp(device)) return appContext(stage, device)
  const page = pageOf(stage, path, title)
  const base = {
    library: webLibrary,
    userAgent: device.agent,
    locale: 'zh-CN',
    timezone: 'Asia/Shanghai',
    page,
  }
  return stage.campaign ? { ...base, campaign: stage.campaign } : base
}

const webLibrary = { name: 'analytics.js', version: 'next-1.84.3' }
const appLibraries = {
  Apple: { name: 'analytics-ios', version: '4.1.8' },
  Android: { name: 'analytics-android', version: '4.11.3' },
}

function appContext(stage: Stage, device: Device): Fields {
  const type = device.maker === 'Apple' ? 'ios' : 'android'
  return {
    library: type === 'ios' ? appLibraries.Apple : appLibraries.Android,
    app: { name: '青禾在线', version: appVersion(stage.story, stage.at), namespace: 'example.qinghe.app' },
    device: { id: device.id, type, manufacturer: device.maker, model: device.model },
    os: { name: device.osName, version: device.osVersion },
    userAgent: device.agent,
    locale: 'zh-CN',
    timezone: 'Asia/Shanghai',
  }
}
