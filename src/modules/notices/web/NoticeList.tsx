import { useNavigate } from '@tanstack/react-router'
import { Button, Skeleton, Switch } from 'antd'
import { useId, useState } from 'react'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { useChange, usePages } from '#web/use-route.ts'
import { type Notice, routes } from '../contract.ts'
import { NoticeRow } from './NoticeRow.tsx'
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
            <NoticeRow notice={notice} onOpen={() => open(notice)} />
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
