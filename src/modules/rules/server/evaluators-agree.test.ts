import fc from 'fast-check'
import { afterAll, expect, test, vi } from 'vitest'
import type { Rule } from '../contract.ts'
import { flatten } from './canonical.ts'
import { compileMany } from './compile-many.ts'
import { compileRule } from './compile-rule.ts'
import { evaluate, nextFlip } from './evaluate.ts'
import type { Person, PersonEvent, RuleEnv } from './leaf.ts'
import { packReach } from './pack-reach.ts'
import { parseRule } from './parse-rule.ts'
import type { CompileEnv } from './sql-compilation.ts'
import type { RawPerson } from './testing/generate-rules.ts'
import {
  anyRule,
  listNumbers,
  now,
  openChannel,
  rawCircle,
  rawPerson,
  segments,
  topicClasses,
} from './testing/generate-rules.ts'
import { holds } from './testing/reference.ts'
import { openRuleDatabase } from './testing/rule-database.ts'

// A failing run names its seed; RULES_SEED repeats it, RULES_RUNS widens the search.
const seed = Number(process.env.RULES_SEED ?? Math.floor(Math.random() * 2 ** 31))
const ruleCount = Number(process.env.RULES_RUNS ?? 240)
const peopleCount = 60
// Several times what it takes on a quiet machine; a property, not a timing.
vi.setConfig({ testTimeout: 180_000 })

const tagTree: Record<string, string[]> = { root: ['root', 'child', 'leaf'], child: ['child', 'leaf'] }
const db = openRuleDatabase()
afterAll(() => db.close())

const raw = fc.sample(rawPerson, { seed, numRuns: peopleCount })
const circles = fc.sample(rawCircle(peopleCount), { seed: seed + 2, numRuns: 25 })
for (const { kind, attrs, members } of circles)
  for (const { person, title } of members) {
    const all = members.map((one) => raw[one.person] as RawPerson)
    const mine = raw[person] as RawPerson
    mine.circles = [...(mine.circles ?? []), { kind, attrs, title, people: all }]
  }
const rules = fc.sample(anyRule, { seed: seed + 1, numRuns: ruleCount })
const people = raw.map(asStored)
const ids = people.map((_, index) => index + 1)

function asStored(person: RawPerson): Person {
  const mine = (person.circles ?? []).map(({ people: all, attrs, ...one }) => ({
    ...one,
    attrs: flatten(attrs),
    people: all.length,
    events: all.flatMap(eventsOf),
  }))
  const lists = person.lists.map((list) => listNumbers[list] as number)
  const { tags, owner = '', department = '' } = person
  return {
    attrs: flatten(person.attrs),
    tags,
    owner,
    department,
    events: eventsOf(person),
    lists,
    circles: mine,
    ...packReach(person.said ?? [], person.addresses ?? [], (topic) => topicClasses[topic]),
  }
}

function eventsOf(person: RawPerson): PersonEvent[] {
  const events = person.events.map((event) => ({ ...event, props: flatten(event.props) }))
  return events.sort(
    (a, b) => a.time - b.time || Buffer.compare(Buffer.from(a.messageId), Buffer.from(b.messageId)),
  )
}

function envAt(moment: number, timezone: string): RuleEnv {
  return {
    now: moment,
    timezone,
    segments: (id) => segments[id],
    lists: (id) => listNumbers[id],
    tagChildren: (tag) => tagTree[tag] ?? [tag],
    attributeType: () => undefined,
    normalise: () => undefined,
    consents: {
      classOf: (topic) => topicClasses[topic],
      allowsUnknown: (channel) => channel === openChannel,
      marketing: Object.keys(topicClasses).filter((topic) => topicClasses[topic] === 'marketing'),
    },
  }
}

// Three units per person, so that one person's events come together from several.
function compileEnv(timezone: string): CompileEnv {
  return {
    ...envAt(now, timezone),
    workspace: 1,
    tables: db.tables,
    personOf: (unit) => `intDiv(${unit}, 3)`,
  }
}

db.addPeople(
  people.map(({ attrs, tags, owner, department }, i) => ({
    ...{ ws: 1, person: i + 1, attrs, tags: [...tags], version: 2 },
    ...{ owner: owner ?? '', department: department ?? '' },
  })),
)
db.addPeople(
  people.map((_, i) => ({
    ws: 1,
    person: i + 1,
    attrs: flatten({ plan: 'stale' }),
    tags: ['leaf'],
    version: 1,
  })),
)
db.addReach(
  people.flatMap(({ consents = [], reach = [] }, i) => [
    { ws: 1, person: i + 1, consents, reach, version: 2 },
    { ws: 1, person: i + 1, consents: ['email:news=granted'], reach: ['email', 'sms'], version: 1 },
    { ws: 2, person: i + 1, consents: ['email:=granted', 'sms:=denied'], reach: ['email'], version: 3 },
  ]),
)
db.addPeople([{ ws: 1, person: 999, attrs: flatten({ plan: 'pro' }), tags: ['root'], deleted: 1 }])
// Another workspace with the same numbers and other facts: it must not show.
db.addPeople(
  ids.map((person) => ({
    ws: 2,
    person: person + 30,
    attrs: flatten({ plan: 'pro', price: 5 }),
    tags: ['root'],
  })),
)
db.addEvents(
  people.flatMap(({ events }, i) =>
    events.map((event, k) => ({ ws: 1, unit: (i + 1) * 3 + (k % 3), ...event })),
  ),
)
db.addEvents(
  people.flatMap(({ events }, i) =>
    events.map((event) => ({ ws: 2, unit: (((i + 7) % peopleCount) + 1) * 3, ...event })),
  ),
)

// Everybody was on every list once; the later row says who still is. Another workspace's lists have the same numbers.
db.addToLists(
  ids.flatMap((id, i) =>
    Object.values(listNumbers).flatMap((list) => [
      { ws: 1, list, unit: id * 3 + 2, present: 1 as const, version: 1 },
      { ws: 1, list, unit: id * 3 + 2, present: people[i]?.lists?.includes(list) ? 1 : 0, version: 2 },
      { ws: 2, list, unit: id * 3, present: 1 as const, version: 3 },
    ]),
  ),
)
db.addCircles(circles.map(({ kind, attrs }, i) => ({ ws: 1, circle: i + 1, kind, attrs: flatten(attrs) })))
// Said of several identifiers of one person; the latest that told a title counts, in a tie the one of the higher unit.
// And what is gone, or another workspace's.
db.addMembers(
  circles.flatMap(({ kind, members }, i) =>
    members.flatMap(({ person, title }) =>
      [
        { k: 0, said: title ? 'pro' : '', since: now - 2000 },
        { k: 1, said: title ?? '', since: now - 2000 },
        { k: 2, said: '', since: now - 1000 },
      ].map(({ k, said, since }) => ({
        ...{ ws: 1, circle: i + 1, unit: (person + 1) * 3 + k, kind, since },
        title: said,
      })),
    ),
  ),
)
const stranger = { kind: 'company', title: 'pro', since: now }
db.addCircles([{ ws: 1, circle: 900, kind: 'company', attrs: flatten({ plan: 'pro' }), deleted: 1 }])
db.addMembers(ids.map((id) => ({ ws: 1, circle: 900, unit: id * 3, ...stranger })))
db.addMembers(ids.map((id) => ({ ws: 1, circle: 1, unit: id * 3 + 2, ...stranger, deleted: 1 })))
db.addCircles([{ ws: 2, circle: 1, kind: 'company', attrs: flatten({ plan: 'pro' }) }])
db.addMembers(ids.map((id) => ({ ws: 2, circle: 1, unit: id * 3, ...stranger })))

const zoneOf = (index: number): string => (index % 2 === 0 ? 'Asia/Shanghai' : 'America/New_York')
const told = (index: number): string => `seed ${seed}, rule ${index}: ${JSON.stringify(rules[index])}`

test(`generated rules mean the same to reference, TypeScript and SQL (seed ${seed})`, () => {
  let members = 0
  for (const [index, rule] of rules.entries()) {
    parseRule(rule)
    const timezone = zoneOf(index)
    const reference = ids.filter((id) =>
      holds(rule, raw[id - 1] as RawPerson, { now, timezone, segments, tags: tagTree }),
    )
    const typescript = ids.filter((id) => evaluate(rule, people[id - 1] as Person, envAt(now, timezone)))
    expect(typescript, `TypeScript, ${told(index)}`).toEqual(reference)
    expect(setOf(rule, timezone), `SQL, ${told(index)}`).toEqual(reference)
    members += reference.length
  }
  // Rules that hold for nobody or everybody would prove nothing.
  expect(members).toBeGreaterThan(ruleCount * peopleCount * 0.1)
  expect(members).toBeLessThan(ruleCount * peopleCount * 0.9)
})

function setOf(rule: Rule, timezone: string): number[] {
  return db
    .rows<{ person: number }>(compileRule(rule, compileEnv(timezone)).setSql())
    .map((row) => Number(row.person))
    .sort((a, b) => a - b)
}

test('many rules over some people answer as each alone, with the moment each answer may change', () => {
  const only = {
    persons: ids.slice(0, 40),
    units: ids.slice(0, 40).flatMap((id) => [id * 3, id * 3 + 1, id * 3 + 2]),
  }
  for (let start = 0; start < rules.length; start += 20) {
    const batch = rules.slice(start, start + 20)
    const rows = db.rows<{ person: number; bits: number[]; rechecks: number[] }>(
      compileMany(batch, compileEnv('Asia/Shanghai'), only),
    )
    expect(rows.map((row) => Number(row.person)).sort((a, b) => a - b)).toEqual(only.persons)
    for (const { person, bits, rechecks } of rows) {
      const subject = people[Number(person) - 1] as Person
      const env = envAt(now, 'Asia/Shanghai')
      expect(bits, told(start)).toEqual(batch.map((rule) => Number(evaluate(rule, subject, env))))
      expect(rechecks.map(Number), told(start)).toEqual(
        batch.map((rule) => nextFlip(rule, subject, env) ?? 0),
      )
    }
  }
})

test('no answer changes before the moment announced for it', () => {
  let changes = 0
  for (const [index, rule] of rules.entries()) {
    for (const person of people) {
      const today = evaluate(rule, person, envAt(now, 'Asia/Shanghai'))
      const flip = nextFlip(rule, person, envAt(now, 'Asia/Shanghai')) ?? now + 90 * 86_400_000
      for (const moment of [now + 1, now + (flip - now) / 2, flip - 1]) {
        if (moment <= now || moment >= flip) continue
        const later = evaluate(rule, person, envAt(Math.floor(moment), 'Asia/Shanghai'))
        expect(later, `${told(index)} at +${moment - now} ms of ${flip - now}`).toBe(today)
      }
      if (evaluate(rule, person, envAt(flip, 'Asia/Shanghai')) !== today) changes++
    }
  }
  expect(changes).toBeGreaterThan(50)
})
