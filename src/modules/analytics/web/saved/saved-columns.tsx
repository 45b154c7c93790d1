import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { AddToBoard, useMayAddToBoard } from '#modules/dashboards/web/shared.tsx'
import { useWords } from '#ui/i18n.ts'
import type { Column } from '#ui/QueryTable.tsx'
import { TimeText } from '#ui/TimeText.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { useCan } from '#web/session.ts'
import { useChange } from '#web/use-route.ts'
import type { SavedAnalysis } from '../../contract/saved.ts'
import { routes } from '../../contract.ts'
import { viewOf } from '../kinds.ts'
import { savedWords } from './saved-words.ts'

export function useSavedColumns(onRename: (saved: SavedAnalysis) => void): Column<SavedAnalysis>[] {
  const t = useWords(savedWords)
  const can = useCan()
  const columns: Column<SavedAnalysis>[] = [
    { id: 'name', title: t('name'), cell: (one) => <NameCell saved={one} /> },
    { id: 'kind', title: t('kind'), width: 120, cell: (one) => <KindTitle kind={one.kind} /> },
    { id: 'folder', title: t('folder'), width: 150, cell: (one) => one.folder || '–' },
    {
      id: 'owner',
      title: t('owner'),
      width: 130,
      cell: (one) => <span className="hw-clip">{one.owner}</span>,
    },
    {
      id: 'used',
      title: t('usedBy'),
      width: 150,
      cell: (one) => one.usedBy.map(({ name }) => name).join(t('sep')) || '–',
    },
    { id: 'updated', title: t('updatedAt'), width: 120, cell: (one) => <TimeText value={one.updatedAt} /> },
  ]
  if (!can('analytics:write')) return columns
  return [
    ...columns,
    { id: 'acts', title: '', width: 310, cell: (one) => <Acts saved={one} onRename={() => onRename(one)} /> },
  ]
}

/** Opens it as it was left; the numbers are of now. */
export function NameCell({ saved }: { saved: SavedAnalysis }) {
  return (
    <Link
      to="/analytics"
      search={{ ...saved.state, saved: saved.id }}
      className="hw-clip"
      title={saved.description}
    >
      {saved.name}
    </Link>
  )
}

function KindTitle({ kind }: { kind: string }) {
  return <>{viewOf(kind).useTitle()}</>
}

function Acts({ saved, onRename }: { saved: SavedAnalysis; onRename: () => void }) {
  const t = useWords(savedWords)
  const toast = useToast()
  const remove = useChange(routes.removeSaved, [routes.listSaved])
  const again = useChange(routes.save, [routes.listSaved])
  const mayAdd = useMayAddToBoard()
  const [added, setAdded] = useState<SavedAnalysis>()
  const act = async () => {
    try {
      const gone = await remove.mutateAsync({ params: { id: saved.id } })
      const { name, folder, description, question, state } = gone
      toast.undo(t('removed', { name }), () =>
        again.mutateAsync({ body: { name, folder, description, question, state } }),
      )
    } catch (error) {
      toast.failed(error)
    }
  }
  return (
    <span className="hw-bar">
      {mayAdd && (
        <Button size="small" type="text" onClick={() => setAdded(saved)}>
          {t('toBoard')}
        </Button>
      )}
      <AddToBoard analysis={added} onClose={() => setAdded(undefined)} />
      <Button size="small" type="text" onClick={onRename}>
        {t('rename')}
      </Button>
      <Button size="small" type="text" loading={remove.isPending} onClick={() => void act()}>
        {t('remove')}
      </Button>
    </span>
  )
}
