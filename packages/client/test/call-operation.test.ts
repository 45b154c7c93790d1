import { expect, test } from 'vitest'
import { createClient, ProblemError } from '../src/client.ts'

type Sent = { address: string; init: RequestInit; headers: Record<string, string> }
type Reply = Response | Error

/** A client whose server answers what is said, in order; the last answer stays. */
function talkTo(replies: (Reply | (() => Reply))[], maxRetries?: number) {
  const sent: Sent[] = []
  const waits: number[] = []
  const client = createClient({
    baseUrl: 'https://crm.example.com/',
    apiKey: 'ak_1',
    ...(maxRetries === undefined ? {} : { maxRetries }),
    fetch: async (address, init) => {
      const next = replies[Math.min(sent.length, replies.length - 1)] as Reply | (() => Reply)
      sent.push({ address, init, headers: init.headers as Record<string, string> })
      const reply = typeof next === 'function' ? next() : next
      if (reply instanceof Error) throw reply
      return reply
    },
    wait: async (ms) => {
      waits.push(ms)
    },
  })
  return { client, sent, waits }
}

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })
const busy =
  (headers: Record<string, string> = {}) =>
  () =>
    json({ code: 'server.busy', detail: 'Later.', instance: 'req_7' }, 503, headers)
const tags = { items: [] }

async function allOf<T>(list: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of list) items.push(item)
  return items
}

test('the key, the parameters and the body stand where the route wants them', async () => {
  const { client, sent } = talkTo([() => json({ items: [], next: null })])
  await client.segments.members({ id: 'seg a/b', limit: 20 })
  expect(sent[0]?.address).toBe('https://crm.example.com/api/segments/seg%20a%2Fb/members?limit=20')
  expect(sent[0]?.headers.authorization).toBe('Bearer ak_1')
  expect(sent[0]?.headers['idempotency-key']).toBeUndefined()
  await client.tags.create({ body: { path: 'a' } } as never)
  expect(sent[1]?.init.method).toBe('POST')
  expect(sent[1]?.init.body).toBe('{"path":"a"}')
  expect(sent[1]?.headers['content-type']).toBe('application/json')
})

test.each(['', '.', '..'])('an id of "%s" would lead to another route', async (id) => {
  const { client, sent } = talkTo([json({})])
  await expect(client.segments.remove({ id })).rejects.toThrow(TypeError)
  expect(sent).toEqual([])
})

test('a parameter that the route does not know is refused, not left out', async () => {
  const { client, sent } = talkTo([json(tags)])
  await expect(client.profiles.list({ serach: 'x' } as never)).rejects.toThrow('no parameter "serach"')
  expect(sent).toEqual([])
})

test('a problem is thrown with its code, status and facts', async () => {
  const { client } = talkTo([
    json({ code: 'request.invalid', detail: 'No.', path: '/body/name', instance: 'req_1' }, 422),
  ])
  const error = await client.tags.list().catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(ProblemError)
  expect(error).toMatchObject({
    status: 422,
    code: 'request.invalid',
    requestId: 'req_1',
    problem: { path: '/body/name' },
  })
})

test('a proxy’s page is a problem too', async () => {
  const { client } = talkTo([new Response('<h1>Moved</h1>', { status: 301 })])
  await expect(client.tags.list()).rejects.toMatchObject({ status: 301, code: 'http.301' })
  const odd = talkTo([new Response('<h1>Hello</h1>')])
  await expect(odd.client.tags.list()).rejects.toMatchObject({ code: 'answer.not_json' })
})

test('429 and 503 are waited out as long as the server says, with one Idempotency-Key for all tries', async () => {
  const limited = () => json({ code: 'request.limited' }, 429, { 'retry-after': '3' })
  const { client, sent, waits } = talkTo([limited, busy({ 'retry-after': '7' }), () => json({ id: 'tag_1' })])
  await client.tags.create({ body: {} } as never)
  expect(waits).toEqual([3000, 7000])
  expect(sent).toHaveLength(3)
  expect(new Set(sent.map((one) => one.headers['idempotency-key'])).size).toBe(1)
  expect(sent[0]?.headers['idempotency-key']).toMatch(/^[\da-f-]{36}$/)
})

test('a key of the caller’s stands for the call', async () => {
  const { client, sent } = talkTo([json({})])
  await client.tags.create({ body: {} } as never, { idempotencyKey: 'import-7' })
  expect(sent[0]?.headers['idempotency-key']).toBe('import-7')
})

test('without a word from the server the waits double, and end', async () => {
  const { client, sent, waits } = talkTo([busy()], 3)
  await expect(client.tags.list()).rejects.toMatchObject({ code: 'server.busy', requestId: 'req_7' })
  expect(sent).toHaveLength(4)
  for (const [retries, ms] of waits.entries()) {
    expect(ms).toBeGreaterThanOrEqual(250 * 2 ** retries)
    expect(ms).toBeLessThanOrEqual(500 * 2 ** retries)
  }
})

test('a wait of more than a minute is the caller’s to wait', async () => {
  const { client, sent, waits } = talkTo([busy({ 'retry-after': '3600' })])
  await expect(client.tags.list()).rejects.toMatchObject({ retryAfter: 3600 })
  expect([sent.length, waits]).toEqual([1, []])
})

test('Retry-After may be a date', async () => {
  const { client, waits } = talkTo([
    busy({ 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' }),
    () => json(tags),
  ])
  await client.tags.list()
  expect(waits).toEqual([0])
})

test('no answer: what may be repeated is, a PATCH is not', async () => {
  const lost = new TypeError('fetch failed')
  const get = talkTo([lost, () => json(tags)])
  expect(await get.client.tags.list()).toEqual(tags)
  const post = talkTo([lost, () => json({ id: 'tag_1' })])
  await post.client.tags.create({ body: {} } as never)
  expect(post.sent).toHaveLength(2)
  const patch = talkTo([lost, () => json({})])
  const error = await patch.client.tags
    .move({ id: 'tag_1', body: {} } as never)
    .catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ status: 0, code: 'network.failed', cause: lost })
  expect(patch.sent).toHaveLength(1)
})

test('other refusals are final', async () => {
  for (const status of [400, 401, 403, 404, 409, 422, 500]) {
    const { client, sent } = talkTo([json({ code: 'x.y' }, status)])
    await expect(client.tags.list()).rejects.toMatchObject({ status })
    expect(sent).toHaveLength(1)
  }
})

test('the first try of this key is still at work: its answer is waited for', async () => {
  const working = () => json({ code: 'idempotency.in_progress' }, 409, { 'retry-after': '2' })
  const { client, waits } = talkTo([working, () => json({ id: 'tag_1' })])
  await client.tags.create({ body: {} } as never)
  expect(waits).toEqual([2000])
})

test('who gives up waits no longer', async () => {
  const stop = new AbortController()
  const { client, sent } = talkTo([
    () => {
      stop.abort(new Error('enough'))
      return new DOMException('aborted', 'AbortError')
    },
  ])
  await expect(client.tags.list({}, { signal: stop.signal })).rejects.toThrow('aborted')
  expect(sent).toHaveLength(1)
})

test('a list is read to its end, a page at a time and only as far as it is used', async () => {
  const page = (items: number[], next: string | null) => () => json({ items, next })
  const { client, sent } = talkTo([page([1, 2], 'c1'), page([3], 'c2'), page([4], null)])
  const seen: unknown[] = []
  for await (const one of client.segments.list.each({ limit: 2 })) {
    seen.push(one)
    if (seen.length === 3) break
  }
  expect(seen).toEqual([1, 2, 3])
  expect(sent.map((one) => new URL(one.address).search)).toEqual(['?limit=2', '?limit=2&cursor=c1'])
  const whole = talkTo([page([1, 2], 'c1'), page([3], 'c2'), page([4], null)])
  expect(await allOf(whole.client.segments.list.each())).toEqual([1, 2, 3, 4])
})

test('a list that leads back to the same page is told, not read for ever', async () => {
  const { client } = talkTo([() => json({ items: [1], next: 'c1' })])
  await expect(allOf(client.segments.list.each())).rejects.toThrow('same page')
})

test('nothing is expected where nothing is answered', async () => {
  const { client } = talkTo([new Response(null, { status: 204 })])
  expect(await client.segments.remove({ id: 'seg_1' })).toBeUndefined()
})
