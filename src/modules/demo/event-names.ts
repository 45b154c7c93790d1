type Named = { zh: string; en: string }

/** What the school calls its own events; the shop's go by their standard names, but for orders. */
export const demoEventNames: Readonly<Record<string, Named & { description?: string }>> = {
  'App Opened': { zh: '打开 App', en: 'Opened the app' },
  'Course Viewed': { zh: '浏览课程', en: 'Viewed a course', description: '打开课程详情页' },
  'Lead Form Submitted': {
    zh: '提交留资表单',
    en: 'Submitted a lead form',
    description: '官网、广告落地页的留资表单',
  },
  'Trial Booked': { zh: '预约试听', en: 'Booked a trial lesson' },
  'Trial Attended': {
    zh: '参加试听',
    en: 'Attended a trial lesson',
    description: '试听课下课时上报，带时长和评分',
  },
  'Live Class Joined': { zh: '进入直播课', en: 'Joined a live class' },
  'Lesson Started': { zh: '开始上课', en: 'Started a lesson' },
  'Lesson Completed': { zh: '完成课时', en: 'Completed a lesson' },
  'Homework Submitted': { zh: '提交作业', en: 'Submitted homework' },
  'Exam Taken': { zh: '参加测验', en: 'Took an exam' },
  'Video Played': { zh: '播放视频', en: 'Played a video' },
  'Profile Updated': { zh: '更新资料', en: 'Updated the profile' },
  'Order Completed': { zh: '支付订单', en: 'Paid an order', description: '支付成功后由商城服务端上报' },
}

/** Of properties, in every event. */
export const demoPropertyNames: Readonly<Record<string, Named>> = {
  course_id: { zh: '课程编号', en: 'Course id' },
  course_name: { zh: '课程', en: 'Course' },
  course_progress: { zh: '课程进度', en: 'Course progress' },
  class_id: { zh: '班级编号', en: 'Class' },
  subject: { zh: '科目', en: 'Subject' },
  lesson_no: { zh: '课次', en: 'Lesson no.' },
  progress: { zh: '本节进度', en: 'Progress' },
  minutes: { zh: '分钟数', en: 'Minutes' },
  is_trial: { zh: '是否试听', en: 'Trial' },
  is_renewal: { zh: '是否续费', en: 'Renewal' },
  trial_id: { zh: '试听编号', en: 'Trial id' },
  homework_id: { zh: '作业编号', en: 'Homework id' },
  questions: { zh: '题数', en: 'Questions' },
  on_time: { zh: '按时提交', en: 'On time' },
  exam_no: { zh: '测验序号', en: 'Exam no.' },
  seconds: { zh: '秒数', en: 'Seconds' },
  score: { zh: '得分', en: 'Score' },
  passed: { zh: '是否及格', en: 'Passed' },
  teacher: { zh: '老师', en: 'Teacher' },
  channel: { zh: '渠道', en: 'Channel' },
  form_id: { zh: '表单编号', en: 'Form' },
  scheduled_at: { zh: '预约时间', en: 'Booked for' },
  refund_type: { zh: '退款类型', en: 'Kind of refund' },
  grade: { zh: '年级', en: 'Grade' },
  city: { zh: '城市', en: 'City' },
  phone: { zh: '手机', en: 'Phone' },
  contact: { zh: '联系方式', en: 'Contact' },
}
