import { areApart } from './clusters.ts'
import { liveDecisions } from './fold.ts'
import type { IdentityState } from './identity-state.ts'
import { type Component, isLogin, type Known } from './known.ts'
import { nameOf, requireKnown } from './look-up.ts'
import { type Identifier, textOf } from './observation.ts'

/** `together`: on one event; `claimed`: a device used by; `alias`: said by the application; `merge`: by a user. */
export type StepRule = 'together' | 'claimed' | 'alias' | 'merge'

/** One reason why two identifiers are one person. `time` is event time, for `merge` the time of the decision. */
export type ExplainStep = {
  from: Identifier
  to: Identifier
  rule: StepRule
  time: number
  /** Message id of the observation, or id of the decision. */
  evidence: string
  source?: string
}

/** Why two identifiers are not one person. */
export type NotSame =
  | 'never_seen_together'
  | 'parted'
  | 'two_logins'
  | 'shared_device'
  | 'limit_or_shared_contact'

/** The shortest chain of evidence; when not the same, the chain that would have joined them, if there is one. */
export type Explanation = { same: boolean; why?: NotSame; steps: ExplainStep[] }

type Edge = { to: Known; step: Omit<ExplainStep, 'from' | 'to'> }

export function explainSame(state: IdentityState, x: Identifier, y: Identifier): Explanation {
  const [a, b] = [requireKnown(state, x), requireKnown(state, y)]
  if (a.cluster === b.cluster) {
    // A shared device may have joined two people who both had it, and be at home with a third.
    const isTheirs = (known: Known) => known.cluster === a.cluster
    const wasTheirs = (known: Known) =>
      isTheirs(known) || (known.device?.switches ?? []).some(({ owner }) => owner.cluster === a.cluster)
    const steps = shortest(a, b, isTheirs) ?? shortest(a, b, wasTheirs) ?? shortest(a, b, () => true)
    return { same: true, steps: steps ?? [] }
  }
  if (a.component !== b.component) return { same: false, why: 'never_seen_together', steps: [] }
  return { same: false, why: whyNot(a, b), steps: shortest(a, b, () => true) ?? [] }
}

function whyNot(a: Known, b: Known): NotSame {
  if (areApart(a.cluster.sides, b.cluster.sides)) return 'parted'
  const owners = (known: Known) => [known, ...(known.device?.switches ?? []).map(({ owner }) => owner)]
  const meets = owners(a).some((one) => owners(b).some((other) => one.cluster === other.cluster))
  if (meets) return 'shared_device'
  return a.cluster.logins > 0 && b.cluster.logins > 0 ? 'two_logins' : 'limit_or_shared_contact'
}

/** Breadth first over the evidence, earliest evidence first among equals. */
function shortest(a: Known, b: Known, isAllowed: (known: Known) => boolean): ExplainStep[] | undefined {
  const edges = edgesOf(a.component)
  const reached = new Map<Known, { by: Known; step: Edge['step'] } | undefined>([[a, undefined]])
  const queue = [a]
  for (const known of queue) {
    if (known === b) break
    for (const { to, step } of edges.get(known) ?? []) {
      if (reached.has(to) || !isAllowed(to)) continue
      reached.set(to, { by: known, step })
      queue.push(to)
    }
  }
  if (!reached.has(b)) return undefined
  const steps: ExplainStep[] = []
  for (let at = b, how = reached.get(b); how; at = how.by, how = reached.get(at)) {
    steps.unshift({ from: nameOf(how.by), to: nameOf(at), ...how.step })
  }
  return steps
}

function edgesOf(component: Component): Map<Known, Edge[]> {
  const edges = new Map<Known, Edge[]>()
  const add = (from: Known, to: Known, step: Edge['step']) => {
    // A user's word against it outweighs the observation.
    if (from === to || (step.rule !== 'merge' && areApart(from.sides, to.sides))) return
    edges.set(from, [...(edges.get(from) ?? []), { to, step }])
    edges.set(to, [...(edges.get(to) ?? []), { to: from, step }])
  }
  addObserved(component, add)
  const byText = new Map(component.members.map((known) => [textOf(nameOf(known)), known]))
  for (const { id, at, groups } of liveDecisions(component.decisions ?? [])) {
    for (const { members } of groups) {
      const known = members.map((member) => byText.get(textOf(member))).filter((m) => m !== undefined)
      pairs(known, (from, to) => add(from, to, { rule: 'merge', time: at, evidence: id }))
    }
  }
  for (const list of edges.values()) list.sort(earlier)
  return edges
}

// One order whatever the evidence was loaded in: time, then message id, then whom it names.
const earlier = (x: Edge, y: Edge) =>
  x.step.time - y.step.time ||
  compare(x.step.evidence, y.step.evidence) ||
  compare(textOf(nameOf(x.to)), textOf(nameOf(y.to)))
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

function addObserved(component: Component, add: (from: Known, to: Known, step: Edge['step']) => void): void {
  for (const { set, alias, time, messageId, source } of component.links ?? []) {
    const step = { time, evidence: messageId, ...(source === undefined ? {} : { source }) }
    if (alias) pairs(set.members, (from, to) => add(from, to, { rule: 'alias', ...step }))
    else pairs(set.members, (from, to) => add(from, to, { rule: ruleOf(from, to), ...step }))
  }
  for (const known of component.members) {
    for (const { key, time, messageId } of known.device?.runs ?? []) {
      for (const by of key.members) add(by, known, { rule: 'claimed', time, evidence: messageId })
    }
  }
}

/** A login or contact that brings its device claims it. */
function ruleOf(from: Known, to: Known): StepRule {
  return to.device && !from.device && (isLogin(from) || from.kind.class === 'contact')
    ? 'claimed'
    : 'together'
}

function pairs(members: readonly Known[], visit: (from: Known, to: Known) => void): void {
  members.forEach((from, i) => {
    for (const to of members.slice(i + 1)) visit(from, to)
  })
}
