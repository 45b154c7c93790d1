import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { useChange, useRoute } from '#web/use-route.ts'
import { type Import, type Preview, routes } from '../contract.ts'
import { ErrorFileLink } from './ErrorFileLink.tsx'
import { CountCards } from './ImportCells.tsx'
import { ImportFault, ImportProgress } from './ImportProgress.tsx'
import { type ImportDraft, specOf } from './import-draft.ts'
import { importWords } from './import-words.ts'
import { ReasonTable } from './ReasonTable.tsx'

type Props = { id: string; preview: Preview; draft: ImportDraft; onBack: () => void }

/** What the dry run found, and the start of the real one. */
export function CheckStep({ id, preview, draft, onBack }: Props) {
  const t = useWords(importWords)
  const toast = useToast()
  const navigate = useNavigate()
  const run = useRoute(routes.get, { params: { id } }, { every: 1000 })
  const start = useChange(routes.start, [routes.list])
  const begin = () =>
    start.mutate(
      { body: { upload: preview.upload, spec: specOf(draft, preview, false) } },
      {
        onSuccess: (made) => void navigate({ to: '/imports/$id', params: { id: made.id } }),
        onError: toast.failed,
      },
    )
  const found = run.data
  const isOver = found !== undefined && found.state !== 'queued' && found.state !== 'running'
  return (
    <>
      {run.error && !found && <ErrorState error={run.error} retry={() => void run.refetch()} compact />}
      {found && !isOver && <ImportProgress of={found} text={t('checking')} />}
      {found?.error && <ImportFault of={found} />}
      {found && isOver && !found.error && (
        <>
          <div>
            <h2 className="import-title">{t('checkedTitle')}</h2>
            <p className="hw-muted">{t('checkedText')}</p>
          </div>
          <CountCards of={found} />
          {found.repaired > 0 && <p className="hw-muted">{t('repaired', { count: found.repaired })}</p>}
          <ReasonTable reasons={found.reasons} />
          {found.failed > 0 && <ErrorFileLink id={id} />}
          {writesNothing(found) && <p className="hw-warning">{t('nothingToWrite')}</p>}
        </>
      )}
      <div className="hw-bar import-foot">
        <span className="hw-bar-grow" />
        <Button onClick={onBack}>{t('back')}</Button>
        <Button
          type="primary"
          disabled={found?.state !== 'done' || writesNothing(found)}
          loading={start.isPending}
          onClick={begin}
        >
          {t('start')}
        </Button>
      </div>
    </>
  )
}

/** Nought in round numbers may be some. */
const writesNothing = (found: Import) => !found.rounded && found.created + found.updated === 0
