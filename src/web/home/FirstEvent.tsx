import { CheckCircleFilled } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { useRef } from 'react'
import { routes } from '#modules/access/contract.ts'
import { useWords } from '#ui/i18n.ts'
import { homeWords } from '#web/home/home-words.ts'
import { StartChoices } from '#web/home/StartChoices.tsx'
import { useCan } from '#web/session.ts'
import { Snippets } from '#web/snippets/Snippets.tsx'
import { snippetForKind } from '#web/snippets/snippet-texts.ts'
import { useRoute } from '#web/use-route.ts'

/** Shown while nothing has come in, and once more at the moment in which it has. */
export function FirstEvent({ accepted }: { accepted: number | undefined }) {
  const t = useWords(homeWords)
  const can = useCan()
  const waited = useRef(false)
  if (accepted === 0) waited.current = true
  if (accepted === 0) return <Waiting />
  if (!waited.current || accepted === undefined) return null
  return (
    <section className="hw-panel home-arrived" role="status">
      <CheckCircleFilled aria-hidden="true" />
      <div>
        <h2>{t('arrivedTitle')}</h2>
        <p className="hw-muted">{t('arrivedText')}</p>
        <p className="hw-bar">
          <Link to="/events">{t('seeEvents')}</Link>
          <Link to="/people">{t('seePeople')}</Link>
          {can('segment:write') && <Link to="/segments/new">{t('firstSegment')}</Link>}
        </p>
      </div>
    </section>
  )
}

function Waiting() {
  const t = useWords(homeWords)
  const can = useCan()
  const mayRead = can('key:read')
  const keys = useRoute(routes.listWriteKeys, { query: { limit: 20 } }, { enabled: mayRead })
  const code = useRef<HTMLDivElement>(null)
  const source = keys.data?.items.find((key) => key.revokedAt === null)
  return (
    <section className="hw-panel home-waiting">
      <div className="home-waiting-head" role="status">
        <span className="home-pulse" aria-hidden="true" />
        <div>
          <h2>{t('waitingTitle')}</h2>
          <p className="hw-muted">{mayRead ? t('waitingText') : t('waitingDenied')}</p>
        </div>
      </div>
      <StartChoices writeKey={source?.key} onSdk={() => code.current?.scrollIntoView({ block: 'start' })} />
      <div ref={code}>{source && <Snippets writeKey={source.key} first={snippetForKind(source.kind)} />}</div>
      {mayRead && (
        <p className="hw-fine">
          {source && (
            <>
              {t('waitingSource')} {source.name} ·{' '}
            </>
          )}
          <Link to="/settings/write-keys">{t('waitingOther')}</Link>
        </p>
      )}
    </section>
  )
}
