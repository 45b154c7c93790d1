import { type Calendar, calendarEnding, DAYS, pastMomentOn } from './calendar.ts'
import { type Audience, type Course, coursesFor } from './catalogue.ts'
import { type Channel, channels } from './channels.ts'
import { type Device, makeDevice } from './devices.ts'
import { cityOf, companies, type Gender, nameOf, schoolOf } from './names.ts'
import { between, chance, draw, item, mix, pick, type Random, seeded, weighted } from './random.ts'

export type Story = { seed: number; people: number; calendar: Calendar; tag: string }

export type Family = { size: number; place: number; tablet: Device }

/** One person of the story: a pure function of (seed, people, end, index), except for the fields after `messagePrefix`. */
export type Person = {
  index: number
  arrivedAt: number
  channel: Channel
  audience: Audience
  gender: Gender
  name: string
  parentName?: string
  age: number
  grade: string
  level: string
  city: string
  school?: string
  company?: string
  phone: string
  email: string
  favourites: readonly Course[]
  /** First the device of the first visit, then app, second browser and the family's tablet where there are such. */
  devices: readonly Device[]
  family?: Family
  /** Student from before the story begins; one in five still carries an id of the old system. */
  veteran: boolean
  userId: string
  messagePrefix: string
  sent: number
  /** Bit n is set once this person has signed in on device n. */
  signedIn: number
  /** End of the latest chapter so far. */
  busyUntil: number
}

const CAST = 1
const FAMILY = 2
const VETERANS = 0.02
const FAMILY_BLOCKS = 0.02
const audiences: readonly Audience[] = ['primary', 'junior', 'senior', 'adult']

export function makeStory(options: { seed: number; people: number; end: Date }): Story {
  const { seed, people, end } = options
  const tag = `qh${(seed >>> 0).toString(36)}-${Math.floor(end.getTime() / 86_400_000).toString(36)}`
  return { seed, people, calendar: calendarEnding(end), tag }
}

export function castPerson(story: Story, index: number): Person {
  const r = seeded(story.seed, index, CAST)
  const family = familyOf(story, index)
  const lead = family ? index - family.place : index
  const veteran = lead < story.people * VETERANS
  const home = family ? seeded(story.seed, lead, FAMILY + 1) : r
  const arrivedAt = arrivalOf(story, lead, veteran)
  const channel = item(
    channels,
    weighted(
      home,
      channels.map((one) => one.share),
    ),
  )
  const audience = audienceOf(r, channel, family)
  const surname = family ? nameOf(home, 'female').surname : undefined
  const elders = family
    ? Array.from({ length: family.place }, (_, at) => castPerson(story, lead + at).name)
    : []
  const { gender, name } = namedUnlike(elders, r, audience, surname)
  const isChild = audience !== 'adult' && audience !== 'company'
  const age = ageOf(r, audience)
  const city = cityOf(home)
  return {
    index,
    arrivedAt,
    channel,
    audience,
    gender,
    name: name.full,
    parentName: isChild ? nameOf(home, chance(home, 0.72) ? 'female' : 'male', name.surname).full : undefined,
    age,
    grade: gradeOf(audience, age),
    level: pick(r, ['入门', '基础', '提高', '冲刺']),
    city,
    school: isChild ? schoolOf(r, audience, city) : undefined,
    company: audience === 'company' ? pick(r, companies) : undefined,
    phone: phoneOf(lead),
    email: `${name.latin}${index}@${pick(r, ['qq.example', 'mail163.example', 'example.com', 'example.net'])}`,
    favourites: [pick(r, coursesFor[audience]), pick(r, coursesFor[audience])],
    devices: devicesOf(r, index, channel, family),
    family,
    veteran,
    userId: veteran && chance(r, 0.2) ? `legacy_${7000 + index}` : newUserId(index),
    messagePrefix: `${story.tag}-${index.toString(36)}-`,
    sent: 0,
    signedIn: 0,
    busyUntil: arrivedAt,
  }
}

/** Parents call no two of their children the same. */
function namedUnlike(taken: readonly string[], r: Random, audience: Audience, surname: string | undefined) {
  for (;;) {
    const gender: Gender = chance(r, audience === 'adult' ? 0.58 : 0.49) ? 'female' : 'male'
    const name = nameOf(r, gender, surname)
    if (!taken.includes(name.full)) return { gender, name }
  }
}

export function newUserId(index: number): string {
  return `qh_${100_000 + index}`
}

/** Every fiftieth block of four neighbours is a family: two or three children, one tablet, one parent's phone. */
function familyOf(story: Story, index: number): Family | undefined {
  const block = index >> 2
  const r = seeded(story.seed, block, FAMILY)
  if (!chance(r, FAMILY_BLOCKS)) return undefined
  const size = between(r, 2, 3)
  const place = index & 3
  return place < size ? { size, place, tablet: makeDevice(r, 'tablet', block * 32 + 7) } : undefined
}

function audienceOf(r: Random, channel: Channel, family: Family | undefined): Audience {
  if (family) return pick(r, ['primary', 'junior'])
  if (channel.key === 'b2b') return 'company'
  return item(audiences, weighted(r, channel.key === 'xiaohongshu' ? [2, 1, 1, 6] : [4, 2, 1.5, 3]))
}

/** People are numbered in the order in which they arrive; veterans all turn up within the first week. */
function arrivalOf(story: Story, index: number, veteran: boolean): number {
  const r = seeded(story.seed, index, FAMILY + 2)
  if (index >= story.people) return story.calendar.end
  const day = veteran ? between(r, 0, 6) : dayOfArrival(story, index)
  return pastMomentOn(r, story.calendar, day)
}

function dayOfArrival(story: Story, index: number): number {
  const share = (index + 0.5) / story.people
  let low = 0
  let high = DAYS - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (item(story.calendar.arrivals, middle) <= share) low = middle
    else high = middle - 1
  }
  return low
}

function ageOf(r: Random, audience: Audience): number {
  if (audience === 'primary') return between(r, 6, 11)
  if (audience === 'junior') return between(r, 12, 14)
  if (audience === 'senior') return between(r, 15, 17)
  return audience === 'company' ? between(r, 27, 48) : between(r, 18, 36)
}

const schoolYears = [
  '一年级',
  '二年级',
  '三年级',
  '四年级',
  '五年级',
  '六年级',
  '初一',
  '初二',
  '初三',
  '高一',
  '高二',
  '高三',
]

function gradeOf(audience: Audience, age: number): string {
  if (audience === 'company') return '在职'
  if (audience === 'adult') return age < 23 ? '大学' : '在职'
  return item(schoolYears, age - 6)
}

const operators = ['38', '39', '36', '50', '51', '59', '86', '88', '77', '35']

/** No two people share one: multiplying by a number coprime to 10^8 permutes the last eight digits. */
export function phoneOf(index: number): string {
  const tail = Number((BigInt(index) * 48_271_397n + 20_413_579n) % 100_000_000n)
  return `1${item(operators, mix(index, 5) % operators.length)}${String(tail).padStart(8, '0')}`
}

function devicesOf(r: Random, index: number, channel: Channel, family: Family | undefined): Device[] {
  const serial = index * 8
  const devices = [makeDevice(r, chance(r, channel.desktop) ? 'web' : 'h5', serial)]
  const luck = draw(r)
  if (luck < 0.55) devices.push(makeDevice(r, chance(r, 0.4) ? 'ios' : 'android', serial + 1))
  if (luck > 0.4 && luck < 0.62)
    devices.push(makeDevice(r, devices[0]?.kind === 'web' ? 'h5' : 'web', serial + 2))
  if (family) devices.push(family.tablet)
  return devices
}
