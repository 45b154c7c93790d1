import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutItems } from '#modules/collect/server/cut-items.ts'
import { decodeFrames, encodeFrames, type Frame } from '#modules/collect/server/log-format.ts'
import { readItems } from '#modules/collect/server/read-items.ts'

const marker = 'zx-marker-81'
const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constant(marker), fc.constant('\u0000\uD800'))
const item = fc.oneof(
  fc.record(
    {
      type: fc.constantFrom('track', 'identify', 'page', 'nonsense'),
      event: text,
      userId: fc.oneof(text, fc.integer()),
      anonymousId: text,
      messageId: text,
      timestamp: fc.constantFrom('2026-01-01T00:00:00Z', 'no time'),
      sentAt: fc.constantFrom(null, '2026-01-01T00:00:01Z', '2036-01-01T00:00:01Z'),
      context: fc.dictionary(text, fc.jsonValue()),
      traits: fc.dictionary(text, fc.jsonValue()),
      properties: fc.dictionary(text, fc.jsonValue()),
    },
    { requiredKeys: ['type'] },
  ),
  fc.jsonValue(),
)
const batch = fc.record(
  {
    batch: fc.array(item, { minLength: 1, maxLength: 4 }),
    context: fc.dictionary(text, fc.jsonValue()),
    sentAt: fc.constantFrom('2026-01-01T00:00:01Z', '2036-01-01T00:00:01Z'),
  },
  { requiredKeys: ['batch'] },
)
const frameOf = (type: string | null, body: unknown): Frame => ({
  type,
  sourceId: 's1',
  receivedAt: 1_767_225_600_000,
  body: Buffer.from(JSON.stringify(body)),
})
const frame = fc.oneof(
  batch.map((body) => frameOf(null, body)),
  fc.dictionary(text, fc.jsonValue()).map((body) => frameOf('track', body)),
)
const row = (payload: Buffer) => ({ seq: 7, workspace: 1, payload })

test('whatever is cut, the other items read exactly as before, and nothing of those that are gone is left', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(frame, { minLength: 1, maxLength: 3 }),
      fc.infiniteStream(fc.boolean()),
      async (frames, choice) => {
        const payload = await encodeFrames(frames)
        const before = await readItems(row(payload))
        const gone = new Set([...before.keys()].filter(() => choice.next().value))
        const cut = await cutItems(payload, gone)
        const after = await readItems(row(cut))
        expect(after).toEqual(
          before.map((one, idx) =>
            gone.has(idx)
              ? {
                  ok: false,
                  rejected: {
                    seq: 7,
                    idx,
                    sourceId: expect.any(String),
                    receivedAt: expect.any(Number),
                    reason: 'event.erased',
                  },
                }
              : one,
          ),
        )
        if (gone.size === before.length)
          for (const { body } of await decodeFrames(cut)) expect(body.toString()).not.toContain(marker)
      },
    ),
    { numRuns: 300 },
  )
})

test('what a batch said for all its items goes with the last of them', async () => {
  const body = {
    context: { traits: { email: marker } },
    batch: [
      { type: 'track', event: 'A', userId: 'u1' },
      { type: 'track', event: 'B', userId: 'u2' },
    ],
  }
  const all = await cutItems(await encodeFrames([frameOf(null, body)]), new Set([0, 1]))
  const [frame] = await decodeFrames(all)
  expect(frame?.body.toString()).toBe('{"batch":[{"type":"$erased"},{"type":"$erased"}]}')
})
