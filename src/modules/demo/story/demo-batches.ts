import { DAY, DAYS, dayOf, pastMomentOn } from './calendar.ts'
import { castPerson, makeStory, type Person, type Story } from './cast-person.ts'
import type { Message } from './message.ts'
import { retryTime, sendTime, spoil } from './mishaps.ts'
import { type Chapter, planLife } from './plan-life.ts'
import { playChapter, wander } from './play-chapter.ts'
import { between, chance, draw, item, mix, pick, seeded } from './random.ts'
import { leaveLanding, type Stage, sayView } from './stage.ts'

export type DemoOptions = {
  /** The moment the story stops: the newest message lies just before it. */
  end: Date
  people: number
  /** Distinct messages wanted; repeats come on top. Below about 12 per person the plot alone yields more. */
  events: number
  seed: number
  batchSize?: number
}

export type DemoBatch = { batch: Message[]; at: Date }

type Delivery = { at: number; message: Message; isRepeat: boolean }

type Run = {
  story: Story
  stage: Stage
  /** Chapters and delayed messages by day; a day is dropped once it is told. */
  agenda: Chapter[][]
  post: Delivery[][]
  today: number
  /** Distinct messages that leave until the end of today. */
  told: number
  nextPerson: number
  /** People who may drop in between their chapters, and the day on which they lose interest. */
  curious: { person: Person; until: number }[]
}

const SCENE = 21
const FILLER = 22

/** The whole story, day by day in order of sending; holds one day and the plans of those still active. */
export function* demoBatches(options: DemoOptions): Generator<DemoBatch> {
  const run = startRun(options)
  const size = options.batchSize ?? 1000
  let batch: Message[] = []
  for (let day = 0; day < DAYS; day++) {
    tellDay(run, day, Math.round(options.events * item(run.story.calendar.volume, day + 1)))
    for (const { at, message } of takePost(run, day)) {
      batch.push(message)
      if (batch.length < size) continue
      yield { batch, at: new Date(at) }
      batch = []
    }
  }
  if (batch.length > 0) yield { batch, at: options.end }
}

function startRun(options: DemoOptions): Run {
  const story = makeStory(options)
  const person = castPerson(story, 0)
  const stage: Stage = {
    story,
    person,
    r: seeded(0, 0),
    deviceNo: 0,
    at: 0,
    longestPause: DAY,
    search: '',
    campaign: undefined,
    send: (message, at) => dispatch(run, message, at),
  }
  const byDay = <T>() => Array.from({ length: DAYS }, (): T[] => [])
  const run: Run = {
    story,
    stage,
    agenda: byDay(),
    post: byDay(),
    today: 0,
    told: 0,
    nextPerson: 0,
    curious: [],
  }
  return run
}

function tellDay(run: Run, day: number, target: number): void {
  run.today = day
  run.told += item(run.post, day).reduce((sum, delivery) => sum + (delivery.isRepeat ? 0 : 1), 0)
  admitArrivals(run, day)
  const chapters = item(run.agenda, day).sort((a, b) => a.at - b.at)
  run.agenda[day] = []
  for (const chapter of chapters) {
    run.stage.r.state = mix(run.story.seed + SCENE, chapter.person.index, Math.floor(chapter.at / 1000))
    playChapter(run.stage, chapter)
    chapter.person.busyUntil = run.stage.at
  }
  fillDay(run, day, target)
}

/** Casts all who arrive up to `day`; veterans and families may come earlier or later than their neighbours. */
function admitArrivals(run: Run, day: number): void {
  const { story } = run
  const upTo = Math.ceil(story.people * item(story.calendar.arrivals, day + 1)) + 4
  const last =
    day === DAYS - 1
      ? story.people
      : Math.min(story.people, Math.max(upTo, Math.ceil(story.people * 0.02) + 4))
  for (; run.nextPerson < last; run.nextPerson++) {
    const person = castPerson(story, run.nextPerson)
    const chapters = planLife(story, person)
    for (const chapter of chapters) item(run.agenda, dayOf(story.calendar, chapter.at)).push(chapter)
    const newest = chapters.at(-1)
    if (newest) run.curious.push({ person, until: newest.at + 20 * DAY })
  }
}

/** Tops the day up to its share of all messages with people who just look around. */
function fillDay(run: Run, day: number, target: number): void {
  const { stage, story } = run
  const dayBegin = story.calendar.start + day * DAY
  const r = seeded(story.seed, day, FILLER)
  keepCurious(run, dayBegin)
  for (let misses = 0; run.told < target && misses < 1000; ) {
    const at = pastMomentOn(r, story.calendar, day)
    const person = pickCurious(run, draw(r))
    // Between chapters only: a sign-in of this afternoon must not colour the morning.
    if (!person || person.busyUntil > at) {
      misses++
      continue
    }
    misses = 0
    stage.r.state = mix(story.seed + FILLER, person.index, Math.floor(at))
    visitAgain(stage, person, at, Math.min(between(r, 1, 8), target - run.told))
  }
}

/** A few stay, or a tiny story would end with nobody to fill the days with. */
function keepCurious(run: Run, dayBegin: number): void {
  const still = run.curious.filter((one) => one.until > dayBegin)
  run.curious = still.length > 0 ? still : run.curious.slice(-10)
}

/** The newer, the likelier: the list is in order of arrival. */
function pickCurious(run: Run, luck: number): Person | undefined {
  const { length } = run.curious
  return run.curious[Math.min(length - 1, Math.floor(length * (1 - luck * luck)))]?.person
}

function visitAgain(stage: Stage, person: Person, at: number, steps: number): void {
  const inUse = person.devices.flatMap((_, no) =>
    no === 0 || (person.signedIn & (1 << no)) !== 0 ? [no] : [],
  )
  stage.person = person
  stage.at = at
  stage.deviceNo = chance(stage.r, 0.6) ? item(inUse, inUse.length - 1) : pick(stage.r, inUse)
  leaveLanding(stage)
  sayView(stage, '首页', '/')
  wander(stage, pick(stage.r, person.favourites), steps - 1)
}

function dispatch(run: Run, sent: Message, at: number): void {
  const { stage } = run
  const message = spoil(stage, sent)
  const leaves = sendTime(stage.r, at)
  post(run, { at: leaves, message, isRepeat: false })
  const again = retryTime(stage.r, leaves)
  if (again !== undefined) post(run, { at: again, message, isRepeat: true })
}

/** What would leave after the end of the story is not sent. */
function post(run: Run, delivery: Delivery): void {
  const { calendar } = run.story
  if (delivery.at >= calendar.end) return
  const day = dayOf(calendar, delivery.at)
  item(run.post, day).push(delivery)
  if (day === run.today && !delivery.isRepeat) run.told++
}

function takePost(run: Run, day: number): Delivery[] {
  const deliveries = item(run.post, day)
  run.post[day] = []
  return deliveries.sort((a, b) => a.at - b.at)
}
