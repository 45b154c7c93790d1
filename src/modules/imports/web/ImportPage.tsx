import { Link } from '@tanstack/react-router'
import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import { ConfirmDanger } from '#ui/ConfirmDanger.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { TimeText } from '#ui/TimeText.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { useCan } from '#web/session.ts'
import { useChange, useRoute } from '#web/use-route.ts'
import { type Import, routes } from '../contract.ts'
import { ErrorFileLink } from './ErrorFileLink.tsx'
import { CountCards, StatePill } from './ImportCells.tsx'
import { ImportFault, ImportProgress } from './ImportProgress.tsx'
import { keyText } from './identifier-choices.ts'
import { importWords } from './import-words.ts'
import { importRoute } from './pages.tsx'
import { ReasonTable } from './ReasonTable.tsx'
import './imports.css'

const moving = new Set(['queued', 'running', 'undoing'])

export function ImportPage() {
  const t = useWords(importWords)
  const { id } = importRoute.useParams()
  const [moves, setMoves] = useState(true)
  const found = useRoute(routes.get, { params: { id } }, { every: moves ? 1000 : false })
  const one = found.data
  const isMoving = one === undefined || moving.has(one.state)
  if (isMoving !== moves) setMoves(isMoving)
  if (!one)
    return (
      <div className="hw-page">
        {found.error ? (
          <ErrorState error={found.error} retry={() => void found.refetch()} />
        ) : (
          <Skeleton active />
        )}
      </div>
    )
  return (
    <div className="hw-page import-page">
      <PageHeader
        title={one.name}
        above={<Link to="/imports">{t('all')}</Link>}
        purpose={<Facts one={one} />}
        actions={<Actions one={one} onUndo={() => setMoves(true)} />}
      />
      {isMoving && <ImportProgress of={one} />}
      <ImportFault of={one} />
      {one.state === 'undone' && <p className="hw-muted">{t('undone', { count: one.removed })}</p>}
      <CountCards of={one} />
      {one.repaired > 0 && <p className="hw-muted">{t('repaired', { count: one.repaired })}</p>}
      <ReasonTable reasons={one.reasons} />
      {one.failed > 0 && <ErrorFileLink id={one.id} />}
      {one.state === 'done' && !one.dry_run && <Onwards one={one} />}
    </div>
  )
}

function Facts({ one }: { one: Import }) {
  const t = useWords(importWords)
  return (
    <span className="hw-bar">
      <StatePill state={one.state} />
      <span>
        {t(`kind.${one.kind}`)}
        {one.dry_run && ` · ${t('dryRun')}`}
      </span>
      <span>{t('usedKey', { column: one.spec.key.column, kind: keyText(one.kind, one.spec.key.kind) })}</span>
      <span>
        {t('importedBy', { name: one.by })} · <TimeText value={one.createdAt} />
      </span>
    </span>
  )
}

function Actions({ one, onUndo }: { one: Import; onUndo: () => void }) {
  const t = useWords(importWords)
  const toast = useToast()
  const can = useCan()
  const [asking, setAsking] = useState(false)
  const cancel = useChange(routes.cancel, [routes.get, routes.list])
  const undo = useChange(routes.undo, [routes.get, routes.list])
  const params = { id: one.id }
  if (!can('import:write')) return null
  return (
    <>
      {(one.state === 'queued' || one.state === 'running') && (
        <Button
          loading={cancel.isPending}
          onClick={() =>
            cancel.mutate({ params }, { onSuccess: () => toast.done(t('cancelled')), onError: toast.failed })
          }
        >
          {t('cancel')}
        </Button>
      )}
      {one.undoable && <Button onClick={() => setAsking(true)}>{t('undo')}</Button>}
      <ConfirmDanger
        open={asking}
        title={t('undoTitle', { name: one.name })}
        phrase={one.name}
        action={t('undo')}
        onConfirm={async () => {
          await undo.mutateAsync({ params })
          toast.done(t('undoStarted'))
          onUndo()
        }}
        onClose={() => setAsking(false)}
      >
        {t(undoTexts[one.kind])}
      </ConfirmDanger>
    </>
  )
}

const undoTexts = {
  people: 'undoText',
  companies: 'undoCompaniesText',
  events: 'undoEventsText',
  orders: 'undoEventsText',
} as const

/** Where to look at what came in. */
function Onwards({ one }: { one: Import }) {
  const t = useWords(importWords)
  const [tag] = one.spec.tags
  if (one.kind === 'companies')
    return (
      <div className="hw-bar">
        <Link to="/companies" search={{ sort: '-createdAt' }}>
          {t('seeCompanies')}
        </Link>
      </div>
    )
  if (one.kind !== 'people')
    return (
      <div className="hw-bar">
        <Link to="/events">{t('seeEvents')}</Link>
      </div>
    )
  return (
    <div className="hw-bar">
      <Link to="/people" search={tag === undefined ? { sort: '-firstSeen' } : { rule: { all: [{ tag }] } }}>
        {t('seePeople')}
      </Link>
    </div>
  )
}
