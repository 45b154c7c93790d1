import { Button } from 'antd'
import { EmptyState } from '#ui/EmptyState.tsx'
import { useWords } from '#ui/i18n.ts'
import { collectWords } from './collect-words.ts'
import { liveEventsRoute } from './pages.tsx'

/** Nothing at all, or nothing that the filters let through. */
type Props = { hasMore: boolean; loading: boolean; onMore: () => void }

export function LiveEmpty({ hasMore, loading, onMore }: Props) {
  const t = useWords(collectWords)
  const { outcome, name, q } = liveEventsRoute.useSearch()
  const navigate = liveEventsRoute.useNavigate()
  if (outcome || name || q) {
    const actions = (
      <div className="hw-bar live-none">
        <Button onClick={() => void navigate({ search: {} })}>{t('clear')}</Button>
        {hasMore && (
          <Button onClick={onMore} loading={loading}>
            {t('further')}
          </Button>
        )}
      </div>
    )
    return (
      <EmptyState
        title={hasMore ? t('noneYetTitle') : t('noneTitle')}
        text={t('noneText')}
        action={actions}
      />
    )
  }
  const connect = (
    <Button type="primary" onClick={() => void navigate({ to: '/settings/write-keys' as string })}>
      {t('emptyAction')}
    </Button>
  )
  return (
    <EmptyState title={t('emptyTitle')} text={t('emptyText')} picture={<FullPicture />} action={connect} />
  )
}

const rows: [outcome: string, name: number, who: number][] = [
  ['var(--success)', 70, 46],
  ['var(--success)', 52, 60],
  ['var(--danger)', 64, 38],
  ['var(--success)', 46, 52],
]

function FullPicture() {
  return (
    <svg width="260" height="116" viewBox="0 0 260 116" aria-hidden="true">
      <rect x=".5" y=".5" width="259" height="115" rx="8" fill="var(--surface)" stroke="var(--line)" />
      {rows.map(([colour, name, who], i) => (
        <g key={name} transform={`translate(16 ${14 + i * 25})`}>
          <rect width="28" height="8" y="3" rx="4" fill="var(--line)" />
          <rect x="42" width="34" height="14" rx="7" fill={colour} opacity="0.25" />
          <rect x="90" y="3" width={name} height="8" rx="4" fill="var(--line-strong)" />
          <rect x="176" y="3" width={who} height="8" rx="4" fill="var(--river)" opacity="0.45" />
        </g>
      ))}
    </svg>
  )
}
