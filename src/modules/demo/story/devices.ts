import { between, chance, pick, type Random, scramble, word } from './random.ts'

export type DeviceKind = 'h5' | 'web' | 'ios' | 'android' | 'tablet'

export type Device = {
  /** The anonymous id that the SDK on it made up. */
  id: string
  kind: DeviceKind
  agent: string
  model: string
  maker: string
  osName: string
  osVersion: string
  /** Milliseconds its clock is ahead: a few people never set it right. */
  ahead: number
}

const iphones = ['iPhone15,2', 'iPhone15,4', 'iPhone16,1', 'iPhone17,3']
const androids = [
  ['HUAWEI', 'ALN-AL00'],
  ['Xiaomi', '23127PN0CC'],
  ['OPPO', 'PHZ110'],
  ['vivo', 'V2309A'],
  ['HONOR', 'PGT-AN10'],
] as const
const desktops = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
]

/** `serial` must be unique: two devices with one id would be one person. */
export function makeDevice(r: Random, kind: DeviceKind, serial: number): Device {
  const id = anonymousId(r, serial)
  const ahead = chance(r, 0.001) ? between(r, 2, 72) * 3_600_000 : 0
  if (kind === 'web')
    return { id, kind, agent: pick(r, desktops), model: '', maker: '', osName: '', osVersion: '', ahead }
  const isApple = kind === 'ios' || (kind !== 'android' && chance(r, 0.38))
  return { id, kind, ahead, ...(isApple ? apple(r, kind) : android(r)) }
}

function apple(r: Random, kind: DeviceKind) {
  const osVersion = pick(r, ['17.6', '18.3', '18.5', '18.6'])
  const model = kind === 'tablet' ? 'iPad13,18' : pick(r, iphones)
  const system = kind === 'tablet' ? 'iPad; CPU OS' : 'iPhone; CPU iPhone OS'
  const agent = `Mozilla/5.0 (${system} ${osVersion.replace('.', '_')} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148`
  return { agent, model, maker: 'Apple', osName: kind === 'tablet' ? 'iPadOS' : 'iOS', osVersion }
}

function android(r: Random) {
  const [maker, model] = pick(r, androids)
  const osVersion = pick(r, ['12', '13', '14', '15'])
  const agent = `Mozilla/5.0 (Linux; Android ${osVersion}; ${model}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36`
  return { agent, model, maker, osName: 'Android', osVersion }
}

/** Shaped like the UUID v4 that the SDKs make; one serial number, one id. */
function anonymousId(r: Random, serial: number): string {
  const hex = (n: number) => n.toString(16).padStart(8, '0')
  const [a, b, c, d] = [hex(scramble(serial)), hex(word(r)), hex(word(r)), hex(word(r))]
  return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-a${c.slice(1, 4)}-${c.slice(4)}${d}`
}

export function isApp(device: Device): boolean {
  return device.kind === 'ios' || device.kind === 'android' || device.kind === 'tablet'
}
