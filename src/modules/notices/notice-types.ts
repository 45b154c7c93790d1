/** Wants something done; good to know; can wait. */
export const levels = ['act', 'know', 'digest'] as const
export type NoticeLevel = (typeof levels)[number]

/** Everything members are told of. A type is what they switch off. */
export const noticeTypes = {
  'people.assigned': 'act',
  'anomaly.silent': 'act',
  'anomaly.drop': 'act',
  'anomaly.surge': 'know',
  'job.failed': 'act',
  'import.failed': 'act',
  'segment.failed': 'act',
  'webhook.off': 'act',
  'alert.fired': 'act',
  'alert.recovered': 'know',
  'alert.failed': 'act',
  'alert.paused': 'act',
  'board_mail.failed': 'act',
  'board_mail.paused': 'act',
  'coupon.low': 'act',
  'import.finished': 'know',
  'job.finished': 'digest',
  'invitation.accepted': 'know',
} as const satisfies Record<string, NoticeLevel>

export type NoticeType = keyof typeof noticeTypes
export const allNoticeTypes = Object.keys(noticeTypes) as NoticeType[]
export const isNoticeType = (type: string): type is NoticeType => Object.hasOwn(noticeTypes, type)
