import { healLists } from '#modules/segments/server/lists/heal-lists.ts'
import {
  circleReviewsOf,
  joinChanges,
  reviewsOf,
} from '#modules/segments/server/membership/affected-segments.ts'
import { type Agenda, newAgenda } from '#modules/segments/server/membership/agenda.ts'
import { reviewEverybody } from '#modules/segments/server/membership/evaluate-all.ts'
import { evaluateFor } from '#modules/segments/server/membership/evaluate-segments.ts'
import { readAgenda } from '#modules/segments/server/membership/read-agenda.ts'
import { workspacesWithOpenRuns } from '#modules/segments/server/membership/run-store.ts'
import { finishRuns, writeChanges } from '#modules/segments/server/membership/write-changes.ts'
import { dependentsOf, type KnownSegment, type WorkspaceRules } from '#modules/segments/server/rule-book.ts'
import { workspacesWithLists, workspacesWithSegments } from '#modules/segments/server/segment-store.ts'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'
import { healSnapshots } from '#modules/segments/server/snapshots/freeze-members.ts'
import type { PeopleReactor } from '#slots/people-change.ts'

export type Upkeep = {
  reactor: PeopleReactor
  /** Looks at those whose time has come, if there are any; takes the turn itself. */
  recheck(): Promise<void>
  /** Finishes interrupted runs of a workspace; inside the turn, before anything else is evaluated there. */
  prepare(rules: WorkspaceRules, workspace: number): Promise<void>
  /** Looks at people for some segments and whatever is built on them, and tells who came and went; inside the turn. */
  review(workspace: number, segments: readonly string[], persons: readonly number[]): Promise<void>
  /** Takes the projector's turn for work on memberships. */
  inTurn<T>(work: () => Promise<T>): Promise<T>
  /** New moments were written past the agenda: it is read anew. */
  forgetAgenda(): void
  /** Up to this moment those whose time had come were looked at; 0 before the first look. */
  lookedUpTo(): number
}

// The agenda reaches a minute ahead and is read again when half of it is used up.
const ahead = 60_000
const readAgainAt = 30_000
// Clocks are set right by fractions of a second all the time; a step back beyond this is looked into.
const slightStep = 60_000

/** Keeps stored memberships equal to the rules. Everything here runs inside the projector's turn: one at a time. */
export function openUpkeep(deps: SegmentsDeps): Upkeep {
  const prepared = new Set<number>()
  const agenda = newAgenda()
  // Moments up to here are dealt with; rows that still show one are superseded ones not merged away yet.
  let dealtWith = 0
  let lookedUpTo = 0

  async function prepare(rules: WorkspaceRules, workspace: number): Promise<void> {
    if (prepared.has(workspace)) return
    await finishRuns(deps, rules, workspace)
    prepared.add(workspace)
    const healed = new Set(await healLists(deps, workspace))
    await healSnapshots(deps, workspace)
    const lists = [...rules.segments.values()].filter((one) => healed.has(one.num)).map((one) => one.id)
    await reviewEverybody(deps, rules, workspace, builtOn(rules, lists))
  }

  /** An error leaves a run open and the agenda in doubt. */
  async function guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      prepared.clear()
      agenda.reset(0)
      throw error
    }
  }

  async function update(
    workspace: number,
    pick: (rules: WorkspaceRules) => KnownSegment[],
    persons: readonly number[],
  ) {
    const rules = await deps.rules.of(workspace)
    const segments = pick(rules)
    if (segments.length === 0 || persons.length === 0) return
    await prepare(rules, workspace)
    const rows = await evaluateFor(deps, rules, workspace, segments, persons)
    await writeChanges(deps, rules, workspace, rows)
    for (const row of rows) if (row.recheck > 0) agenda.add(workspace, row.segment, [row.person], row.recheck)
  }

  async function reactToAll(): Promise<void> {
    for (const workspace of await deps.database.system(workspacesWithSegments)) {
      const rules = await deps.rules.of(workspace)
      await prepare(rules, workspace)
      const live = [...rules.segments.values()].filter((segment) => segment.state === 'live')
      await reviewEverybody(deps, rules, workspace, live)
    }
    agenda.reset(0)
  }

  /** What a crash or an error interrupted must not wait for the next event of that workspace. */
  async function finishAllRuns(): Promise<void> {
    const workspaces = await deps.database.system(async (tx) => [
      ...(await workspacesWithOpenRuns(tx)),
      ...(await workspacesWithLists(tx)),
    ])
    for (const workspace of new Set(workspaces)) {
      prepared.delete(workspace)
      await prepare(await deps.rules.of(workspace), workspace)
    }
  }

  async function recheckNow(): Promise<void> {
    const now = deps.clock.now()
    if (agenda.until === 0) await finishAllRuns()
    if (now < dealtWith) {
      // Who left while the clock was ahead has no moment at which to come in again.
      if (now < dealtWith - slightStep) await reactToAll()
      dealtWith = 0
    }
    if (now >= agenda.until - readAgainAt || now < agenda.until - ahead)
      await readAgenda(deps.ch, agenda, dealtWith, now + ahead)
    const due = agenda.due(now)
    for (const [workspace, ones] of Map.groupBy(due, (one) => one.workspace)) await look(workspace, ones)
    agenda.done(now)
    dealtWith = Math.floor(now / 1000) * 1000 - 1
  }

  async function look(workspace: number, due: ReturnType<Agenda['due']>): Promise<void> {
    const named = due.filter((one) => one.persons !== 'everybody')
    const persons = new Set(named.flatMap((one) => [...one.persons].map(Number)))
    const nums = new Set(named.map((one) => one.segment))
    await update(workspace, (rules) => liveOf(rules, nums), [...persons])
    const whole = new Set(due.filter((one) => one.persons === 'everybody').map((one) => one.segment))
    if (whole.size === 0) return
    const rules = await deps.rules.of(workspace)
    await prepare(rules, workspace)
    await reviewEverybody(deps, rules, workspace, liveOf(rules, whole))
    agenda.reset(0)
  }

  return {
    prepare,
    review: (workspace, segments, persons) => update(workspace, (rules) => builtOn(rules, segments), persons),
    inTurn: (work) => deps.exclusive(() => guarded(work)),
    forgetAgenda: () => agenda.reset(0),
    lookedUpTo: () => lookedUpTo,
    reactor: {
      name: 'segments',
      react: (changes) =>
        guarded(async () => {
          for (const change of joinChanges(changes)) {
            const rules = await deps.rules.of(change.workspace)
            for (const { segments, persons } of reviewsOf(rules, change))
              await update(change.workspace, () => segments, persons)
            for (const { segments, persons, withMates } of circleReviewsOf(rules, change)) {
              const all = withMates ? await deps.circles.mates(change.workspace, persons) : persons
              await update(change.workspace, () => segments, all)
            }
          }
        }),
      reactToAll: () => guarded(reactToAll),
    },
    recheck: async () => {
      const now = deps.clock.now()
      const isIdle =
        now < agenda.until - readAgainAt && now >= agenda.until - ahead && (agenda.first ?? now + 1) > now
      if (!isIdle) await deps.exclusive(() => guarded(recheckNow))
      lookedUpTo = now
    },
  }
}

/** Live segments among these and those whose rules reach them. */
function builtOn(rules: WorkspaceRules, ids: readonly string[]): KnownSegment[] {
  const reached = new Set(ids.flatMap((id) => [id, ...dependentsOf(rules.segments, id)]))
  return [...reached]
    .flatMap((id) => rules.segments.get(id) ?? [])
    .filter((segment) => segment.state === 'live')
}

const liveOf = (rules: WorkspaceRules, nums: ReadonlySet<number>): KnownSegment[] =>
  [...nums].flatMap((num) => rules.byNum.get(num) ?? []).filter((segment) => segment.state === 'live')
