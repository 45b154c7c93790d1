import { beforeAll, expect, test } from 'vitest'
import { orderOf, type Placed, readOrder } from '#modules/profiles/server/people-order.ts'
import { startTestApp, type TestApp } from '#test/start-test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
  // The first range checks ClickHouse against Postgres, which knows nothing of the rows below.
  const first = await app.workspace()
  await first.send({ type: 'identify', messageId: 'm', userId: 'u' })
  await first.settled()
})

const ws = 777

// Three units a person, many moments equal, two rows for every third unit, one device that passed from 10 to 20.
async function addActivity(): Promise<void> {
  const stamp = (seconds: number) =>
    `"2026-01-01 00:0${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}.000"`
  const rows: string[] = []
  // Version 0, because above the last committed one rows count as left over from a crash.
  const people: string[] = []
  for (let person = 10; person <= 900; person += 10) {
    for (const unit of [person, person + 1, person + 2]) {
      if (unit !== person) people.push(`{"unit":${unit},"person":${person},"version":0}`)
      const last = (unit * 7) % 200
      rows.push(`{"ws":${ws},"unit":${unit},"first":${stamp(0)},"last":${stamp(last)}}`)
      if (unit % 3 === 0)
        rows.push(`{"ws":${ws},"unit":${unit},"first":${stamp(0)},"last":${stamp(last % 50)}}`)
    }
  }
  people.push('{"unit":5,"person":0,"version":0}')
  await app.ch.insertLines('unit_person', people.join('\n'))
  await app.ch.insertLines(
    'device_owner',
    `{"unit":5,"starts":["1970-01-01 00:00:00.000",${stamp(100)}],"persons":[10,20],"version":0}\n`,
  )
  // In parts of their own: the older row would make the tablet's first owner look active.
  await app.ch.insertLines('unit_activity', rows.join('\n'))
  await app.ch.insertLines('unit_activity', `{"ws":${ws},"unit":5,"first":${stamp(0)},"last":${stamp(90)}}\n`)
  await app.ch.insertLines(
    'unit_activity',
    `{"ws":${ws},"unit":5,"first":${stamp(0)},"last":${stamp(199)}}\n`,
  )
  await addPeople(Array.from({ length: 90 }, (_, at) => (at + 1) * 10))
  for (const dictionary of ['unit_person_base_dict', 'device_owner_dict'])
    await app.ch.command(`SYSTEM RELOAD DICTIONARY ${app.ch.database}.${dictionary}`)
}

const addPeople = (persons: readonly number[]) =>
  app.ch.insertLines(
    'people',
    persons.map((person) => JSON.stringify({ ws, person, attrs: {}, version: 0 })).join('\n'),
  )

const deps = () => ({ ch: app.ch, personOf: app.profiles.personOf })
const everybody = { conditions: [], params: { ws } }

async function wholeOrder(sort: string, limit: number): Promise<Placed[]> {
  const found: Placed[] = []
  for (let after: Placed | undefined; ; after = found.at(-1)) {
    const rows = await readOrder(deps(), { order: orderOf(sort), filter: everybody, after, limit })
    found.push(...rows)
    if (rows.length < limit) return found
  }
}

test('the latest rows of activity give the same pages as all of it', async () => {
  await addActivity()
  const expected = await app.ch.query<{ person: number; value: number }>(
    `SELECT ${app.profiles.personOf('unit', 'ended')} AS person, toUnixTimestamp64Milli(max(ended)) AS value
     FROM (SELECT unit, max(last) AS ended FROM unit_activity WHERE ws = ${ws} GROUP BY unit)
     GROUP BY person ORDER BY value DESC, person`,
  )
  expect(expected).toHaveLength(90)
  expect(new Set(expected.map((row) => row.value)).size).toBeLessThan(60)
  // Three at a time look at 120 of the 300 rows, ten at a time at all of them.
  for (const limit of [3, 10]) expect(await wholeOrder('-lastSeen', limit), `${limit}`).toEqual(expected)
  const upwards = expected.toSorted((a, b) => a.value - b.value || a.person - b.person)
  expect(await wholeOrder('lastSeen', 10)).toEqual(upwards)
})

test('a few people are ordered by their units alone as among everybody, the inactive last', async () => {
  await addPeople([910, 920])
  const filter = { conditions: ['person % 20 = 0'], params: { ws } }
  const order = orderOf('-lastSeen')
  const read = (isDear: boolean, after?: Placed) =>
    readOrder(deps(), { order, filter: { ...filter, isDear }, after, limit: 30 })
  const few = await read(false)
  // A dear filter is not asked twice: that way goes through the activity of everybody.
  expect(few).toEqual(await read(true))
  expect(few).toHaveLength(30)
  const rest = await read(false, few.at(-1))
  expect(rest).toEqual(await read(true, few.at(-1)))
  expect(rest.at(-1)).toEqual({ person: 920, value: null })
  // Second owner of the device that passed on, which did the very last thing.
  expect(few[0]).toMatchObject({ person: 20 })
  expect(
    await readOrder(deps(), {
      order,
      filter: { conditions: ['0'], params: { ws } },
      after: undefined,
      limit: 9,
    }),
  ).toEqual([])
})
