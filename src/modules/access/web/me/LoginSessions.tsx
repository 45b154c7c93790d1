import { DesktopOutlined, MobileOutlined } from '@ant-design/icons'
import { Button, Skeleton } from 'antd'
import { type LoginSession, routes } from '#modules/access/contract.ts'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { TimeText } from '#ui/TimeText.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { useChange, useRoute } from '#web/use-route.ts'
import { deviceName } from './device-name.ts'
import { meWords } from './me-words.ts'

export function LoginSessions() {
  const t = useWords(meWords)
  const sessions = useRoute(routes.listSessions, {})
  return (
    <section className="hw-panel set-form">
      <div className="hw-panel-head">
        <h2>{t('sessions')}</h2>
      </div>
      <div className="hw-panel-body">
        <p className="hw-muted">{t('sessionsPurpose')}</p>
        {sessions.error && (
          <ErrorState error={sessions.error} retry={() => void sessions.refetch()} compact />
        )}
        {sessions.isPending && <Skeleton active paragraph={{ rows: 2 }} />}
        <ul className="set-list">
          {sessions.data?.items.map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </ul>
      </div>
    </section>
  )
}

function SessionRow({ session }: { session: LoginSession }) {
  const t = useWords(meWords)
  const toast = useToast()
  const end = useChange(routes.endSession, [routes.listSessions])
  const { browser = t('unknownBrowser'), system = t('unknownSystem') } = deviceName(session.userAgent)
  const isPhone = /iPhone|Android|HarmonyOS/.test(system)
  const endIt = () =>
    end
      .mutateAsync({ params: { id: session.id } })
      .then(() => toast.done(t('ended')))
      .catch(toast.failed)
  return (
    <li>
      {isPhone ? <MobileOutlined aria-hidden="true" /> : <DesktopOutlined aria-hidden="true" />}
      <div className="set-list-main">
        <div>
          <span title={session.userAgent ?? undefined}>{t('device', { browser, system })}</span>{' '}
          {session.current && <span className="hw-pill hw-pill-spring">{t('thisDevice')}</span>}
        </div>
        <div className="hw-fine">
          {session.ip && <>{session.ip} · </>}
          {t('loggedIn')} <TimeText value={session.createdAt} /> · {t('lastSeen')}{' '}
          <TimeText value={session.lastSeenAt} />
        </div>
      </div>
      {!session.current && (
        <Button size="small" onClick={() => void endIt()} loading={end.isPending}>
          {t('end')}
        </Button>
      )}
    </li>
  )
}
