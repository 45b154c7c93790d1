import { createHmac, hkdfSync } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addressHasher, bucketsOf } from '#modules/consents/server/address.ts'
import { isLikelyRobot } from '#modules/consents/server/links/likely-robot.ts'
import { createLinkTokens, type LinkClaims } from '#modules/consents/server/links/link-token.ts'
import { inkOn } from '#modules/consents/server/pages/frame.ts'

test('the hash of an address is HMAC-SHA256 under a key of its own, as node makes it', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 32, maxLength: 64 }),
      fc.nat(),
      fc.string(),
      (bytes, ws, address) => {
        const instanceKey = Buffer.from(bytes)
        const key = Buffer.from(
          hkdfSync('sha256', instanceKey, Buffer.alloc(0), 'headwater address hash 1', 32),
        )
        const right = createHmac('sha256', key).update(`${ws} ${address}`).digest()
        expect(addressHasher(instanceKey)(ws, address).equals(right)).toBe(true)
      },
    ),
  )
})

test('buckets come once each and in one order, so that two who take several never wait for each other', () => {
  const addresses = [Buffer.from([9, 1]), Buffer.from([137, 2]), Buffer.from([3])]
  expect(bucketsOf(addresses, [128 + 3, 5])).toEqual([3, 5, 9])
})

const tokens = createLinkTokens(Buffer.alloc(32, 1))
const claims: LinkClaims = {
  ...{ purpose: 'choose', workspace: 7, person: 2 ** 40, channel: 'sms', topic: 'newsletter' },
  ...{ expiresAt: undefined, address: Buffer.alloc(32, 5) },
}

test('a token says again what it was made of, to nobody else, and cannot be altered', () => {
  const token = tokens.make(claims)
  expect(tokens.read(token)).toEqual(claims)
  expect(tokens.read(tokens.make({ ...claims, topic: '', expiresAt: 1_900_000_000_000 }))).toMatchObject({
    topic: '',
    expiresAt: 1_900_000_000_000,
  })
  expect(token.length).toBeLessThan(160)
  expect(Buffer.from(token, 'base64url').toString('latin1')).not.toContain('newsletter')
  expect(createLinkTokens(Buffer.alloc(32, 2)).read(token)).toBeUndefined()
  const at = fc.nat({ max: token.length - 1 })
  fc.assert(
    fc.property(at, fc.constantFrom(...'abcXYZ019-_'), (place, sign) => {
      const altered = `${token.slice(0, place)}${sign}${token.slice(place + 1)}`
      expect(tokens.read(altered) === undefined).toBe(altered !== token)
    }),
  )
  for (const bad of ['', 'x', '..', 'a'.repeat(1000), `${token}=`, ` ${token}`])
    expect(tokens.read(bad)).toBeUndefined()
})

test('scanners, previews and prefetches are told from people, with the reason', () => {
  const safari =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1'
  const wechat = `${safari} MicroMessenger/8.0.40 NetType/WIFI Language/zh_CN`
  const asks = (agent: string | undefined, more: Record<string, string> = {}, method = 'GET') =>
    isLikelyRobot({ method, headers: { 'user-agent': agent, 'accept-language': 'zh-CN', ...more } })
  expect(asks(safari)).toEqual({ isRobot: false, reasons: [] })
  expect(asks(wechat)).toEqual({ isRobot: false, reasons: [] })
  expect(asks(safari, { 'accept-language': '' })).toEqual({ isRobot: false, reasons: ['no_language'] })
  expect(asks(undefined)).toEqual({ isRobot: true, reasons: ['no_user_agent'] })
  expect(asks('Googlebot/2.1 (+http://www.google.com/bot.html)').reasons).toEqual(['bot_user_agent'])
  expect(asks('curl/8.0').isRobot).toBe(true)
  expect(asks('Mozilla/5.0 (compatible; Barracuda Sentinel)').reasons).toEqual(['scanner'])
  expect(asks('Mozilla/5.0 (Windows NT 5.1) GoogleImageProxy').reasons).toEqual(['scanner'])
  expect(asks(safari, { 'sec-purpose': 'prefetch;prerender' }).reasons).toEqual(['prefetch'])
  expect(asks(safari, {}, 'HEAD').reasons).toEqual(['head'])
})

test('words on a button can be read, whatever colour a workspace takes', () => {
  expect([inkOn('#0b6bcb'), inkOn('#ffd400'), inkOn('#000000'), inkOn('#ffffff')]).toEqual([
    '#ffffff',
    '#14202b',
    '#ffffff',
    '#14202b',
  ])
})
