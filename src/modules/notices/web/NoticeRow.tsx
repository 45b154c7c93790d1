import {
  AlertOutlined,
  BellOutlined,
  CheckCircleOutlined,
  CloseCircleOutlined,
  TeamOutlined,
  UserAddOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import { findWord, type Say, useWords, type Words } from '#ui/i18n.ts'
import { TimeText } from '#ui/TimeText.tsx'
import { jobWords } from '#web/shell/job-words.ts'
import { useEventTitles } from '#web/use-event-titles.ts'
import type { Notice } from '../contract.ts'
import { noticeWords } from './notice-words.ts'

/** One notice as a sentence that leads to what it is about. */
export function NoticeRow({ notice, onOpen }: { notice: Notice; onOpen: () => void }) {
  const t = useWords(noticeWords)
  const titles = useEventTitles()
  return (
    <button type="button" className={notice.readAt ? 'notice' : 'notice notice-new'} onClick={onOpen}>
      <span className={`notice-icon notice-${notice.level}`} aria-hidden="true">
        {iconOf(notice)}
      </span>
      <span className="notice-main">
        <span>{textOf(notice, t, titles.event)}</span>
        <span className="hw-fine">
          <TimeText value={notice.at} />
          {!notice.readAt && <span className="notice-hidden"> · {t('unreadMark')}</span>}
        </span>
      </span>
    </button>
  )
}

function iconOf({ type }: Notice): ReactNode {
  if (type === 'people.assigned') return <TeamOutlined />
  if (type === 'invitation.accepted') return <UserAddOutlined />
  if (type.startsWith('anomaly.') || type === 'alert.fired') return <AlertOutlined />
  if (/\.(finished|recovered)$/.test(type)) return <CheckCircleOutlined />
  return /\.(failed|off|paused)$/.test(type) ? <CloseCircleOutlined /> : <BellOutlined />
}

/** A job without a title goes by what it does. */
function textOf(
  { type, facts }: Notice,
  t: Say<typeof noticeWords.zh>,
  event: (name: string) => string,
): string {
  const kind = findWord(jobWords as Words, String(facts.kind ?? 'unknown')) ?? ''
  const why = facts.reason === 'gone' ? t('why_gone') : t('why_failing')
  const named = facts.of === 'event' ? { name: event(String(facts.name)) } : {}
  const fine = facts.low && facts.high ? 'fine_between' : facts.low ? 'fine_low' : 'fine_high'
  return t(type, { ...facts, ...named, title: facts.title || kind, why, fine: t(fine, facts) })
}
