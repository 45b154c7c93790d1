import { DAY, dayOf, HOUR, MINUTE, momentOn, shanghaiWeekday } from './calendar.ts'
import type { Person, Story } from './cast-person.ts'
import { type Course, coursesFor } from './catalogue.ts'
import { leadRate } from './channels.ts'
import { makePurchase, type Purchase } from './purchase.ts'
import { between, chance, draw, item, pick, type Random, seeded, waiting } from './random.ts'

export type ChapterKind =
  | 'visit'
  | 'lead'
  | 'register'
  | 'sign-in'
  | 'contact'
  | 'trial-book'
  | 'trial-attend'
  | 'abandon'
  | 'order'
  | 'cancel'
  | 'lesson'
  | 'refund'
  | 'migrate'

/** `no` counts within the kind: device to sign in on, lesson of the course, lessons taken before a refund. */
export type Chapter = {
  person: Person
  kind: ChapterKind
  at: number
  course: Course
  no: number
  purchase?: Purchase
}

type Plan = { story: Story; person: Person; r: Random; chapters: Chapter[] }

const PLAN = 11

/**
 * All turning points of one life, oldest first, up to the end of the story. Pure: live traffic asks it again who has
 * registered and who studies.
 */
export function planLife(story: Story, person: Person): Chapter[] {
  const plan: Plan = { story, person, r: seeded(story.seed, person.index, PLAN), chapters: [] }
  add(plan, 'visit', person.arrivedAt, wish(person))
  if (person.veteran) planVeteran(plan)
  else if (person.family) planFamilyChild(plan)
  else planProspect(plan)
  return plan.chapters.filter((chapter) => chapter.at < story.calendar.end).sort((a, b) => a.at - b.at)
}

function add(plan: Plan, kind: ChapterKind, at: number, course: Course, no = 0, purchase?: Purchase): number {
  plan.chapters.push({ person: plan.person, kind, at, course, no, purchase })
  return at
}

function wish(person: Person): Course {
  return item(person.favourites, 0)
}

/** A fitting hour on a day about `meanDays` after `at`, never before `at`. */
function later(plan: Plan, at: number, meanDays: number): number {
  const day = dayOf(plan.story.calendar, at + waiting(plan.r, meanDays) * DAY)
  const moment = momentOn(plan.r, plan.story.calendar, day)
  return moment > at + 20 * MINUTE ? moment : at + between(plan.r, 20, 90) * MINUTE
}

function planVeteran(plan: Plan): void {
  const { r, person } = plan
  const signedIn = add(plan, 'register', person.arrivedAt + 2 * MINUTE, wish(person))
  const start = later(plan, signedIn, 3)
  const from = between(r, 1, Math.floor(wish(person).lessons / 2))
  studyOrLeave(plan, { start, course: wish(person), from, round: 0 })
  if (person.userId.startsWith('legacy_'))
    add(plan, 'migrate', later(plan, signedIn + 20 * DAY, 5), wish(person))
}

/** Children of one family come one after the other, and all of them stay. */
function planFamilyChild(plan: Plan): void {
  const place = plan.person.family?.place ?? 0
  const registered = add(
    plan,
    'register',
    later(plan, plan.person.arrivedAt + place * DAY, 2),
    wish(plan.person),
  )
  const trial = planTrial(plan, registered, 1)
  buy(plan, later(plan, trial, 2), wish(plan.person), 0)
}

function planProspect(plan: Plan): void {
  const { r, person, story } = plan
  if (chance(r, 0.22)) add(plan, 'visit', later(plan, person.arrivedAt, 6), item(person.favourites, 1), 1)
  const isLead = chance(r, leadRate(person.channel, story.calendar, person.arrivedAt))
  if (!isLead && !chance(r, 0.045)) return
  const leadAt = isLead
    ? add(plan, 'lead', firstContact(plan), wish(person))
    : later(plan, person.arrivedAt, 4)
  if (isLead && !chance(r, 0.8)) return
  const registered = add(plan, 'register', later(plan, leadAt, isLead ? 1.2 : 0.2), wish(person))
  planAccount(plan, registered)
  if (!isLead && chance(r, 0.12)) buy(plan, later(plan, registered, 2), cheapest(person), 0)
  else if (chance(r, person.channel.trial)) planFunnel(plan, registered)
}

/** Half of the leads leave their number on the first visit. */
function firstContact(plan: Plan): number {
  const { r, person } = plan
  return chance(r, 0.55) ? person.arrivedAt + between(r, 3, 9) * MINUTE : later(plan, person.arrivedAt, 3)
}

function cheapest(person: Person): Course {
  return coursesFor[person.audience].reduce((best, course) => (course.price < best.price ? course : best))
}

/** Other devices and the mail address follow in their own time. */
function planAccount(plan: Plan, registered: number): void {
  const { r, person } = plan
  for (let device = 1; device < person.devices.length; device++) {
    if (chance(r, 0.7)) add(plan, 'sign-in', later(plan, registered, 9), wish(person), device)
  }
  if (chance(r, 0.34)) add(plan, 'contact', later(plan, registered, 14), wish(person))
}

function planFunnel(plan: Plan, registered: number): void {
  const { r, person } = plan
  const attended = planTrial(plan, registered, person.channel.attend)
  if (attended === 0) return
  const decided = later(plan, attended, 2.5)
  const undecided = chance(r, 0.25)
  if (undecided) add(plan, 'abandon', decided, wish(person))
  if (chance(r, person.channel.pay)) buy(plan, undecided ? later(plan, decided, 2) : decided, wish(person), 0)
}

/** When the trial lesson was over; 0 for a no-show. */
function planTrial(plan: Plan, registered: number, attend: number): number {
  const booked = add(plan, 'trial-book', later(plan, registered, 0.8), wish(plan.person))
  const lesson = lessonMoment(plan, booked + between(plan.r, 1, 4) * DAY, 19)
  return chance(plan.r, attend) ? add(plan, 'trial-attend', lesson, wish(plan.person)) : 0
}

function buy(plan: Plan, at: number, course: Course, round: number): void {
  const { r } = plan
  const purchase = makePurchase(r, plan.story, { person: plan.person, at, course, round })
  add(plan, 'order', at, course, round, purchase)
  if (round === 0 && chance(r, 0.05)) {
    add(plan, 'cancel', at + between(r, 1, 20) * HOUR, course, round, purchase)
    return
  }
  studyOrLeave(plan, { start: at + between(r, 1, 5) * DAY, course, from: 1, round, purchase })
}

type Studies = { start: number; course: Course; from: number; round: number; purchase?: Purchase }

/** One in twelve asks for the money back, early in the course; some of the others buy again at its end. */
function studyOrLeave(plan: Plan, studies: Studies): void {
  const { r, person } = plan
  const { course, round, purchase } = studies
  const leavesAfter = chance(r, 0.085) ? between(r, 1, 8) : course.lessons
  const over = study(plan, studies, leavesAfter)
  if (leavesAfter < course.lessons) {
    // Veterans paid before the story began: there is no order to refund, they just stop.
    if (purchase) add(plan, 'refund', over + between(r, 2, 30) * HOUR, course, leavesAfter, purchase)
  } else if (chance(r, 0.46) && over < plan.story.calendar.end) {
    buy(plan, later(plan, over, 4), pick(r, coursesFor[person.audience]), round + 1)
  }
}

/** Lessons lie on fixed weekdays at a fixed hour; returns the end of the last one planned. */
function study(plan: Plan, studies: Studies, until: number): number {
  const { r, story } = plan
  const { start, course, from } = studies
  const offset = between(r, 0, 6)
  const hour = draw(r) < 0.7 ? between(r, 18, 20) : between(r, 9, 16)
  const diligence = 0.72 + draw(r) * 0.26
  let day = start
  let over = start
  for (let lesson = from; lesson <= until && day < story.calendar.end; day += DAY) {
    if (!isLessonDay(day, offset, course.perWeek)) continue
    if (chance(r, diligence)) over = add(plan, 'lesson', lessonMoment(plan, day, hour), course, lesson)
    lesson++
  }
  return day < story.calendar.end ? over + HOUR : story.calendar.end
}

function isLessonDay(at: number, offset: number, perWeek: number): boolean {
  const day = (shanghaiWeekday(at) + offset) % 7
  return day === 0 || (perWeek > 1 && day === 3) || (perWeek > 2 && day === 5)
}

/** A few minutes around the full hour, on the day of `at`. */
function lessonMoment(plan: Plan, at: number, hour: number): number {
  const midnight = plan.story.calendar.start + dayOf(plan.story.calendar, at) * DAY
  return midnight + hour * HOUR + between(plan.r, -8 * 60, 6 * 60) * 1000
}
