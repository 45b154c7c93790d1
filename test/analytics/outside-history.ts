import { fixedClock } from '#platform/clock.ts'
import { startTestApp, type TestWorkspace } from '#test/start-test-app.ts'

/** Noon of a Friday in Shanghai, eight hours ahead of UTC; 2026-08-10 was its Monday. */
const now = '2026-08-14T12:00:00.000+08:00'

type Row = [user: string, event: string, at: string, properties?: Record<string, unknown>]

/** The first and the last moment of January, and the ones beside them. */
const trend: Row[] = [
  ['ann', 'Order Completed', '2025-12-31T23:59:59.999', { revenue: 1000, channel: 'ad', order_id: 't0' }],
  ['ann', 'Order Completed', '2026-01-01T00:00:00.000', { revenue: 0.1, channel: 'ad', order_id: 't1' }],
  ['ann', 'Order Completed', '2026-01-01T23:59:59.999', { revenue: 0.2, channel: 'ad', order_id: 't2' }],
  ['ben', 'Order Completed', '2026-01-31T23:59:59.999', { revenue: 5, channel: 'mail', order_id: 't3' }],
  ['ben', 'Order Completed', '2026-02-01T00:00:00.000', { revenue: 1000, channel: 'mail', order_id: 't4' }],
  ['ann', 'Course Viewed', '2026-01-04T23:59:59.999', { channel: 'ad' }], // a Sunday
  ['ann', 'Course Viewed', '2026-01-04T10:00:00.000', { channel: 'ad' }],
  ['ben', 'Course Viewed', '2026-01-04T10:00:00.000', { channel: 'ad' }],
  ['cat', 'Course Viewed', '2026-01-05T00:00:00.000'], // the Monday after
]

const funnel: Row[] = [
  // At the same moment: no seconds, and counted.
  ['at once', 'Signed Up', '2026-03-01T10:00:00.000'],
  ['at once', 'Paid', '2026-03-01T10:00:00.000'],
  // The last moment of the range, and exactly fourteen days.
  ['just in', 'Signed Up', '2026-03-10T23:59:59.999'],
  ['just in', 'Paid', '2026-03-24T23:59:59.999'],
  ['too late', 'Signed Up', '2026-03-05T10:00:00.000'],
  ['too late', 'Paid', '2026-03-19T10:00:00.001'],
  ['excluded', 'Signed Up', '2026-03-02T10:00:00.000'],
  ['excluded', 'Refunded', '2026-03-02T11:00:00.000'],
  ['excluded', 'Paid', '2026-03-03T10:00:00.000'],
  ['excluded and gone', 'Signed Up', '2026-03-02T10:00:00.000'],
  ['excluded and gone', 'Refunded', '2026-03-02T12:00:00.000'],
  ['after the range', 'Signed Up', '2026-03-11T00:00:00.000'],
  ['after the range', 'Paid', '2026-03-11T00:10:00.000'],
  ['only signed up', 'Signed Up', '2026-03-04T10:00:00.000'],
  ['refunded before', 'Refunded', '2026-03-04T09:00:00.000'],
  ['refunded before', 'Signed Up', '2026-03-04T10:00:00.000'],
  ['refunded before', 'Paid', '2026-03-04T11:00:00.000'],
  ['began anew', 'Signed Up', '2026-03-03T10:00:00.000'],
  ['began anew', 'Refunded', '2026-03-03T10:05:00.000'],
  ['began anew', 'Signed Up', '2026-03-03T10:10:00.000'],
  ['began anew', 'Paid', '2026-03-03T10:20:00.000'],
]

const path: Row[] = [
  ['short', 'A', '2026-04-01T10:00:00.000'],
  ['short', 'B', '2026-04-01T10:01:00.000'],
  ['short', 'C', '2026-04-01T10:03:00.000'],
  // Thirty minutes after: a session of its own.
  ['short', 'A', '2026-04-01T10:33:00.000'],
  // Of a run the last one stands for all.
  ['repeats', 'A', '2026-04-01T10:00:00.000'],
  ['repeats', 'A', '2026-04-01T10:05:00.000'],
  ['repeats', 'B', '2026-04-01T10:06:00.000'],
  ...['A', 'B', 'C', 'D', 'E', 'F'].map(
    (event, minute): Row => ['long', event, `2026-04-01T10:0${minute}:00.000`],
  ),
]

/** A week that is not over. */
const habits: Row[] = [
  ['often', 'A', '2026-08-10T00:00:00.000'],
  ['often', 'A', '2026-08-11T09:00:00.000'],
  ['often', 'A', '2026-08-13T23:59:59.999'],
  ['once', 'A', '2026-08-10T09:00:00.000'],
  ['once', 'A', '2026-08-10T09:59:59.999'],
  ['twice', 'A', '2026-08-11T09:30:00.000'],
  ['twice', 'A', '2026-08-12T12:00:00.000'],
]

const interval: Row[] = [
  ['two pairs', 'A', '2026-05-18T10:00:00.000'],
  ['two pairs', 'A', '2026-05-18T10:10:00.000'],
  ['two pairs', 'B', '2026-05-18T10:20:00.000'],
  ['two pairs', 'B', '2026-05-18T10:40:00.000'],
  ['no seconds', 'A', '2026-05-19T10:00:00.000'],
  ['no seconds', 'B', '2026-05-19T10:00:00.000'],
  ['other way', 'B', '2026-05-19T10:00:00.000'],
  ['other way', 'A', '2026-05-19T10:00:01.000'],
]

const bought = (user: string, at: string, order_id: string, revenue: number): Row => [
  ...([user, 'Order Completed', at, { order_id, revenue }] as const),
]
const rfm: Row[] = [
  // Today, once, little.
  bought('fresh', '1998-06-30T23:00:00.000', 'r1', 10),
  // Ten days ago, three times, the most; the second one was told twice.
  bought('whale', '1998-01-01T10:00:00.000', 'r2', 100),
  bought('whale', '1998-02-01T10:00:00.000', 'r3', 100.5),
  bought('whale', '1998-02-02T10:00:00.000', 'r3', 999),
  bought('whale', '1998-06-20T10:00:00.000', 'r4', 100),
  bought('steady', '1998-05-31T10:00:00.000', 'r5', 20),
  bought('steady', '1998-05-01T10:00:00.000', 'r6', 20),
  bought('tied', '1998-04-01T10:00:00.000', 'r7', 20),
  bought('tied', '1998-03-01T10:00:00.000', 'r8', 20),
  bought('gone', '1997-07-01T00:00:00.000', 'r9', 5),
  bought('before', '1997-06-30T23:59:59.999', 'r10', 5),
]

const purchases: Row[] = [
  bought('again', '2026-06-01T00:00:00.000', 'o1', 100),
  bought('again', '2026-06-10T10:00:00.000', 'o1', 999), // the same order
  bought('again', '2026-07-31T23:59:59.999', 'o2', 50),
  bought('same month', '2026-06-15T10:00:00.000', 'o3', 30),
  bought('same month', '2026-06-20T10:00:00.000', 'o4', 20),
  bought('july', '2026-07-02T10:00:00.000', 'o5', 7),
]

/** A workspace whose history came in by the tracking API, told once more and backwards. */
export async function outsideWorkspace(): Promise<TestWorkspace> {
  const app = await startTestApp({ clock: fixedClock(Date.parse(now)) })
  const ws = await app.workspace()
  const all = [trend, funnel, path, habits, interval, rfm, purchases].flat()
  const items = all.map(([userId, event, at, properties = {}], place) => ({
    ...{ type: 'track', userId, event, properties, timestamp: `${at}+08:00` },
    messageId: `m${String(place).padStart(3, '0')}`,
  }))
  for (const sent of [items.toReversed(), items])
    for (let at = 0; at < sent.length; at += 50) await ws.send(...sent.slice(at, at + 50))
  await ws.send({
    ...{ type: 'identify', messageId: 'i', userId: 'ann', timestamp: '2026-08-01T00:00:00Z' },
    traits: { city: '北京' },
  })
  await ws.settled()
  return ws
}
