import {
  AlertOutlined,
  BellOutlined,
  CheckCircleOutlined,
  CloseCircleOutlined,
  TeamOutlined,
  UserAddOutlined,
} from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Button, Skeleton, Switch } from 'antd'
import { type ReactNode, useId, useState } from 'react'
import { ErrorState } from '#ui/ErrorState.tsx'
import { findWord, type Say, useWords, type Words } from '#ui/i18n.ts'
import { TimeText } from '#ui/TimeText.tsx'
import { jobWords } from '#web/shell/job-words.ts'
import { useChange, usePages } from '#web/use-route.ts'
import { type Notice, routes } from '../contract.ts'
import { noticeWords } from './notice-words.ts'

/** What I was told, newest first; opening one marks it read. */
export function NoticeList({ onLeave }: { onLeave: () => void }) {
  const t = useWords(noticeWords)
  const id = useId()
  const navigate = useNavigate()
  const [onlyUnread, setOnlyUnread] = useState(false)
  const list = usePages(
    routes.list,
    { query: { limit: 20, unread: onlyUnread ? 'true' : 'false' } },
    { every: 10_000 },
  )
  const mark = useChange(routes.markRead, [routes.list, routes.count])
  const open = (notice: Notice) => {
    if (!notice.readAt) mark.mutate({ body: { ids: [notice.id] } })
    onLeave()
    void navigate({ href: notice.href })
  }
  return (
    <div className="notices">
      <div className="notices-bar">
        <label htmlFor={id}>
          <Switch id={id} size="small" checked={onlyUnread} onChange={setOnlyUnread} /> {t('onlyUnread')}
        </label>
        <Button type="link" size="small" loading={mark.isPending} onClick={() => mark.mutate({ body: {} })}>
          {t('allRead')}
        </Button>
      </div>
      {list.error !== null && list.rows.length === 0 && (
        <ErrorState error={list.error} retry={list.retry} compact />
      )}
      {list.loading && <Skeleton active className="notices-none" paragraph={{ rows: 3 }} title={false} />}
      {!list.loading && !list.error && list.rows.length === 0 && (
        <div className="notices-none">
          <strong>{t('none')}</strong>
          <p className="hw-muted">{t('noneText')}</p>
        </div>
      )}
      <ul>
        {list.rows.map((notice) => (
          <li key={notice.id}>
            <button
              type="button"
              className={notice.readAt ? 'notice' : 'notice notice-new'}
              onClick={() => open(notice)}
            >
              <span className={`notice-icon notice-${notice.level}`} aria-hidden="true">
                {iconOf(notice)}
              </span>
              <span className="notice-main">
                <span>{textOf(notice, t)}</span>
                <span className="hw-fine">
                  <TimeText value={notice.at} />
                  {!notice.readAt && <span className="notice-hidden"> · {t('unreadMark')}</span>}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {list.hasMore && (
        <Button block type="text" loading={list.loadingMore} onClick={list.loadMore}>
          {t('more')}
        </Button>
      )}
    </div>
  )
}

function iconOf({ type }: Notice): ReactNode {
  if (type === 'people.assigned') return <TeamOutlined />
  if (type === 'invitation.accepted') return <UserAddOutlined />
  if (type.startsWith('anomaly.')) return <AlertOutlined />
  if (type.endsWith('.finished')) return <CheckCircleOutlined />
  return type.endsWith('.failed') || type.endsWith('.off') ? <CloseCircleOutlined /> : <BellOutlined />
}

/** A job without a title goes by what it does. */
function textOf({ type, facts }: Notice, t: Say<typeof noticeWords.zh>): string {
  const kind = findWord(jobWords as Words, String(facts.kind ?? 'unknown')) ?? ''
  const why = facts.reason === 'gone' ? t('why_gone') : t('why_failing')
  return t(type, { ...facts, title: facts.title || kind, why })
}
