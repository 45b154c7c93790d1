import fc from 'fast-check'
import { Webhook, WebhookVerificationError } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { newSecret, signedHeaders } from '#modules/webhooks/server/sign.ts'

test('the public library verifies what we sign, by either secret while two are valid', () => {
  const bodies = fc.oneof(fc.json(), fc.string({ unit: 'binary' }))
  fc.assert(
    fc.property(bodies, fc.uuid(), (body, id) => {
      const [now, old, other] = [newSecret(), newSecret(), newSecret()]
      const headers = signedHeaders(id, body, Date.now(), [now, old])
      const verify = (secret: string) => new Webhook(secret).verify(body, headers, { jsonParse: false })
      expect(() => verify(now)).not.toThrow()
      expect(() => verify(old)).not.toThrow()
      expect(() => verify(other)).toThrow(WebhookVerificationError)
    }),
    { numRuns: 1000 },
  )
})

test('what was altered on the way, or is older than five minutes, is refused', () => {
  const secret = newSecret()
  const receiver = new Webhook(secret)
  const headers = signedHeaders('msg_1', '{"a":1}', Date.now(), [secret])
  expect(() => receiver.verify('{"a":2}', headers)).toThrow(WebhookVerificationError)
  expect(() => receiver.verify('{"a":1}', { ...headers, 'webhook-id': 'msg_2' })).toThrow()
  const old = signedHeaders('msg_1', '{"a":1}', Date.now() - 301_000, [secret])
  expect(() => receiver.verify('{"a":1}', old)).toThrow(/too old/)
})
