import { expect, test } from 'vitest'
import { deviceName } from './device-name.ts'

test('a browser that claims to be others is named by its own sign', () => {
  const edge =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0'
  const safari =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1'
  expect(deviceName(edge)).toEqual({ browser: 'Edge', system: 'Windows' })
  expect(deviceName(safari)).toEqual({ browser: 'Safari', system: 'iPhone' })
})

test('an unknown client has neither name', () => {
  expect(deviceName('curl/8.0')).toEqual({})
  expect(deviceName(null)).toEqual({})
})
