import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { NamedFields, type NamedValues } from '#web/lists/NamedFields.tsx'
import { useChange, useRoute } from '#web/use-route.ts'
import type { BoardLine } from '../../contract/board.ts'
import { routes } from '../../contract.ts'
import { dashboardsWords } from '../dashboards-words.ts'

type Props = {
  open: boolean
  /** Renamed or moved; without, a new one is made. */
  board?: Pick<BoardLine, 'id' | 'name' | 'folder' | 'description' | 'version'>
  /** Another one with the same tiles. */
  copy?: boolean
  onClose: () => void
  onDone: (id: string) => void
}

/** Name, folder and what it is for. */
export function BoardDialog({ open, board, copy = false, onClose, onDone }: Props) {
  const t = useWords(dashboardsWords)
  const toast = useToast()
  const list = useRoute(routes.list, { query: { limit: 1 } }, { enabled: open, staleTime: 30_000 })
  const create = useChange(routes.create, [routes.list])
  const change = useChange(routes.update, [routes.list, routes.get])
  const duplicate = useChange(routes.copy, [routes.list])
  const submit = async ({ name, folder = '', description = '' }: NamedValues) => {
    const values = { name, folder, description }
    const params = { id: board?.id ?? '' }
    const done = !board
      ? await create.mutateAsync({ body: values })
      : copy
        ? await duplicate.mutateAsync({ params, body: { name } })
        : await change.mutateAsync({ params, body: { version: board.version, ...values } })
    if (board && !copy) toast.done(t('saved', { name: done.name }))
    onDone(done.id)
  }
  const name = copy && board ? t('copyName', { name: board.name }) : (board?.name ?? '')
  return (
    <FormDialog<NamedValues>
      open={open}
      title={t(board ? (copy ? 'copy' : 'edit') : 'newBoard')}
      action={t(board && !copy ? 'save' : 'create')}
      initial={{ name, folder: board?.folder ?? '', description: board?.description ?? '' }}
      onClose={onClose}
      onSubmit={submit}
    >
      <NamedFields
        placeholder={t('namePlaceholder')}
        folders={copy ? undefined : (list.data?.folders ?? [])}
      />
    </FormDialog>
  )
}
