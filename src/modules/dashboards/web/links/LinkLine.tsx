import { Button } from 'antd'
import { CopyButton } from '#ui/CopyText.tsx'
import { useWords } from '#ui/i18n.ts'
import { TimeText } from '#ui/TimeText.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { useCan } from '#web/session.ts'
import { useChange } from '#web/use-route.ts'
import type { BoardLink } from '../../contract/links.ts'
import { routes } from '../../contract.ts'
import { dashboardsWords } from '../dashboards-words.ts'

const colour = { open: 'hw-pill-success', expired: '', revoked: '', dead: 'hw-pill-warning' } as const

export function LinkState({ link }: { link: BoardLink }) {
  const t = useWords(dashboardsWords)
  return (
    <span className="hw-bar">
      <span
        className={`hw-pill ${colour[link.state]}`}
        title={link.state === 'dead' ? t('deadHint') : undefined}
      >
        {t(`state.${link.state}`)}
      </span>
      {link.hasPassword && <span className="hw-pill">{t('withPassword')}</span>}
    </span>
  )
}

/** Copies its address; ends it. */
export function LinkActs({ link }: { link: BoardLink }) {
  const t = useWords(dashboardsWords)
  const can = useCan()
  const toast = useToast()
  const end = useChange(routes.revokeLink, [routes.listLinks])
  const revoke = async () => {
    try {
      await end.mutateAsync({ params: { id: link.id } })
      toast.done(t('revoked'))
    } catch (error) {
      toast.failed(error)
    }
  }
  return (
    <span className="hw-bar">
      {link.path && <CopyButton text={`${window.location.origin}${link.path}`} label={t('copyLink')} />}
      {can('dashboard:share') && link.state === 'open' && (
        <Button size="small" type="text" danger loading={end.isPending} onClick={() => void revoke()}>
          {t('revoke')}
        </Button>
      )}
    </span>
  )
}

export function LinkLine({ link }: { link: BoardLink }) {
  const t = useWords(dashboardsWords)
  return (
    <li className="board-link">
      <div className="hw-bar">
        <LinkState link={link} />
        <span className="hw-fine hw-bar-grow">
          {link.maker} · {t('expires')} <TimeText value={link.expiresAt} as="day" /> · {t('opened')}{' '}
          {link.opened}
        </span>
        <LinkActs link={link} />
      </div>
      {link.path && (
        <input
          className="board-link-address"
          aria-label={t('linkAddress')}
          readOnly
          value={`${window.location.origin}${link.path}`}
          onFocus={({ target }) => target.select()}
        />
      )}
    </li>
  )
}
