import type { AnalyticsDeps } from '#modules/analytics/server/analytics-deps.ts'
import { dropAll, dropLeastUsed, keptLimits } from '#modules/analytics/server/kept/kept-store.ts'
import {
  keepsAnything,
  noteTouched,
  pruneTouched,
  type Touched,
  workspacesWithTide,
} from '#modules/analytics/server/kept/touched-store.ts'
import type { PeopleChange, PeopleReactor } from '#slots/people-change.ts'
import type { PersonalDataKeeper } from '#slots/personal-data.ts'

type Deps = Pick<AnalyticsDeps, 'database' | 'ch'>

// Beyond this it is cheaper to answer anew than to note what changed: an import of years, a rebuilt identity.
const most = { hours: 2000, units: 2000 }
const everything: Touched = { everything: true }

/** Notes which hours changes touched, once they are visible; for kept answers. */
export function keptReactor(deps: Deps): PeopleReactor {
  return {
    name: 'answers',
    react: async (changes) => {
      for (const [workspace, ones] of Map.groupBy(changes, (one) => one.workspace)) {
        const isIdle = !(await deps.database.system((tx) => keepsAnything(tx, workspace)))
        const touched = isIdle ? everything : await touchedBy(deps, workspace, ones)
        if (touched) await deps.database.system((tx) => noteTouched(tx, workspace, touched))
      }
    },
    reactToAll: () => voidAll(deps),
    takenBack: () => voidAll(deps),
  }
}

async function touchedBy(
  deps: Deps,
  workspace: number,
  changes: readonly PeopleChange[],
): Promise<Touched | undefined> {
  const [hours, events, moved] = [new Set<number>(), new Set<string>(), new Set<number>()]
  let people = false
  for (const change of changes) {
    if (change.moved === undefined || (change.hours === undefined && change.events.size > 0))
      return everything
    for (const one of change.hours ?? []) hours.add(one)
    for (const one of change.events) events.add(one)
    for (const one of change.moved) moved.add(one)
    people ||= change.state.size > 0 || (change.around?.size ?? 0) > 0
  }
  if (moved.size > most.units) return everything
  if (moved.size > 0)
    for (const hour of await hoursOfUnits(deps, workspace, moved)) {
      hours.add(hour)
      events.add('')
    }
  if (hours.size > most.hours) return everything
  if (hours.size === 0 && !people) return undefined
  return { hours: [...hours], events: [...events], people }
}

/** When events happened that are somebody else's now. */
async function hoursOfUnits({ ch }: Deps, ws: number, units: ReadonlySet<number>): Promise<number[]> {
  const rows = await ch.query<{ hour: number }>(
    `SELECT DISTINCT intDiv(toUnixTimestamp64Milli(time), 3600000) AS hour FROM events
     WHERE ws = {ws:UInt32} AND unit IN {units:Array(UInt64)}`,
    { ws, units: [...units] },
  )
  return rows.map((row) => Number(row.hour))
}

/** What ClickHouse showed of any workspace cannot be relied on: nothing that was computed until now is used again. */
export const voidAll = ({ database }: Pick<Deps, 'database'>): Promise<void> =>
  database.system(async (tx) => {
    for (const workspace of await workspacesWithTide(tx)) await noteTouched(tx, workspace, everything)
  })

/** Answers name values of properties and attributes: all of a workspace's are forgotten with a person. */
export function keptKeeper({ database }: Pick<Deps, 'database'>): PersonalDataKeeper {
  return {
    name: 'kept answers',
    forget: ({ workspace }) =>
      database.write({ workspace }, async (tx) => {
        await noteTouched(tx, workspace.num, everything)
        await dropAll(tx, workspace.num)
      }),
  }
}

/** Keeps the whole within its bounds. */
export async function keepWithinBounds({ database }: Pick<Deps, 'database'>): Promise<void> {
  await database.system(async (tx) => {
    for (const workspace of await workspacesWithTide(tx)) {
      await dropLeastUsed(tx, keptLimits.workspace, workspace)
      await pruneTouched(tx, workspace)
    }
    await dropLeastUsed(tx, keptLimits.all)
  })
}
