import { shanghaiDate } from './calendar.ts'
import { newUserId } from './cast-person.ts'
import { type Course, productFields, teachers } from './catalogue.ts'
import { isApp } from './devices.ts'
import type { Fields } from './message.ts'
import { companies, industries } from './names.ts'
import type { Chapter, ChapterKind } from './plan-life.ts'
import { playLesson, playTrialAttend } from './play-lesson.ts'
import { playAbandon, playCancel, playOrder, playRefund } from './play-shop.ts'
import { between, chance, item, mix, pick } from './random.ts'
import {
  arriveByChannel,
  deviceOf,
  isSignedIn,
  leaveLanding,
  pause,
  type Stage,
  sayAlias,
  sayGroup,
  sayIdentify,
  sayParent,
  sayTrack,
  sayView,
  signIn,
} from './stage.ts'

const scenes: Record<ChapterKind, (stage: Stage, chapter: Chapter) => void> = {
  visit: playVisit,
  lead: playLead,
  register: playRegister,
  'sign-in': playSignIn,
  contact: playContact,
  'trial-book': playTrialBook,
  'trial-attend': playTrialAttend,
  abandon: playAbandon,
  order: playOrder,
  cancel: playCancel,
  lesson: playLesson,
  refund: playRefund,
  migrate: playMigrate,
}

/** Lets one chapter happen: the stage must already hold the chapter's own random stream. */
export function playChapter(stage: Stage, chapter: Chapter): void {
  stage.person = chapter.person
  stage.at = chapter.at
  stage.deviceNo = usualDevice(stage)
  leaveLanding(stage)
  scenes[chapter.kind](stage, chapter)
}

/** The app once it is in use, else the device of the first visit; the family's tablet comes out for lessons only. */
function usualDevice(stage: Stage): number {
  const { devices, signedIn } = stage.person
  const app = devices.findIndex(
    (device, no) => isApp(device) && device.kind !== 'tablet' && (signedIn & (1 << no)) !== 0,
  )
  return app > 0 && chance(stage.r, 0.8) ? app : 0
}

/** Two in five leave after one page. */
function playVisit(stage: Stage, chapter: Chapter): void {
  stage.deviceNo = 0
  if (chapter.no === 0 && !stage.person.veteran) arriveByChannel(stage)
  const { landing } = stage.person.channel
  sayView(stage, stage.search ? '活动页' : '首页', stage.search ? landing : '/')
  if (!chance(stage.r, 0.4)) wander(stage, chapter.course, between(stage.r, 1, 4))
}

/** Looking around without a goal, `steps` events long: the stuff between the chapters. */
export function wander(stage: Stage, course: Course, steps: number): void {
  for (let step = 0; step < steps; step++) {
    pause(stage, 35)
    leaveLanding(stage)
    lookAt(stage, course)
  }
}

function lookAt(stage: Stage, course: Course): void {
  const { r } = stage
  const path = `/course/${course.slug}`
  const what = between(r, 0, 9)
  if (what < 3) sayView(stage, course.name, path)
  else if (what < 6) sayTrack(stage, 'Course Viewed', courseFields(course), path, course.name)
  else if (what < 8)
    sayTrack(stage, 'Product Viewed', { ...productFields(course), currency: 'CNY' }, path, course.name)
  else if (what < 9)
    sayTrack(
      stage,
      'Video Played',
      { course_id: course.id, title: `${course.name} 试听`, seconds: between(r, 5, 240) },
      path,
    )
  else
    sayTrack(
      stage,
      'Products Searched',
      { query: pick(r, [course.subject, course.category, '免费', '老师', course.name]) },
      '/search',
      '搜索',
    )
}

function courseFields(course: Course): Fields {
  const { id, name, category, subject, price } = course
  return { course_id: id, course_name: name, category, subject, price }
}

/** A number left on the landing page, before anybody has an account. */
function playLead(stage: Stage, chapter: Chapter): void {
  const { r, person } = stage
  stage.deviceNo = 0
  arriveByChannel(stage)
  const { landing, key } = person.channel
  sayView(stage, '预约体验课', landing)
  pause(stage, 50)
  const phone = asTyped(person.phone, between(r, 0, 19))
  const form = {
    form_id: `form_${key}`,
    course_id: chapter.course.id,
    course_name: chapter.course.name,
    phone,
    grade: person.grade,
    channel: key,
  }
  sayTrack(stage, 'Lead Form Submitted', form, landing, '预约体验课')
  sayIdentify(stage, {
    name: person.parentName ?? person.name,
    phone,
    city: person.city,
    grade: person.grade,
  })
}

/** One in ten writes the number another way; it is the same number. */
function asTyped(phone: string, luck: number): string {
  if (luck === 0) return `+86 ${phone}`
  if (luck === 1) return `${phone.slice(0, 3)}-${phone.slice(3, 7)}-${phone.slice(7)}`
  return phone
}

function playRegister(stage: Stage, chapter: Chapter): void {
  const { r, person } = stage
  const second = person.devices[1]
  if (second && isApp(second) && second.kind !== 'tablet' && !person.veteran && chance(r, 0.6))
    stage.deviceNo = 1
  if (isApp(deviceOf(stage))) openApp(stage)
  signIn(stage)
  sayIdentify(stage, accountTraits(stage), wechatId(stage))
  if (person.family?.place === 0 && person.parentName) sayParent(stage)
  if (person.company) joinCompany(stage, person.company)
  pause(stage, 3)
  if (person.veteran) {
    sayTrack(stage, 'Signed In', { method: 'password' })
    return
  }
  sayTrack(stage, 'Signed Up', {
    method: pick(r, ['sms', 'sms', 'wechat']),
    platform: deviceOf(stage).kind,
    channel: person.channel.key,
  })
  wander(stage, chapter.course, 1)
}

export function openApp(stage: Stage): void {
  sayTrack(stage, 'App Opened', { from_background: chance(stage.r, 0.4) })
  pause(stage, 6)
}

/** One in eight signs up by WeChat alone: their number is not known before a later `contact`. */
function accountTraits(stage: Stage): Fields {
  const { person, r } = stage
  const hidesPhone = !person.family && !person.veteran && chance(r, 0.12)
  return {
    name: person.name,
    phone: hidesPhone ? undefined : person.phone,
    city: person.city,
    grade: person.grade,
    gender: person.gender,
    age: person.age,
    level: person.level,
    school: person.school,
    parent_name: person.parentName,
    vip: person.veteran && chance(r, 0.3),
    subjects: [...new Set(person.favourites.map((course) => course.subject))],
    registered_at: new Date(stage.at - (person.veteran ? between(r, 60, 400) * 86_400_000 : 0)).toISOString(),
    plan: person.veteran ? 'student' : 'free',
    company: person.company,
  }
}

function wechatId(stage: Stage): Fields[] | undefined {
  if (stage.person.channel.key !== 'wechat') return undefined
  const id = `oQh${mix(stage.person.index, 77).toString(36)}${stage.person.index.toString(36)}`
  return [{ id, type: 'wechat_unionid', collection: 'users', encoding: 'none' }]
}

function joinCompany(stage: Stage, name: string): void {
  const no = companies.indexOf(name)
  const employees = 40 + (mix(no, 9) % 3000)
  const industry = item(industries, no % industries.length)
  sayGroup(stage, `org_${no + 1}`, {
    name,
    industry,
    employees,
    plan: employees > 1000 ? 'enterprise' : 'team',
    domain: `org${no + 1}.example`,
    seats: 5 * (1 + (mix(no, 10) % 12)),
    member_title: item(jobTitles, mix(stage.person.index, 11) % jobTitles.length),
  })
}

const jobTitles = ['培训经理', '人力资源专员', '部门主管', '产品经理', '销售代表', '工程师', '财务', '行政']

/** The history of the other device joins the person only now. */
function playSignIn(stage: Stage, chapter: Chapter): void {
  stage.deviceNo = chapter.no
  if (isApp(deviceOf(stage))) openApp(stage)
  else sayView(stage, '首页', '/')
  if (chance(stage.r, 0.5)) wander(stage, chapter.course, between(stage.r, 1, 2))
  if (isSignedIn(stage)) return
  signIn(stage)
  pause(stage, 20)
  sayIdentify(stage, { name: stage.person.name })
  sayTrack(stage, 'Signed In', { method: pick(stage.r, ['sms', 'wechat', 'password']) })
}

function playContact(stage: Stage): void {
  if (!isSignedIn(stage)) return
  const { email, phone } = stage.person
  sayIdentify(stage, { email: chance(stage.r, 0.1) ? email.toUpperCase() : email, phone })
  sayTrack(stage, 'Profile Updated', { fields: ['email'] }, '/account', '我的')
}

function playTrialBook(stage: Stage, chapter: Chapter): void {
  const { r } = stage
  const { course } = chapter
  const path = `/course/${course.slug}`
  sayTrack(stage, 'Course Viewed', courseFields(course), path, course.name)
  pause(stage, 90)
  const price = chance(r, 0.5) ? 9.9 : 0
  const scheduled = `${shanghaiDate(stage.at + between(r, 1, 4) * 86_400_000)}T19:00:00+08:00`
  sayTrack(
    stage,
    'Trial Booked',
    {
      trial_id: `t_${stage.person.index}`,
      course_id: course.id,
      course_name: course.name,
      teacher: pick(r, teachers),
      scheduled_at: scheduled,
      price,
    },
    path,
    course.name,
  )
}

/** Accounts of the old system move over; `alias` ties the old id to the new one. */
function playMigrate(stage: Stage): void {
  const { person } = stage
  const previous = person.userId
  person.userId = newUserId(person.index)
  sayAlias(stage, previous)
  sayIdentify(stage, { name: person.name, migrated: true })
}
