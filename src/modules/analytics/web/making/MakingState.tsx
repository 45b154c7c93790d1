import { Link } from '@tanstack/react-router'
import { Button, Progress } from 'antd'
import { useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { makingWords } from './making-words.ts'
import type { Making } from './use-making.ts'
import './making.css'

/** How far the making of segments is, and what came of it. */
export function MakingState({ making }: { making: Making }) {
  const t = useWords(makingWords)
  const { made, job, working } = making
  if (!made) return null
  if (working)
    return (
      <span className="hw-bar making">
        <Progress
          percent={Math.round((job?.progress ?? 0) * 100)}
          size="small"
          aria-label={t('progress')}
          className="making-progress"
        />
        <Button size="small" disabled={job?.cancelRequested === true} onClick={making.stop}>
          {t(job?.cancelRequested ? 'stopping' : 'cancel')}
        </Button>
      </span>
    )
  return (
    <span className="hw-bar making" aria-live="polite">
      {job?.state === 'failed' && <span className="making-fault">{t('failed')}</span>}
      {job?.state === 'cancelled' && <span className="hw-muted">{t('cancelled')}</span>}
      {job?.state === 'done' && made.segments.length > 1 && (
        <strong>{t('openAll', { count: made.segments.length })}</strong>
      )}
      {made.segments.map(({ id, name }) => (
        <Link key={id} to="/segments/$id" params={{ id }}>
          {made.segments.length > 1 ? name : t('open', { name })}
        </Link>
      ))}
      <TakeBack making={making} />
    </span>
  )
}

function TakeBack({ making }: { making: Making }) {
  const t = useWords(makingWords)
  const toast = useToast()
  const [busy, setBusy] = useState(false)
  const takeBack = () => {
    setBusy(true)
    making
      .takeBack()
      .then(() => toast.done(t('undone')), toast.failed)
      .finally(() => setBusy(false))
  }
  return (
    <Button size="small" type="link" loading={busy} onClick={takeBack}>
      {t('undo')}
    </Button>
  )
}
