import { dayOf } from './calendar.ts'
import { castPerson, type Person, type Story } from './cast-person.ts'
import { type Audience, coursesFor } from './catalogue.ts'
import { TENCENT_FAILS_FROM } from './channels.ts'
import { type Chapter, type ChapterKind, planLife } from './plan-life.ts'

type StoryTag = {
  name: string
  parent?: string
  description?: string
  color?: 'amber' | 'red' | 'green' | 'blue' | 'purple' | 'teal'
  category?: true
  validity?: { days: number }
}

/** The company's tags, parents first. */
export const tagTree: readonly StoryTag[] = [
  { name: '意向', category: true, color: 'amber' },
  {
    name: '高意向',
    parent: '意向',
    color: 'red',
    description: '听过试听课、还没有下单；90 天后自动摘除，由顾问重新判断',
    validity: { days: 90 },
  },
  { name: '约课未到', parent: '意向' },
  { name: '价格敏感', parent: '意向' },
  { name: '学员', category: true, color: 'green' },
  { name: '在读', parent: '学员' },
  { name: '续报', parent: '学员' },
  { name: '已退费', parent: '学员' },
  { name: '学段', category: true, color: 'blue' },
  { name: '小学', parent: '学段' },
  { name: '初中', parent: '学段' },
  { name: '高中', parent: '学段' },
  { name: '成人', parent: '学段' },
  { name: '企业', parent: '学段' },
  { name: '科目', category: true, color: 'purple' },
  ...[
    ...new Set(Object.values(coursesFor).flatMap((courses) => courses.map((course) => course.subject))),
  ].map((name) => ({ name, parent: '科目' })),
  { name: '渠道质量', category: true, color: 'teal' },
  { name: '优质渠道', parent: '渠道质量' },
  { name: '问题渠道', parent: '渠道质量' },
]

const stages: Record<Audience, string> = {
  primary: '小学',
  junior: '初中',
  senior: '高中',
  adult: '成人',
  company: '企业',
}
// Of those who came to the trial lesson of such a channel, this share buys: the best three of the table.
const GOOD_CHANNEL = 0.55

/** What a course adviser would have noted about this login after the trial lesson; none before one was booked. */
export function tagsOf(story: Story, userId: string): string[] {
  const person = personOf(story, userId)
  if (!person) return []
  const life = planLife(story, person)
  const last = life.findLast((chapter) => chapter.kind !== 'visit')
  if (!last || !life.some(({ kind }) => kind === 'trial-book' || kind === 'order')) return []
  return [stages[person.audience], last.course.subject, ...standingOf(life), ...channelOf(story, person)]
}

/** Logins are numbered; ids of the old system are left untagged, as whoever cleans up would leave them. */
function personOf(story: Story, userId: string): Person | undefined {
  const number = /^qh_(\d{6,})$/.exec(userId)?.[1]
  const index = Number(number) - 100_000
  return number && index >= 0 && index < story.people ? castPerson(story, index) : undefined
}

function standingOf(life: readonly Chapter[]): string[] {
  const count = (kind: ChapterKind) => life.filter((chapter) => chapter.kind === kind).length
  if (count('refund') > 0) return ['已退费']
  const orders = count('order') - count('cancel')
  if (orders > 1) return ['在读', '续报']
  if (orders === 1) return ['在读']
  if (count('abandon') > 0) return ['高意向', '价格敏感']
  return count('trial-attend') > 0 ? ['高意向'] : ['约课未到']
}

function channelOf({ calendar }: Story, { channel, arrivedAt }: Person): string[] {
  if (channel.key === 'tencent' && dayOf(calendar, arrivedAt) >= TENCENT_FAILS_FROM) return ['问题渠道']
  return channel.pay >= GOOD_CHANNEL ? ['优质渠道'] : []
}
