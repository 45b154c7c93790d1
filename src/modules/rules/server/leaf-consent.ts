import type { ConsentLeaf, ConsentState, ReachableLeaf } from '../contract.ts'
import type { ConsentRules, LeafKind, Person } from './leaf.ts'
import { type Compilation, constant, personCondition } from './sql-compilation.ts'

/** What somebody said about a topic on a channel; of marketing, what they said of all of it counts where the topic is not named. */
export const consentLeaf: LeafKind<ConsentLeaf> = {
  evaluate({ consent: { channel, topic, is } }, person, env) {
    const said = saidBy(person, channel, topic, isMarketing(env.consents, topic))
    return { holds: said === is, seen: { consent: said }, flipsAt: undefined }
  },
  compile(leaf, c) {
    const { channel, topic, is } = leaf.consent
    return personCondition(c, leaf, () => {
      const among = (texts: readonly string[]) => `hasAny(consents, ${bindTexts(c, texts)})`
      const named = saidStates.map((state) => `${channel}:${topic}=${state}`)
      const all = isMarketing(c.env.consents, topic) ? saidStates.map((state) => `${channel}:=${state}`) : []
      if (is === 'unknown') return `NOT (${inReach(c, among([...named, ...all]))})`
      const own = among([`${channel}:${topic}=${is}`])
      if (all.length === 0) return inReach(c, own)
      return inReach(c, `${own} OR (${among([`${channel}:=${is}`])} AND NOT ${among(named)})`)
    })
  },
}

/** Has an address that takes mail, does not refuse the topic, and consent is as the workspace wants it. */
export const reachableLeaf: LeafKind<ReachableLeaf> = {
  evaluate({ reachable: { channel, topic } }, person, env) {
    const topics = topicsMeant(env.consents, topic)
    const address = (person.reach ?? []).includes(channel)
    const holds = topics.some((one) => isReachable(person, channel, one, env.consents))
    const [said = 'unknown'] = topics.map((one) =>
      saidBy(person, channel, one, isMarketing(env.consents, one)),
    )
    return { holds, seen: { consent: said, address }, flipsAt: undefined }
  },
  compile(leaf, c) {
    const { channel, topic } = leaf.reachable
    const topics = topicsMeant(c.env.consents, topic)
    if (topics.length === 0) return constant(false)
    return personCondition(c, leaf, () => {
      const ways = [...new Set(topics)].map((one) => reachableSql(c, channel, one))
      return inReach(c, `has(reach, ${c.bindings.bind('String', channel)}) AND (${ways.join(' OR ')})`)
    })
  },
}

const saidStates = ['granted', 'denied', 'pending'] as const

/** What nobody has described is treated as marketing: the careful way. */
const isMarketing = (rules: ConsentRules | undefined, topic: string): boolean =>
  rules?.classOf(topic) !== 'transactional'

/** A topic there is not can be sent to nobody. */
function topicsMeant(rules: ConsentRules | undefined, topic: string | undefined): readonly string[] {
  if (topic === undefined) return rules?.marketing ?? []
  return rules?.classOf(topic) === undefined ? [] : [topic]
}

function saidBy(person: Person, channel: string, topic: string, marketing: boolean): ConsentState {
  const { consents = [] } = person
  const find = (key: string) => saidStates.find((state) => consents.includes(`${channel}:${key}=${state}`))
  return find(topic) ?? (marketing ? find('') : undefined) ?? 'unknown'
}

function isReachable(
  person: Person,
  channel: string,
  topic: string,
  rules: ConsentRules | undefined,
): boolean {
  const { reach = [] } = person
  const marketing = isMarketing(rules, topic)
  if (!reach.includes(channel) || reach.includes(`${channel}!${topic}`)) return false
  if (marketing && reach.includes(`${channel}!`) && !reach.includes(`${channel}+${topic}`)) return false
  const said = saidBy(person, channel, topic, marketing)
  if (said === 'denied') return false
  return (
    said === 'granted' || !marketing || (said === 'unknown' && rules?.allowsUnknown(channel, topic) === true)
  )
}

function reachableSql(c: Compilation, channel: string, topic: string): string {
  const marketing = isMarketing(c.env.consents, topic)
  const among = (column: string, texts: readonly string[]) => `hasAny(${column}, ${bindTexts(c, texts)})`
  const of = (key: string, states: readonly string[]) => states.map((state) => `${channel}:${key}=${state}`)
  const named = among('reach', [`${channel}!${topic}`])
  const all = `${among('reach', [`${channel}!`])} AND NOT ${among('reach', [`${channel}+${topic}`])}`
  const refused = marketing ? `(${named} OR (${all}))` : named
  const denied = among('consents', of(topic, ['denied']))
  if (!marketing) return `NOT ${refused} AND NOT ${denied}`
  const settled = among('consents', of(topic, saidStates))
  const granted = `(${among('consents', of(topic, ['granted']))} OR (${among('consents', of('', ['granted']))} AND NOT ${settled}))`
  const silent = `NOT ${among('consents', [...of(topic, saidStates), ...of('', saidStates)])}`
  const allowed = c.env.consents?.allowsUnknown(channel, topic) === true
  return `NOT ${refused} AND (${allowed ? `${granted} OR ${silent}` : granted})`
}

const bindTexts = (c: Compilation, texts: readonly string[]): string =>
  c.bindings.bind('Array(String)', [...texts])

/** Everybody whose row of answers meets a condition; of a few people only theirs are read. */
function inReach(c: Compilation, condition: string): string {
  const { bindings, env, only } = c
  const where = [
    `ws = ${bindings.bind('UInt32', env.workspace)}`,
    'deleted = 0',
    ...(only === undefined ? [] : [`person IN ${bindings.bind('Array(UInt64)', [...only.persons])}`]),
    `(${condition})`,
  ]
  return `person IN (SELECT person FROM ${env.tables.reach ?? 'person_reach'} FINAL WHERE ${where.join(' AND ')})`
}
