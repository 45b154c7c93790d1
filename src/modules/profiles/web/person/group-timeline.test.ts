import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { TimelineItem } from '../../contract.ts'
import { glance, groupTimeline } from './group-timeline.ts'

const item = (
  id: string,
  name: string,
  time: string,
  type: TimelineItem['type'] = 'event',
): TimelineItem => ({ id, name, time, type, properties: {} })

test('neighbours of one name become one run; a pause, another name or another day ends it', () => {
  const days = groupTimeline(
    [
      item('7', 'Page', '2026-03-06T02:00:00Z'),
      item('6', 'Page', '2026-03-06T01:50:00Z'),
      item('5', 'Order', '2026-03-06T01:49:00Z'),
      item('4', 'Page', '2026-03-06T01:48:00Z'),
      item('3', 'Page', '2026-03-05T23:00:00Z'),
      item('2', 'Page', '2026-03-05T15:59:59Z'),
    ],
    'Asia/Shanghai',
  )
  expect(days.map((day) => [day.day, day.runs.map((run) => run.items.map((one) => one.id).join())])).toEqual([
    ['2026-03-06', ['7,6', '5', '4', '3']],
    ['2026-03-05', ['2']],
  ])
})

test('calls of the system never fold together', () => {
  const days = groupTimeline(
    [
      item('2', 'identify', '2026-03-06T02:00:00Z', 'identify'),
      item('1', 'identify', '2026-03-06T02:00:00Z', 'identify'),
    ],
    'UTC',
  )
  expect(days[0]?.runs).toHaveLength(2)
})

test('grouping loses nothing and keeps the order', () => {
  const times = fc.array(
    fc.record({ name: fc.constantFrom('a', 'b'), gap: fc.integer({ min: 0, max: 5_000_000 }) }),
    { maxLength: 40 },
  )
  fc.assert(
    fc.property(times, (steps) => {
      let at = Date.parse('2026-03-06T02:00:00Z')
      const items = steps.map(({ name, gap }, i) => {
        at -= gap
        return item(String(i), name, new Date(at).toISOString())
      })
      expect(
        groupTimeline(items, 'Asia/Shanghai').flatMap((day) => day.runs.flatMap((run) => run.items)),
      ).toEqual(items)
    }),
  )
})

test('the glance prefers what a reader understands over identifiers and addresses', () => {
  expect(
    glance({ order_id: 'O1', url: 'https://x', revenue: 100, course: '雅思', nested: {}, note: 'n' }),
  ).toEqual([
    ['revenue', 100],
    ['course', '雅思'],
    ['note', 'n'],
  ])
})
