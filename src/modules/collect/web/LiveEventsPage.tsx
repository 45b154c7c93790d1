import { CaretRightOutlined, PauseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type UIEvent, useRef, useState } from 'react'
import { routes } from '#modules/collect/contract.ts'
import { SavedViews } from '#modules/views/web/SavedViews.tsx'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { isDenied } from '#ui/problem.ts'
import { QueryTable } from '#ui/QueryTable.tsx'
import { Stamp } from '#ui/Stamp.tsx'
import { useShortcut } from '#ui/shortcuts.ts'
import { useRoute } from '#web/use-route.ts'
import { collectWords } from './collect-words.ts'
import { EventDrawer } from './EventDrawer.tsx'
import { LiveEmpty } from './LiveEmpty.tsx'
import { LiveFilters } from './LiveFilters.tsx'
import { LiveCard, useLiveColumns } from './live-columns.tsx'
import { liveEventsRoute } from './pages.tsx'
import { useLiveEvents } from './use-live-events.ts'
import './collect.css'

export function LiveEventsPage() {
  const t = useWords(collectWords)
  const search = liveEventsRoute.useSearch()
  const { outcome, name, q, open, paused = false } = search
  const navigate = liveEventsRoute.useNavigate()
  const [scrolled, setScrolled] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  // Also while a drawer is open: what one reads must not move.
  const source = useLiveEvents({ outcome, name, search: q }, !paused && !scrolled && !open)
  const show = (id: string | undefined) => void navigate({ search: (now) => ({ ...now, open: id }) })
  const pause = () =>
    void navigate({ search: (now) => ({ ...now, paused: paused ? undefined : true }), replace: true })
  useShortcut('p', t('pauseKey'), t('group'), pause)
  const toTop = () => box.current?.querySelector('.hw-table-box')?.scrollTo({ top: 0 })
  const onScroll = (event: UIEvent) => {
    if (event.target instanceof HTMLElement && event.target.matches('.hw-table-box')) {
      setScrolled(event.target.scrollTop > 0)
    }
  }
  return (
    <div className="hw-page hw-page-fill live-page" ref={box} onScrollCapture={onScroll}>
      <PageHeader
        title={t('title')}
        purpose={t('purpose')}
        actions={
          <>
            <SavedViews
              list="events"
              keys={viewKeys}
              search={search}
              onChange={(change) =>
                void navigate({ search: (now) => ({ ...now, ...change }), replace: true })
              }
            />
            <Rate />
            <Button
              icon={paused ? <CaretRightOutlined /> : <PauseOutlined />}
              onClick={pause}
              aria-pressed={paused}
            >
              {paused ? t('resume') : t('pause')}
            </Button>
          </>
        }
      />
      {!isDenied(source.error) && <LiveFilters />}
      <QueryTable
        label={t('title')}
        source={source}
        columns={useLiveColumns()}
        rowKey={(row) => row.id}
        openKey={open}
        onOpen={(row) => show(row.id)}
        card={(row) => <LiveCard row={row} />}
        empty={<LiveEmpty hasMore={source.hasMore} loading={source.loadingMore} onMore={source.loadMore} />}
      />
      <div className="hw-bar">
        <LiveState paused={paused} reading={scrolled || open !== undefined} onTop={toTop} />
        <Stamp updatedAt={source.updatedAt} />
      </div>
      <EventDrawer id={open} rows={source.rows} onOpen={show} onClose={() => show(undefined)} />
    </div>
  )
}

/** What a view of this list holds. */
const viewKeys = ['outcome', 'name', 'q'] as const

function LiveState({ paused, reading, onTop }: { paused: boolean; reading: boolean; onTop: () => void }) {
  const t = useWords(collectWords)
  if (paused) return <span className="hw-pill hw-pill-warning">{t('paused')}</span>
  if (reading) {
    return (
      <>
        <span className="hw-pill hw-pill-warning">{t('reading')}</span>
        <Button size="small" type="link" onClick={onTop}>
          {t('toTop')}
        </Button>
      </>
    )
  }
  return (
    <span className="hw-pill hw-pill-spring">
      <span className="hw-dot live-dot" />
      {t('live')}
    </span>
  )
}

function Rate() {
  const t = useWords(collectWords)
  const status = useRoute(routes.status, {}, { every: 5000 })
  if (!status.data) return null
  return <span className="hw-number hw-muted">{t('rate', { rate: status.data.rate.toFixed(1) })}</span>
}
