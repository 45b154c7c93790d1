import { type Course, teachers } from './catalogue.ts'
import type { Fields } from './message.ts'
import type { Chapter } from './plan-life.ts'
import { between, chance, item, mix } from './random.ts'
import { isSignedIn, pause, type Stage, sayIdentify, sayTrack, sayView, signIn } from './stage.ts'

/** The first lesson the class gives for free. */
export function playTrialAttend(stage: Stage, chapter: Chapter): void {
  const { r, person } = stage
  takeTablet(stage)
  sayTrack(stage, 'Live Class Joined', {
    ...classFields(person.index, chapter.course),
    lesson_no: 0,
    is_trial: true,
  })
  pause(stage, 1500)
  const minutes = between(r, 18, 45)
  sayTrack(stage, 'Trial Attended', {
    trial_id: `t_${person.index}`,
    course_id: chapter.course.id,
    course_name: chapter.course.name,
    minutes,
    rating: between(r, 2, 5),
  })
}

/** Live class on most days, a recording on the others; homework and exams after it. */
export function playLesson(stage: Stage, chapter: Chapter): void {
  const { r, person } = stage
  const { course, no } = chapter
  takeTablet(stage)
  const fields = { ...classFields(person.index, course), lesson_no: no }
  const isLive = chance(r, 0.6)
  if (chance(r, 0.5)) sayTrack(stage, 'App Opened', { from_background: false })
  if (isLive) sayTrack(stage, 'Live Class Joined', { ...fields, is_trial: false })
  else sayTrack(stage, 'Lesson Started', fields)
  pause(stage, 2100)
  const progress = chance(r, 0.88) ? 100 : between(r, 10, 95)
  sayTrack(stage, 'Lesson Completed', {
    ...fields,
    progress,
    minutes: between(r, 25, 58),
    course_progress: Math.round((no / course.lessons) * 100),
  })
  if (chance(r, 0.55)) submitHomework(stage, course, no)
  if (no % 8 === 0) takeExam(stage, course, no)
}

function submitHomework(stage: Stage, course: Course, no: number): void {
  pause(stage, 2400)
  sayTrack(stage, 'Homework Submitted', {
    course_id: course.id,
    lesson_no: no,
    homework_id: `hw_${course.id}_${no}`,
    questions: between(stage.r, 4, 20),
    on_time: chance(stage.r, 0.9),
  })
}

/** Scores rise a little from exam to exam. */
function takeExam(stage: Stage, course: Course, no: number): void {
  pause(stage, 1200)
  const talent = 48 + (mix(stage.person.index, 21) % 40)
  const score = Math.min(100, talent + Math.floor(no / 8) * 3 + between(stage.r, -9, 9))
  sayTrack(stage, 'Exam Taken', {
    course_id: course.id,
    course_name: course.name,
    exam_no: no / 8,
    score,
    passed: score >= 60,
  })
}

function classFields(index: number, course: Course): Fields {
  const group = mix(index, 31) % 60
  return {
    class_id: `cl_${course.id}_${group}`,
    course_id: course.id,
    course_name: course.name,
    subject: course.subject,
    teacher: item(teachers, group % teachers.length),
  }
}

/**
 * Children of a family take turns on one tablet: what is looked at before the sign-in carries the device id alone and
 * belongs to whoever signed in last.
 */
function takeTablet(stage: Stage): void {
  const { person, r } = stage
  if (!person.family || !chance(r, 0.8)) return
  stage.deviceNo = person.devices.length - 1
  if (isSignedIn(stage) && chance(r, 0.3)) lookWithoutSignIn(stage)
  signIn(stage)
  sayIdentify(stage, { name: person.name })
  sayTrack(stage, 'Signed In', { method: 'sms' })
  pause(stage, 5)
}

function lookWithoutSignIn(stage: Stage): void {
  stage.person.signedIn &= ~(1 << stage.deviceNo)
  sayView(stage, '首页', '/')
  pause(stage, 15)
}
