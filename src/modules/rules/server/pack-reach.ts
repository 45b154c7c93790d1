import type { ConsentRules } from './leaf.ts'

/** What a person said of a topic on a channel; the topic empty where it is about all marketing. */
export type Said = { channel: string; topic: string; state: 'granted' | 'denied' | 'pending' }

/** An address of theirs: whether it takes nothing any more, and which topics were refused for it, by whomever. */
export type SaidAddress = {
  channel: string
  dead: boolean
  refuses: readonly string[]
  /** Topics that were asked for again after all was refused. */
  except: readonly string[]
}

/** Both as the texts that rules ask for; see `Person` in leaf.ts. */
export function packReach(
  said: readonly Said[],
  addresses: readonly SaidAddress[],
  classOf: ConsentRules['classOf'],
): { consents: string[]; reach: string[] } {
  const reach: string[] = []
  for (const [channel, all] of Map.groupBy(addresses, (one) => one.channel)) {
    const alive = all.filter((one) => !one.dead)
    if (alive.length === 0) continue
    reach.push(channel)
    if (alive.every((one) => one.refuses.includes(''))) reach.push(`${channel}!`)
    const named = new Set(
      alive.flatMap((one) => [...one.refuses, ...one.except]).filter((topic) => topic !== ''),
    )
    for (const topic of named) {
      const isRefused = alive.every((one) => refuses(one, topic, classOf(topic) !== 'transactional'))
      reach.push(`${channel}${isRefused ? '!' : '+'}${topic}`)
    }
  }
  return {
    consents: said.map(({ channel, topic, state }) => `${channel}:${topic}=${state}`).sort(),
    reach: reach.sort(),
  }
}

const refuses = (one: SaidAddress, topic: string, isMarketing: boolean): boolean =>
  one.refuses.includes(topic) || (isMarketing && one.refuses.includes('') && !one.except.includes(topic))
