import { Link } from '@tanstack/react-router'
import { Button, Drawer, Dropdown, Skeleton } from 'antd'
import { useDisplay, useIsNarrow } from '#ui/display.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { fullTime } from '#ui/format-time.ts'
import { useWords } from '#ui/i18n.ts'
import { problemWords } from '#ui/problem-words.ts'
import { TimeText } from '#ui/TimeText.tsx'
import { useRoute } from '#web/use-route.ts'
import { sayCondition } from '../alert-text.ts'
import type { Alert } from '../contract/alert.ts'
import { routes } from '../contract.ts'
import { AlertChart } from './AlertChart.tsx'
import { alertWords } from './alert-words.ts'
import { HistoryTable } from './HistoryTable.tsx'
import { StandingPill } from './StandingPill.tsx'
import { type MuteLength, muteMs, useAlertActs } from './use-alert-acts.ts'

type Props = { id: string | undefined; onClose: () => void; onEdit: () => void }
const shown = 90

/** One alert: how it stands, what can be done, and what it found. */
export function AlertDrawer({ id, onClose, onEdit }: Props) {
  const t = useWords(alertWords)
  const narrow = useIsNarrow()
  const asked = useRoute(
    routes.get,
    { params: { id: id ?? '' } },
    { enabled: id !== undefined, every: 15_000 },
  )
  const alert = asked.data?.id === id ? asked.data : undefined
  return (
    <Drawer
      open={id !== undefined}
      onClose={onClose}
      title={alert?.name ?? t('title')}
      size={narrow ? '100%' : 760}
      destroyOnHidden
    >
      {asked.error && <ErrorState error={asked.error} retry={() => void asked.refetch()} compact />}
      {!alert && !asked.error && <Skeleton active paragraph={{ rows: 8 }} />}
      {alert && <Shown alert={alert} onEdit={onEdit} onClose={onClose} />}
    </Drawer>
  )
}

function Shown({ alert, onEdit, onClose }: { alert: Alert; onEdit: () => void; onClose: () => void }) {
  const t = useWords(alertWords)
  const history = useRoute(
    routes.history,
    { params: { id: alert.id }, query: { limit: shown } },
    { every: 15_000 },
  )
  const found = history.data?.items ?? []
  return (
    <>
      <Notes alert={alert} />
      <Acts alert={alert} onEdit={onEdit} onClose={onClose} />
      <Facts alert={alert} />
      <h3 className="alert-section">{t('history')}</h3>
      {history.error && <ErrorState error={history.error} retry={() => void history.refetch()} compact />}
      {history.isPending && <Skeleton active paragraph={{ rows: 6 }} />}
      {found.length > 0 && (
        <>
          <AlertChart
            points={found.toReversed()}
            unit={alert.unit}
            label={t('historyOf', { name: alert.name })}
            height={260}
          />
          <HistoryTable found={found} unit={alert.unit} />
        </>
      )}
    </>
  )
}

/** Why it is as it is, where that wants a word. */
function Notes({ alert }: { alert: Alert }) {
  const t = useWords(alertWords)
  const why = useWords(problemWords)
  const { language, timezone } = useDisplay()
  const notes: string[] = []
  if (alert.pausedFor === 'rights') notes.push(t('pausedRights', { name: alert.maker }))
  if (alert.pausedFor === 'by_hand') notes.push(t('pausedByHand'))
  if (alert.mutedUntil)
    notes.push(t('mutedUntil', { when: fullTime(Date.parse(alert.mutedUntil), timezone, language) }))
  const isKnown = (code: string): code is keyof typeof problemWords.zh & string =>
    Object.hasOwn(problemWords.zh, code)
  if (alert.fault) {
    const key = alert.fault
    notes.push(t('fault', { why: isKnown(key) ? why(key) : why('fallback') }))
  }
  if (alert.last && alert.last.needs > 0) notes.push(t('learning', { count: alert.last.needs }))
  return notes.map((note) => (
    <p key={note} className="alert-note">
      {note}
    </p>
  ))
}

function Acts({ alert, onEdit, onClose }: { alert: Alert; onEdit: () => void; onClose: () => void }) {
  const t = useWords(alertWords)
  const acts = useAlertActs(onClose)
  const isPaused = alert.pausedFor !== null
  return (
    <div className="alert-acts">
      <Link
        to="/analytics"
        search={{ ...alert.state, ...(alert.analysis ? { saved: alert.analysis.id } : {}) }}
      >
        <Button tabIndex={-1}>{t('openAnalysis')}</Button>
      </Link>
      {acts.mayWrite && (
        <>
          {alert.mine && <Button onClick={onEdit}>{t('edit')}</Button>}
          {alert.mutedUntil ? (
            <Button onClick={() => acts.unmute(alert)}>{t('unmute')}</Button>
          ) : (
            !isPaused && (
              <Dropdown
                trigger={['click']}
                menu={{
                  items: (Object.keys(muteMs) as MuteLength[]).map((length) => ({
                    key: length,
                    label: t(`mute_${length}`),
                    onClick: () => acts.mute(alert, length),
                  })),
                }}
              >
                <Button>{t('mute')}</Button>
              </Dropdown>
            )
          )}
          <Button onClick={() => (isPaused ? acts.resume(alert) : acts.pause(alert))}>
            {t(isPaused ? 'resume' : 'pause')}
          </Button>
          <Button danger onClick={() => acts.remove(alert)}>
            {t('remove')}
          </Button>
        </>
      )}
    </div>
  )
}

function Facts({ alert }: { alert: Alert }) {
  const t = useWords(alertWords)
  const { language } = useDisplay()
  const options = useRoute(routes.options, {}, { staleTime: 60_000 }).data
  const members = options?.members ?? []
  const endpoints = (alert.tell.endpoints ?? []).flatMap(
    (id) => options?.endpoints.find((one) => one.id === id)?.name ?? [],
  )
  const named = alert.tell.members.flatMap((id) => members.find((one) => one.id === id)?.name ?? [])
  const others = alert.tell.members.length - named.length
  const told = [
    ...named,
    ...(others > 0 ? [`+${others}`] : []),
    ...(alert.tell.mail ? [t('tellsMail')] : []),
    ...(alert.tell.webhook ? [[t('tellsWebhook'), ...endpoints].join(' ')] : []),
  ]
  return (
    <dl className="alert-facts">
      <dt>{t('standing')}</dt>
      <dd>
        <StandingPill alert={alert} />
      </dd>
      <dt>{t('metric')}</dt>
      <dd>
        {alert.line || alert.name} · {t(`interval_${alert.interval}`)}
        {alert.analysis && <span className="hw-muted"> · {alert.analysis.name}</span>}
      </dd>
      <dt>{t('rule')}</dt>
      <dd>{sayCondition(alert.condition, alert, language)}</dd>
      <dt>{t('next')}</dt>
      <dd>{alert.nextAt ? <TimeText value={alert.nextAt} /> : t(alert.pausedFor ? 'noNext' : 'now')}</dd>
      <dt>{t('who')}</dt>
      <dd>{told.join(' · ') || t('nobody')}</dd>
      <dt>{t('maker')}</dt>
      <dd>{t('by', { name: alert.maker })}</dd>
    </dl>
  )
}
