import { personsOfCircles } from '#modules/companies/server/circle-people.ts'
import {
  type CircleChange,
  companiesCalled,
  insertCircles,
  type MemberRow,
  membersAt,
  registerAttributes,
  saveMembers,
  saveTraits,
} from '#modules/companies/server/circle-store.ts'
import {
  attributesOf,
  cut,
  looksAlike,
  namedBy,
  type Said,
  sayBelongs,
  type Traits,
  tellTrait,
} from '#modules/companies/server/told.ts'
import { type FirstLook, firstLook, unitHomes } from '#modules/profiles/index.ts'
import { newId } from '#platform/ids.ts'
import type { Tx } from '#platform/pg/database.ts'
import type { StoredEvent } from '#slots/event-projection.ts'
import type { EventRecords } from '#slots/event-records.ts'

/** One `group` call, understood. */
type Call = StoredEvent & { externalId: string; traits: Record<string, unknown>; title: string | undefined }

/** Says what its sender is there; about the person, not the company. */
const titleTrait = 'member_title'
// As Segment takes.
const longestId = 500
const longestName = 500

/** Companies and who belongs to them, out of `group` calls. */
export const companyRecords: EventRecords = {
  name: 'companies',
  types: new Set(['group']),
  record: async (tx, workspace, events) => {
    const calls = events.flatMap((event) => readCall(event) ?? [])
    if (calls.length === 0) return undefined
    const companies = await takeTraits(tx, workspace, calls)
    const persons = await takeMembers(tx, workspace, calls, companies.nums)
    for (const person of await personsOfCircles(tx, workspace, companies.changed)) persons.add(person)
    return {
      workspace,
      persons: new Set(),
      events: new Set(),
      state: new Set(),
      moved: new Set(),
      around: persons,
    }
  },
}

function readCall(event: StoredEvent): Call | undefined {
  const { groupId, ...rest } = JSON.parse(event.propertiesText) as Record<string, unknown>
  const externalId =
    typeof groupId === 'number' ? String(groupId) : typeof groupId === 'string' ? groupId.trim() : ''
  if (externalId === '' || externalId.length > longestId) return undefined
  const { [titleTrait]: said, ...traits } = rest
  return {
    ...event,
    externalId: externalId.replaceAll('\u0000', ''),
    title: typeof said === 'string' ? cut(said, 200).replaceAll('\u0000', '') : undefined,
    traits: Object.fromEntries(Object.entries(traits).filter(([name]) => name.length <= longestName)),
  }
}

async function takeTraits(tx: Tx, workspace: number, calls: readonly Call[]) {
  const byId = Map.groupBy(calls, (call) => call.externalId)
  const known = new Map(
    (await companiesCalled(tx, workspace, [...byId.keys()])).map((row) => [row.externalId as string, row]),
  )
  const fresh = [...byId].filter(([externalId]) => !known.has(externalId))
  const made = fresh.map(([externalId, all]) => ({
    id: newId('com'),
    kind: 'company' as const,
    externalId,
    at: Math.min(...all.map((call) => call.time)),
  }))
  const numbers = await insertCircles(tx, workspace, made)
  const nums = new Map<string, number>([...known].map(([externalId, row]) => [externalId, row.num]))
  for (const one of made) nums.set(one.externalId, numbers.get(one.id) as number)
  const changes: CircleChange[] = []
  const types = new Map<string, FirstLook>()
  for (const [externalId, all] of byId) {
    const traits: Traits = known.get(externalId)?.traits ?? {}
    let [kept, shown] = [false, false]
    for (const call of all)
      for (const [name, value] of Object.entries(call.traits)) {
        const told = tellTrait(traits, name, [value, call.time, call.messageId])
        kept ||= told.kept
        shown ||= told.shown
        if (told.kept && value !== null && value !== undefined && !types.has(name))
          types.set(name, firstLook(name, value))
      }
    const from = Math.min(...all.map((call) => call.time))
    shown ||= from < (known.get(externalId)?.createdAt.getTime() ?? from)
    if (kept || shown)
      changes.push({
        num: nums.get(externalId) as number,
        traits,
        ...namedBy(attributesOf(traits)),
        shown,
        from,
      })
  }
  await saveTraits(tx, workspace, changes)
  await registerAttributes(tx, workspace, types)
  return { nums, changed: changes.filter((one) => one.shown).map((one) => one.num) }
}

/** Answers whose company it is anew. */
async function takeMembers(
  tx: Tx,
  workspace: number,
  calls: readonly Call[],
  nums: ReadonlyMap<string, number>,
): Promise<Set<number>> {
  const homes = await unitHomes(tx, workspace, [...new Set(calls.map((call) => call.unit))])
  const keyed = calls.map((call) => ({
    call,
    circle: nums.get(call.externalId) as number,
    unit: call.unit,
    place: homes.get(call.unit)?.isDevice ? Math.max(0, call.time) : 0,
  }))
  const rows = new Map((await membersAt(tx, workspace, keyed)).map((row) => [keyOf(row), row]))
  const before = new Map(rows)
  for (const { call, circle, unit, place } of keyed) {
    const key = keyOf({ circle, unit, place })
    const said: Said = { time: call.time, messageId: call.messageId, title: call.title }
    const known = rows.get(key)
    const belonging = sayBelongs(known, said)
    if (belonging !== known)
      rows.set(key, { circle, unit, place, main: false, removedBefore: null, ...known, ...belonging })
  }
  const changed = [...rows].filter(([key, row]) => JSON.stringify(before.get(key)) !== JSON.stringify(row))
  await saveMembers(
    tx,
    workspace,
    changed.map(([key, row]) => ({ ...row, shown: !looksAlike(before.get(key), row) })),
  )
  const persons = new Set<number>()
  const circles = new Set<number>()
  for (const [key, row] of changed) {
    if (looksAlike(before.get(key), row)) continue
    const home = homes.get(row.unit)
    if (home) persons.add(home.personAt(row.since))
    circles.add(row.circle)
  }
  // Somebody more: a company's number of people is another one for all of them.
  for (const person of await personsOfCircles(tx, workspace, [...circles])) persons.add(person)
  return persons
}

const keyOf = ({ circle, unit, place }: Pick<MemberRow, 'circle' | 'unit' | 'place'>): string =>
  `${circle}:${unit}:${place}`
