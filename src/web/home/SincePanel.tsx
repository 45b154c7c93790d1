import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { routes } from '#modules/notices/contract.ts'
import { NoticeRow } from '#modules/notices/web/NoticeRow.tsx'
import { useWords } from '#ui/i18n.ts'
import { TimeText } from '#ui/TimeText.tsx'
import { homeWords } from '#web/home/home-words.ts'
import { useMe } from '#web/session.ts'
import { useChange, useRoute } from '#web/use-route.ts'
import '#modules/notices/web/notices.css'

// A reload or a walk to another page is no absence.
const awayMs = 30 * 60_000

/** What was told since one was last here; nothing when there was nothing. */
export function SincePanel() {
  const t = useWords(homeWords)
  const since = useLastVisit()
  const navigate = useNavigate()
  const notices = useRoute(routes.list, { query: { limit: 20 } }, { every: 15_000 })
  const mark = useChange(routes.markRead, [routes.list, routes.count])
  const items = notices.data?.items.filter((one) => since === undefined || Date.parse(one.at) > since) ?? []
  if (items.length === 0) return null
  return (
    <section className="hw-panel" aria-label={t('since')}>
      <div className="hw-panel-head">
        <h2>{t('since')}</h2>
        {since !== undefined && (
          <span className="hw-fine">
            {t('lastHere')} <TimeText value={new Date(since).toISOString()} />
          </span>
        )}
      </div>
      <ul className="home-list home-since">
        {items.slice(0, 6).map((notice) => (
          <li key={notice.id}>
            <NoticeRow
              notice={notice}
              onOpen={() => {
                if (!notice.readAt) mark.mutate({ body: { ids: [notice.id] } })
                void navigate({ href: notice.href })
              }}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** When the visit before this one ended; undefined on the first. */
function useLastVisit(): number | undefined {
  const { user, workspace } = useMe()
  const key = `headwater.here.${user?.id ?? ''}.${workspace?.id ?? ''}`
  const [since] = useState(() => {
    // An empty text is the number 0, which would be a visit in 1970.
    const [last = Number.NaN, before = Number.NaN] = (localStorage.getItem(key) ?? 'NaN')
      .split(' ')
      .map(Number)
    const isNew = !(Date.now() - last < awayMs)
    return { last: isNew ? last : before }
  })
  useEffect(() => {
    const note = () => localStorage.setItem(key, `${Date.now()} ${since.last}`)
    note()
    const timer = setInterval(note, 60_000)
    return () => clearInterval(timer)
  }, [key, since])
  return Number.isNaN(since.last) ? undefined : since.last
}
