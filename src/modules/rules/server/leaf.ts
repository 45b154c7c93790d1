import type { ConsentState, Leaf, Rule, Where } from '../contract.ts'
import type { Canonical, CanonicalRecord } from './canonical.ts'
import { matchesValue } from './match-value.ts'
import type { Compilation, Condition } from './sql-compilation.ts'

/** What both evaluators must know about the workspace besides the rule. */
export type RuleEnv = {
  /** Milliseconds; events later than this do not count yet. */
  now: number
  /** IANA zone in which `from`/`to` dates are whole days. */
  timezone: string
  segments: (id: string) => Rule | undefined
  /** The number a list or snapshot has in storage; undefined when there is none of this id. */
  lists?: (id: string) => number | undefined
  /** The tag itself and everything below it. */
  tagChildren: (tag: string) => readonly string[]
  attributeType: (name: string) => string | undefined
  /** The stored spelling of a mail address or phone number; undefined when it is none. */
  normalise: (kind: string, value: string) => string | undefined
  /** What the workspace says of consents; left out, there are no topics. */
  consents?: ConsentRules
}

/** Topics there are, and what silence means. */
export type ConsentRules = {
  /** Class of a topic; undefined when there is none of this key. */
  classOf(topic: string): 'marketing' | 'transactional' | undefined
  /** Whether somebody who said nothing may be sent to. */
  allowsUnknown(channel: string, topic: string): boolean
  /** Topics of marketing that are in use. */
  marketing: readonly string[]
}

export type PersonEvent = { name: string; time: number; messageId: string; props: CanonicalRecord }

/** One person as the TypeScript evaluator sees them; `events` are sorted by (time, messageId), future ones included. */
export type Person = {
  attrs: CanonicalRecord
  tags: readonly string[]
  events: readonly PersonEvent[]
  /** Numbers of the lists and snapshots they are on. */
  lists?: readonly number[]
  /** Member who looks after them, and the department that one works in; left out, nobody. */
  owner?: string | null
  department?: string | null
  /**
   * `channel:topic=state` of what they said, the topic empty where it is about all marketing; a topic that is named is
   * settled, whatever is said of all.
   */
  consents?: readonly string[]
  /**
   * `channel` where they have an address that takes messages, `channel!` where each of these refuses all marketing; of a
   * topic that was named `channel!topic` where each refuses it, else `channel+topic`.
   */
  reach?: readonly string[]
  /** What they belong to; none when left out. */
  circles?: readonly PersonCircle[]
}

/** A company or household of a person. `events`: those of all its people, the person's own too, in no order. */
export type PersonCircle = {
  kind: 'company' | 'household'
  attrs: CanonicalRecord
  /** Title in a company, role in a household. */
  title: string | null
  people: number
  events: readonly PersonEvent[]
}

/** What was found in place of the condition, for explanations. */
export type Seen =
  | { value: Canonical | null }
  | { tags: string[] }
  | { consent: ConsentState; address?: boolean }
  | { count: number; value?: Canonical | null; times?: number[] }
  | null

/** `flipsAt`: the earliest later moment at which this answer may change without new data. */
export type Verdict = { holds: boolean; seen: Seen; flipsAt: number | undefined }

/** What a kind of leaf must bring: its meaning for one person, and the same meaning as SQL. */
export type LeafKind<L extends Leaf> = {
  evaluate(leaf: L, person: Person, env: RuleEnv, judge: (rule: Rule) => Verdict): Verdict
  compile(leaf: L, c: Compilation, compileRule: (rule: Rule) => Condition): Condition
}

/** Does an event's property record satisfy a `where` list (all of it)? */
export function matchesWhere(props: CanonicalRecord, where: readonly Where[] = []): boolean {
  return where.every((node) => matchesWhereNode(props, node))
}

function matchesWhereNode(props: CanonicalRecord, node: Where): boolean {
  if ('all' in node) return node.all.every((child) => matchesWhereNode(props, child))
  if ('any' in node) return node.any.some((child) => matchesWhereNode(props, child))
  if ('not' in node) return !matchesWhereNode(props, node.not)
  return matchesValue(readPath(props, node.prop), node)
}

/** A stored value by path; an empty list is stored nowhere and counts as missing. */
export function readPath(record: CanonicalRecord, path: string): Canonical | undefined {
  const value = Object.hasOwn(record, path) ? record[path] : undefined
  return Array.isArray(value) && value.length === 0 ? undefined : value
}

/** The earlier of two moments, either of which may be absent. */
export function earlier(left: number | undefined, right: number | undefined): number | undefined {
  if (left === undefined || right === undefined) return left ?? right
  return Math.min(left, right)
}
