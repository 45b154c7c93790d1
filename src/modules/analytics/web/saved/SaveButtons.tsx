import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { AlertMe } from '#modules/alerts/web/shared.tsx'
import { AddToBoard, useMayAddToBoard } from '#modules/dashboards/web/shared.tsx'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { useCan } from '#web/session.ts'
import { useChange } from '#web/use-route.ts'
import type { SavedAnalysis } from '../../contract/saved.ts'
import { routes } from '../../contract.ts'
import type { AskedQuestion } from '../kind-view.ts'
import type { QuestionState } from '../question-state.ts'
import { SaveDialog } from './SaveDialog.tsx'
import { savedWords } from './saved-words.ts'

type AddedAnalysis = Pick<SavedAnalysis, 'id' | 'name' | 'kind'>
type Props = {
  saved: SavedAnalysis | undefined
  question: AskedQuestion | undefined
  state: QuestionState
  onSaved: (id: string) => void
}

/** Keeps what stands in the bar: over the analysis that was opened, or as a new one. */
export function SaveButtons({ saved, question, state, onSaved }: Props) {
  const t = useWords(savedWords)
  const can = useCan()
  const toast = useToast()
  const change = useChange(routes.changeSaved, [routes.listSaved, routes.getSaved])
  const [open, setOpen] = useState(false)
  const mayAdd = useMayAddToBoard()
  /** The analysis that goes on a board; `asked`: once it is saved. */
  const [added, setAdded] = useState<AddedAnalysis | 'asked'>()
  const kept = stateToKeep(state)
  const isChanged = saved !== undefined && sorted(kept) !== sorted(saved.state)
  const update = async () => {
    if (!saved || !question) return
    try {
      const body = { version: saved.version, question, state: kept }
      await change.mutateAsync({ params: { id: saved.id }, body })
      toast.done(t('updated', { name: saved.name }))
    } catch (error) {
      toast.failed(error)
    }
  }
  const toBoard = () => {
    if (saved && !isChanged) return setAdded(saved)
    setAdded('asked')
    setOpen(true)
  }
  return (
    <>
      <Link to="/analytics/saved">
        <Button tabIndex={-1}>{t('open')}</Button>
      </Link>
      {mayAdd && question && (saved || can('analytics:write')) && (
        <Button onClick={toBoard}>{t('toBoard')}</Button>
      )}
      <AlertMe question={question} state={kept} analysis={isChanged ? undefined : saved} />
      <AddToBoard analysis={added === 'asked' ? undefined : added} onClose={() => setAdded(undefined)} />
      {can('analytics:write') && question && (
        <>
          {isChanged && (
            <Button loading={change.isPending} onClick={() => void update()}>
              {t('update')}
            </Button>
          )}
          <Button type="primary" onClick={() => setOpen(true)}>
            {saved ? t('saveNew') : t('save')}
          </Button>
          <SaveDialog
            open={open}
            question={question}
            state={kept}
            folder={saved?.folder ?? ''}
            onClose={() => {
              setOpen(false)
              setAdded((old) => (old === 'asked' ? undefined : old))
            }}
            onSaved={(done) => {
              onSaved(done.id)
              setAdded((old) => (old === 'asked' ? done : undefined))
            }}
          />
        </>
      )}
    </>
  )
}

/** Whose people are shown is nothing to keep, nor is under which name it was opened. */
function stateToKeep({ cell: _cell, saved: _saved, ...kept }: QuestionState): Record<string, unknown> {
  return JSON.parse(JSON.stringify(kept)) as Record<string, unknown>
}

/** The same text for the same content, in whichever order its keys stand. */
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, part) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
