import { FullscreenExitOutlined, FullscreenOutlined, ShareAltOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { useCan } from '#web/session.ts'
import { useChange } from '#web/use-route.ts'
import type { Board, Filters } from '../contract/board.ts'
import { routes } from '../contract.ts'
import { hasFilters } from './board-filters.ts'
import { dashboardsWords } from './dashboards-words.ts'
import { ShareDrawer } from './links/ShareDrawer.tsx'
import { BoardActs } from './list/BoardActs.tsx'
import { MailDrawer } from './mail/MailDrawer.tsx'
import { mailWords } from './mail/mail-words.ts'
import type { BoardSearch } from './pages.tsx'

type Props = {
  board: Board
  search: BoardSearch
  filters: Filters
  onChange: (part: Partial<BoardSearch>) => void
  onRemoved: () => void
  onFullScreen: () => void
}

const intervals = [0, 60, 300, 900] as const

/** Renewing, full screen, sharing, and what every board has. */
export function BoardActions({ board, search, filters, onChange, onRemoved, onFullScreen }: Props) {
  const t = useWords(dashboardsWords)
  const m = useWords(mailWords)
  const can = useCan()
  const toast = useToast()
  const keep = useChange(routes.update, [routes.get])
  const keepFilters = async () => {
    try {
      await keep.mutateAsync({ params: { id: board.id }, body: { version: board.version, filters } })
      onChange({ range: undefined, audience: undefined })
      toast.done(t('filtersKept'))
    } catch (error) {
      toast.failed(error)
    }
  }
  const known = intervals.find((one) => one === search.every) ?? 0
  const refresh = (
    <Select
      aria-label={t('refresh')}
      value={known}
      variant={search.tv ? 'borderless' : 'outlined'}
      options={intervals.map((value) => ({ value, label: t(`every.${value}`) }))}
      onChange={(value) => onChange({ every: value === 0 ? undefined : value })}
      popupMatchSelectWidth={false}
      getPopupContainer={(trigger) => trigger.parentElement ?? document.body}
    />
  )
  if (search.tv)
    return (
      <>
        {refresh}
        <Button
          icon={<FullscreenExitOutlined />}
          aria-label={t('leaveFullScreen')}
          onClick={() => onChange({ tv: undefined })}
        />
      </>
    )
  const mayKeep = can('dashboard:write') && hasFilters(search)
  return (
    <>
      {refresh}
      <Button
        icon={<FullscreenOutlined />}
        aria-label={t('fullScreen')}
        title={t('fullScreen')}
        onClick={() => {
          onFullScreen()
          onChange({ tv: true })
        }}
      />
      {can('dashboard:share') && (
        <Button icon={<ShareAltOutlined aria-hidden="true" />} onClick={() => onChange({ share: true })}>
          {t('share')}
        </Button>
      )}
      <BoardActs
        board={board}
        onRemoved={onRemoved}
        more={[
          ...(can('dashboard:write')
            ? [{ key: 'mail', label: m('mail'), onClick: () => onChange({ mail: true }) }]
            : []),
          ...(mayKeep ? [{ key: 'keep', label: t('keepFilters'), onClick: () => void keepFilters() }] : []),
        ]}
      />
      <ShareDrawer
        board={board}
        filters={filters}
        open={search.share === true}
        onClose={() => onChange({ share: undefined })}
      />
      <MailDrawer board={board} filters={filters} shown={search.mail} onShow={(mail) => onChange({ mail })} />
    </>
  )
}
