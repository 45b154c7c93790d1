import { type Calendar, DAY, DAYS, HOUR, rhythmAt } from './story/calendar.ts'
import { castPerson, makeStory, newUserId, type Person, type Story } from './story/cast-person.ts'
import type { Message } from './story/message.ts'
import { type Chapter, type ChapterKind, planLife } from './story/plan-life.ts'
import { playChapter } from './story/play-chapter.ts'
import { makePurchase } from './story/purchase.ts'
import { between, chance, draw, item, pick, type Random, seeded } from './story/random.ts'
import type { Stage } from './story/stage.ts'

type Delivery = { at: number; message: Message }

export type LiveState = {
  story: Story
  /** Messages a second that are usual by now; undefined where so few are that nobody would notice more. */
  usual: number | undefined
  /** The second up to which (not including) all messages have been handed out. */
  second?: number
  pending: Delivery[]
}

const LIVE = 31
// No session lasts longer: what a scene has left after that is not sent.
const WINDOW = 900
const LONGEST_PAUSE = 75_000
// After a longer gap (a laptop that slept) the stream goes on from now, it does not catch up.
const LONGEST_GAP = 60

/** Same `seed`, `people`, `events` and `end` as for the seeded story, so that the same people go on with their lives. */
export function startLive(options: { seed: number; people: number; events: number; end: Date }): LiveState {
  const story = makeStory(options)
  return { story, usual: usualRate(story.calendar, options.events), pending: [] }
}

// Of whole days; the last one is not over.
const RECENT = 14
// Where fewer are usual in the busiest hours, no hour of the stream can be told from chance (see the module health).
const FEWEST_PER_HOUR = 10

/** What the last fortnight of the story brought a second; a stream that brings more looks like an incident. */
function usualRate({ volume }: Calendar, events: number): number | undefined {
  const share = item(volume, DAYS - 1) - item(volume, DAYS - 1 - RECENT)
  const rate = (events * share * 1000) / (RECENT * DAY)
  return rate * 3600 < FEWEST_PER_HOUR ? undefined : rate
}

/**
 * What was sent between the last call and `now`, oldest first: as many as are usual at this hour, or of a small story one in
 * two seconds or so. What a second brings depends
 * on the seed and that second alone, so a restarted process repeats the message ids and nothing counts twice.
 */
export function liveMessages(state: LiveState, now: Date): Message[] {
  const until = Math.floor(now.getTime() / 1000)
  if (state.second === undefined || until - state.second > LONGEST_GAP) rewind(state, until - 1)
  for (let second = state.second ?? until; second < until; second++)
    state.pending.push(...startingAt(state, second))
  state.second = Math.max(until, state.second ?? until)
  const due = state.pending.filter((delivery) => delivery.at < until * 1000)
  state.pending = state.pending.filter((delivery) => delivery.at >= until * 1000)
  return due.sort(byTime).map((delivery) => delivery.message)
}

function byTime(a: Delivery, b: Delivery): number {
  return a.at - b.at || (a.message.messageId < b.message.messageId ? -1 : 1)
}

/** Starts afresh at `second`, with the sessions that are under way by then. */
function rewind(state: LiveState, second: number): void {
  const earlier = Array.from({ length: WINDOW }, (_, i) => startingAt(state, second - WINDOW + i)).flat()
  state.pending = earlier.filter((delivery) => delivery.at >= second * 1000)
  state.second = second
}

const SLOTS = [0]
// What a session comes to on average, measured over three days of the stream.
const MESSAGES_PER_SESSION = 2.5

function startingAt(state: LiveState, second: number): Delivery[] {
  const rhythm = rhythmAt(second * 1000)
  const lively = 0.1 + 0.08 * rhythm
  const likely =
    state.usual === undefined ? lively : Math.min(lively, (state.usual * rhythm) / MESSAGES_PER_SESSION)
  return SLOTS.flatMap((slot) => {
    const r = seeded(state.story.seed + LIVE, second, slot)
    return chance(r, likely) ? playSession(state.story, r, { second, slot }) : []
  })
}

type Start = { second: number; slot: number }

function playSession(story: Story, r: Random, start: Start): Delivery[] {
  const at = start.second * 1000 + between(r, 0, 999)
  const person = pickPerson(story, r, start)
  const past = planLife(story, person)
  // A tracker says when it sent, and the collector sets such a clock right; these messages come without.
  for (const device of person.devices) device.ahead = 0
  person.messagePrefix = `${story.tag}-live-${start.second.toString(36)}${start.slot}-`
  rememberSignIns(person, past)
  const deliveries: Delivery[] = []
  const send = (message: Message, sentAt: number) => {
    if (sentAt < (start.second + WINDOW) * 1000) deliveries.push({ at: sentAt, message })
  }
  const stage = {
    story,
    r,
    person,
    deviceNo: 0,
    at,
    longestPause: LONGEST_PAUSE,
    search: '',
    campaign: undefined,
    send,
  }
  playChapter(stage, chapterNow(stage, nextKind(r, past), past))
  return deliveries
}

/** A newcomer, one who came within the last two hours, or somebody from the story: the newer, the likelier. */
function pickPerson(story: Story, r: Random, { second, slot }: Start): Person {
  const luck = draw(r)
  if (luck < 0.14) return castPerson(story, newcomer(story, second, slot))
  if (luck < 0.24) return castPerson(story, newcomer(story, second - between(r, WINDOW, 7200), slot))
  if (luck < 0.34) return castPerson(story, Math.floor(draw(r) * story.people * 0.02))
  const old = draw(r)
  return castPerson(story, Math.floor(story.people * (1 - old * old)) - (old < 1e-7 ? 1 : 0))
}

function newcomer(story: Story, second: number, slot: number): number {
  return story.people + 2 * Math.max(0, second - Math.floor(story.calendar.end / 1000)) + slot
}

function rememberSignIns(person: Person, past: readonly Chapter[]): void {
  for (const { kind, no } of past) {
    if (kind === 'register') person.signedIn |= 1
    if (kind === 'sign-in') person.signedIn |= 1 << no
    if (kind === 'migrate') person.userId = newUserId(person.index)
  }
}

// What may follow the last chapter of a life; a `visit` is always possible.
const sequels: Partial<Record<ChapterKind, readonly ChapterKind[]>> = {
  visit: ['visit', 'visit', 'visit', 'visit', 'visit', 'visit', 'lead'],
  lead: ['visit', 'register'],
  register: ['visit', 'trial-book'],
  'sign-in': ['visit', 'visit', 'trial-book'],
  contact: ['visit', 'trial-book'],
  'trial-book': ['trial-attend'],
  'trial-attend': ['visit', 'visit', 'abandon', 'order'],
  abandon: ['visit', 'abandon', 'order'],
  order: ['lesson'],
  lesson: ['lesson', 'lesson', 'lesson', 'visit'],
}

function nextKind(r: Random, past: readonly Chapter[]): ChapterKind {
  const last = past.at(-1)
  if (!last) return pick(r, ['visit', 'visit', 'lead'])
  return pick(r, sequels[last.kind] ?? ['visit'])
}

function chapterNow(stage: Stage, kind: ChapterKind, past: readonly Chapter[]): Chapter {
  const { story, r, person, at } = stage
  const last = past.at(-1)
  const course = last?.course ?? item(person.favourites, 0)
  const lessons = past.filter((chapter) => chapter.kind === 'lesson' && chapter.course === course).length
  const orders = past.filter((chapter) => chapter.kind === 'order').length
  const days = Math.floor((at - story.calendar.end) / DAY)
  // The hour keeps two orders of one person on one day apart.
  const round = 10 + Math.floor((at % DAY) / HOUR)
  const purchase = kind === 'order' ? makePurchase(r, story, { person, at, course, round }) : undefined
  const no =
    kind === 'lesson'
      ? Math.min(course.lessons, lessons + 1 + Math.max(0, days))
      : kind === 'order'
        ? orders
        : past.length
  return { person, kind, at, course, no, purchase }
}
