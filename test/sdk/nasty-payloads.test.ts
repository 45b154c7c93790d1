import { beforeAll, expect, test } from 'vitest'
import type { LiveEvent } from '#modules/collect/contract.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'
import { basic, outcomes, storedEvents } from './received.ts'

// Nothing a client sends may stall the projection: each item is stored or rejected with a reason, and what was sent
// right after it arrives.
let app: TestApp
let ws: TestWorkspace
beforeAll(async () => {
  app = await startTestApp()
  ws = await app.workspace()
})

const post = (body: string) =>
  app.server.inject({
    method: 'POST',
    url: '/v1/batch',
    headers: { authorization: basic(ws.writeKey) },
    payload: body,
  })

let sent = 0
/** Sends one item as raw JSON text and a good one behind it; answers what became of the first. */
async function fate(item: string): Promise<{ outcome: string; reason: string | null }> {
  sent++
  const reply = await post(
    `{"batch":[${item},{"type":"track","event":"After","userId":"after","messageId":"after-${sent}"}]}`,
  )
  expect(reply.statusCode).toBe(200)
  await ws.settled()
  const { body } = await ws.call<{ items: LiveEvent[] }>('GET', '/api/events/live?limit=2')
  const [after, first] = body.items
  expect(after).toMatchObject({ messageId: `after-${sent}`, outcome: 'stored' })
  return { outcome: first!.outcome, reason: first!.reason }
}

const track = (rest: string) => `{"type":"track","event":"E","userId":"u1",${rest}}`
const identify = (traits: string) => `{"type":"identify","userId":"u1","traits":${traits}}`
const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
const many = (count: number) =>
  JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, n) => [`p${n}`, n])))
const long = 'x'.repeat(200_000)
const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'length', 'then']
const strange = JSON.stringify(
  Object.fromEntries(
    [
      '',
      '.',
      '..',
      'a.b',
      'a`b',
      "a'b",
      'a"b',
      'a\\b',
      'a:b',
      'a[0]',
      '^a',
      'a@b',
      '%',
      '%2E',
      '$',
      ' ',
      'a\nb',
      '学员.城市',
      '😀',
      '.:String',
      'a.:`Array(String)`',
      '{x:String}',
      '\u0001',
    ].map((key, n) => [key, n]),
  ),
)

const kept: Record<string, string> = {
  'U+0000 in values': track(
    '"messageId":"n\\u0000ul","properties":{"a":"x\\u0000y","l":["\\u0000"],"o":{"p":"\\u0000"}}',
  ),
  'U+0000 in keys': track('"properties":{"k\\u0000ey":1,"\\u0000":2}'),
  'U+0000 in ids': `{"type":"track","event":"E","userId":"u\\u00001","anonymousId":"a\\u00001"}`,
  'U+0000 in the name': `{"type":"track","event":"E\\u0000F","userId":"u1"}`,
  'U+0000 in traits': identify(
    '{"na\\u0000me":"x","city":"Bei\\u0000jing","email":"nul\\u0000@example.com","o":{"\\u0000":"\\u0000"}}',
  ),
  'U+0000 in the context': track(
    '"context":{"a\\u0000":"b\\u0000","externalIds":[{"id":"e\\u00001","type":"crm_id"}]}',
  ),
  'lone surrogates in values': track(
    '"messageId":"s\\ud800","properties":{"a":"\\ud800","b":"\\udc00x","l":["\\ud83d"]}',
  ),
  'lone surrogates in keys': track('"properties":{"\\ud800":1,"\\ud801":2,"\\udfff":3}'),
  'lone surrogates in ids': '{"type":"track","event":"E","userId":"\\ud800","anonymousId":"\\udc00"}',
  'lone surrogates in the name': '{"type":"track","event":"E\\ud800","userId":"u1"}',
  'lone surrogates in traits': identify(
    '{"\\ud800":"\\ud800","\\ud801":"y","email":"\\ud800@example.com","name":"\\udc00"}',
  ),
  'lone surrogates in the context': track(
    '"context":{"\\ud800":"\\ud800","externalIds":[{"id":"\\ud800","type":"crm_id"}]}',
  ),
  'numbers beyond double': track(
    '"properties":{"a":1e400,"b":-1e400,"c":[1e400,1],"d":1e308,"e":5e-324,"f":-0,"g":123456789012345678901234567890,"h":0.1e-7}',
  ),
  'numbers beyond double in traits': identify(
    '{"a":1e400,"b":[1e400],"c":1e308,"d":9007199254740993,"e":-0.0}',
  ),
  'duplicate keys': track('"properties":{"a":1,"a":"x","a":[1]}'),
  'one path in two spellings': track(
    '"properties":{"a.b":1,"a":{"b":"x"},"c":1,"c.d":2,"e":{"f":1},"e":{"f":{"g":1}}}',
  ),
  'one path in two spellings in traits': identify('{"a.b":1,"a":{"b":"x"},"c":1,"c.d":2}'),
  'strange keys': track(`"properties":${strange}`),
  'strange keys in traits': identify(strange),
  'names of the object prototype': track(
    `"properties":{${names.map((name) => `"${name}":{"${name}":1}`).join(',')}}`,
  ),
  'names of the object prototype in traits': identify(`{${names.map((name) => `"${name}":"x"`).join(',')}}`),
  'lists of mixed types': track(
    '"properties":{"l":[1,"a",true,null,[2,["b"]],{"x":1},{"x":"y","z":[1]}],"m":[null],"n":[],"o":[[]],"p":[{}]}',
  ),
  'lists of mixed types in traits': identify('{"l":[1,"a",true,null,[2],{"x":1}],"m":[null],"n":[],"o":{}}'),
  'one path, another type each time': track('"properties":{"l":"text","p0":"text","revenue":{"amount":1}}'),
  'one trait, another type': identify(
    '{"city":["a"],"name":{"first":"x"},"email":["a@example.com"],"phone":{"x":1}}',
  ),
  '500 properties': track(`"properties":${many(500)}`),
  '5,000 properties': track(`"properties":${many(5000)}`),
  '5,000 traits': identify(many(5000)),
  'Chinese and emoji':
    '{"type":"track","event":"课程购买🎓","userId":"学员一","properties":{"课程":"数学👩‍👩‍👧","🎓":true}}',
  'a text of 200 kB': track(`"properties":{"a":"${long}"}`),
  'a trait of 200 kB': identify(`{"about":"${long}"}`),
  'a property name of 100 kB': track(`"properties":{"${long.slice(0, 100_000)}":1}`),
  'a trait name of 100 kB': identify(`{"${long.slice(0, 100_000)}":1}`),
  'incompressible trait names of 3 kB': identify(`{"${noise(3000)}":1}`),
  'properties that are a list': track('"properties":[1,2]'),
  'properties that are text': track('"properties":"text","context":"text"'),
  'properties null': track(
    '"properties":null,"context":null,"traits":null,"integrations":null,"timestamp":null,"messageId":null',
  ),
  'traits that are a list': identify('[1,2]'),
  'a context that is a list': track('"context":[{"traits":{}}]'),
  'odd external ids': track(
    '"context":{"externalIds":[null,1,"x",{},{"id":{},"type":"a"},{"id":"1","type":"not a kind"},{"id":"2","type":""},{"id":"v","type":"__proto__"},{"id":"w","type":"constructor"}],"traits":"x"}',
  ),
  '300 external ids': track(
    `"context":{"externalIds":${JSON.stringify(Array.from({ length: 300 }, (_, n) => ({ id: `many-${n}`, type: 'crm_id' })))}}`,
  ),
  'a message id of 999 bytes': `{"type":"track","event":"E","userId":"u1","anonymousId":"dev1","messageId":"${hanNoise(333)}"}`,
  'the same device, another login': `{"type":"identify","userId":"u2","anonymousId":"dev1","traits":{"${hanNoise(500)}":"x"},"messageId":"${noise(1000)}"}`,
  'and back': `{"type":"track","event":"E","userId":"u1","anonymousId":"dev1","messageId":"${noise(999)}"}`,
  'ids of 512 Chinese characters': `{"type":"identify","userId":"${hanNoise(511)}","anonymousId":"${hanNoise(512)}","context":{"externalIds":[{"id":"${hanNoise(510)}","type":"${'k'.repeat(63)}"}]}}`,
  'an event name of 500 Chinese characters': `{"type":"track","event":"${hanNoise(500)}","userId":"u1"}`,
  'numeric ids': '{"type":"track","event":"E","userId":12345,"anonymousId":678.5,"messageId":99}',
  'a time before 1970 by a clock far ahead': track(
    '"timestamp":"1970-01-02T00:00:00Z","sentAt":"2199-01-01T00:00:00Z"',
  ),
  'the first moment': track('"timestamp":"1970-01-01T00:00:00.000Z"'),
  'a far future': track('"timestamp":"2199-12-31T23:59:59.999Z"'),
  'a sentAt that is nonsense': track('"sentAt":"yesterday","timestamp":"2026-01-01T00:00:00Z"'),
  'group without anything': '{"type":"group","userId":"u1"}',
  'group with nested ids':
    '{"type":"group","userId":"u1","groupId":{"a":"\\u0000"},"traits":{"\\ud800":1,"\\ud801":2}}',
  'alias to itself': '{"type":"alias","userId":"u1","previousId":"u1"}',
  'alias to nothing': '{"type":"alias","userId":"u1","previousId":{"a":1}}',
  'alias with U+0000': '{"type":"alias","userId":"u\\u00002","previousId":"p\\u0000\\ud800"}',
  'a page with a strange name': '{"type":"page","userId":"u1","name":{"a":1},"properties":{"name":["x"]}}',
  'an id of 500 characters': `{"type":"track","event":"E","userId":"${'i'.repeat(500)}"}`,
}

const refused: Record<string, [item: string, reason: string]> = {
  'no object': ['42', 'event.not_an_object'],
  'a list': ['[[]]', 'event.not_an_object'],
  nothing: ['null', 'event.not_an_object'],
  'no type': ['{"userId":"u1"}', 'event.unknown_type'],
  'a type of the prototype': ['{"type":"constructor","userId":"u1"}', 'event.unknown_type'],
  'no event name': ['{"type":"track","userId":"u1"}', 'event.no_name'],
  'an event name that is an object': ['{"type":"track","event":{"a":1},"userId":"u1"}', 'event.no_name'],
  'an event name of nothing but U+0000': [
    '{"type":"track","event":"\\u0000","userId":"u1"}',
    'event.no_name',
  ],
  'an event name of 501 characters': [
    `{"type":"track","event":"${'e'.repeat(501)}","userId":"u1"}`,
    'event.name_too_long',
  ],
  'a message id of 1,002 bytes': [track(`"messageId":"${hanNoise(334)}"`), 'event.message_id_too_long'],
  'a message id of 1,001 characters': [
    track(`"messageId":"${'m'.repeat(1001)}"`),
    'event.message_id_too_long',
  ],
  'no identifier': ['{"type":"track","event":"E"}', 'event.no_identifier'],
  'ids that are objects': [
    '{"type":"track","event":"E","userId":{"a":1},"anonymousId":[1]}',
    'event.no_identifier',
  ],
  'an id of nothing but U+0000': ['{"type":"track","event":"E","userId":"\\u0000"}', 'event.no_identifier'],
  'an id beyond double': ['{"type":"track","event":"E","userId":1e400}', 'event.no_identifier'],
  'an id of 600 characters': [
    `{"type":"track","event":"E","userId":"${'i'.repeat(600)}"}`,
    'event.no_identifier',
  ],
  'no time': [track('"timestamp":"last tuesday 1"'), 'event.bad_time'],
  'a time before 1970': [track('"timestamp":"1969-12-31T23:59:59Z"'), 'event.bad_time'],
  'a time after 2200': [track('"timestamp":"+010000-01-01T00:00:00Z"'), 'event.bad_time'],
  'a time beyond double': [track('"timestamp":1e400'), 'event.bad_time'],
  'a time that is an object': [track('"timestamp":{"seconds":1}'), 'event.bad_time'],
  'properties of 300 kB': [track(`"properties":{"a":"${long}","b":"${long}"}`), 'event.too_large'],
  'a context of 1 MB': [track(`"context":{"a":"${long.repeat(5)}"}`), 'event.too_large'],
  '10,000 levels of properties': [track(`"properties":${deep(10_000)}`), 'event.too_deep'],
  '10,000 levels of lists': [
    track(`"properties":{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`),
    'event.too_deep',
  ],
  '10,000 levels of traits': [identify(deep(10_000)), 'event.too_deep'],
  '10,000 levels of context': [track(`"context":${deep(10_000)}`), 'event.too_deep'],
  '10,000 levels of something unknown': [track(`"what":${deep(10_000)}`), 'event.too_deep'],
  '200,000 levels': [
    track(`"properties":{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`),
    'event.too_deep',
  ],
}

test.each(Object.entries(kept))('%s: stored', async (_name, item) => {
  expect(await fate(item)).toMatchObject({ outcome: 'stored', reason: null })
})

test.each(Object.entries(refused))('%s: rejected with its reason', async (_name, [item, reason]) => {
  expect(await fate(item)).toMatchObject({ outcome: 'rejected', reason })
})

test('history of 230 years in one batch is stored', async () => {
  const other = await app.workspace()
  const months = Array.from({ length: 230 * 12 }, (_, n) => new Date(Date.UTC(1970, n, 1)).toISOString())
  const batch = months.map((timestamp, n) => ({
    type: 'track',
    event: 'Old',
    userId: 'u1',
    messageId: `month-${n}`,
    timestamp,
  }))
  expect((await other.send(...batch)).status).toBe(200)
  expect(await outcomes(other)).toEqual({ stored: months.length, duplicate: 0, conflict: 0, rejected: 0 })
})

test('a key `__proto__` is a key like others, and no object of ours learns from it', async () => {
  const other = await app.workspace()
  const item =
    '{"type":"track","event":"E","userId":"p1","__proto__":{"polluted":1},"properties":{"__proto__":{"polluted":1}},"context":{"__proto__":{"polluted":1},"traits":{"__proto__":{"polluted":1}}}}'
  const headers = { authorization: basic(other.writeKey) }
  await app.server.inject({
    method: 'POST',
    url: '/v1/batch',
    headers,
    payload: `{"batch":[${item}],"__proto__":{"batch":[1,2,3]}}`,
  })
  await app.server.inject({ method: 'POST', url: '/v1/track', headers, payload: item })
  const events = await storedEvents(app, other)
  expect(events.map((one) => one.properties)).toEqual([
    '{"__proto__":{"polluted":1}}',
    '{"__proto__":{"polluted":1}}',
  ])
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
})

test('what was cleaned is found again: without U+0000, halves of surrogate pairs replaced', async () => {
  const other = await app.workspace()
  const item =
    '{"type":"track","event":"E\\u0000F\\ud800","userId":"u\\u00001","properties":{"a\\u0000":"b\\u0000\\udc00","emoji":"\\ud83d\\ude00","literal":"\\\\u0000"}}'
  await app.server.inject({
    method: 'POST',
    url: '/v1/track',
    headers: { authorization: basic(other.writeKey) },
    payload: item,
  })
  const [event] = await storedEvents(app, other)
  expect(event).toMatchObject({ event: 'EF\ufffd', user_id: 'u1' })
  expect(JSON.parse(event!.properties)).toEqual({ a: 'b\ufffd', emoji: '😀', literal: '\\u0000' })
})

/** Text that does not compress: an index entry of it is as long as it looks. */
function noise(length: number): string {
  return Array.from(
    { length },
    pseudoRandom((n) => (n % 36).toString(36)),
  ).join('')
}

/** The same in characters of three bytes. */
function hanNoise(length: number): string {
  return Array.from(
    { length },
    pseudoRandom((n) => String.fromCharCode(0x4e00 + (n % 20_000))),
  ).join('')
}

function pseudoRandom(character: (n: number) => string): () => string {
  let state = 7
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return character(Math.floor(state / 7))
  }
}
