import type { Level, LevelCheck } from '#modules/portrait/contract.ts'

/** What the level is judged by. */
export type KnownFacts = {
  /** Classes of identifiers the person has. */
  hasLogin: boolean
  hasContact: boolean
  tags: number
  segments: number
  /** Names of attributes that have a value. */
  attributes: ReadonlySet<string>
  /** What they did in the last 90 days, and on how many days ever. */
  recentEvents: number
  activeDays: number
  /** Undefined when the reader may not see orders: then nothing is asked of them. */
  orders: number | undefined
  hasOrigin: boolean
}

/** Three things done say more than one click that strayed; three days are somebody who comes back. */
const someEvents = 3
const someDays = 3

/**
 * How well somebody is known, and what is missing for more.
 *
 * - low: who they are: a login or a contact.
 * - medium: features. A tag or a segment that says what they are to us, at least half of the important attributes, and
 *   something done lately.
 * - high: the full portrait. All important attributes, a way to reach them, days enough to see a habit, an order, and
 *   where they came from.
 *
 * A level needs everything of the levels below it.
 */
export function informationLevel(
  facts: KnownFacts,
  important: readonly string[],
): { level: Level; checks: LevelCheck[] } {
  const unknown = important.filter((name) => !facts.attributes.has(name))
  const isHalfKnown = unknown.length * 2 <= important.length
  const checks: LevelCheck[] = [
    { code: 'identity', level: 'low', met: facts.hasLogin || facts.hasContact },
    { code: 'tag', level: 'medium', met: facts.tags + facts.segments > 0 },
    { code: 'some_attributes', level: 'medium', met: isHalfKnown, attributes: isHalfKnown ? [] : unknown },
    { code: 'activity', level: 'medium', met: facts.recentEvents >= someEvents },
    {
      code: 'all_attributes',
      level: 'high',
      met: unknown.length === 0,
      attributes: isHalfKnown ? unknown : [],
    },
    { code: 'contact', level: 'high', met: facts.hasContact },
    { code: 'history', level: 'high', met: facts.activeDays >= someDays },
    ...(facts.orders === undefined
      ? []
      : [{ code: 'order', level: 'high', met: facts.orders > 0 } satisfies LevelCheck]),
    { code: 'origin', level: 'high', met: facts.hasOrigin },
  ]
  const reached = (level: LevelCheck['level']) => checks.every((check) => check.level !== level || check.met)
  const [low, medium, high] = [reached('low'), reached('medium'), reached('high')]
  const level = !low ? 'none' : !medium ? 'low' : !high ? 'medium' : 'high'
  return { level, checks }
}
