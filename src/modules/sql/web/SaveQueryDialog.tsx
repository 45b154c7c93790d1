import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { NamedFields, type NamedValues } from '#web/lists/NamedFields.tsx'
import { useChange, useRoute } from '#web/use-route.ts'
import { routes, type SavedQuery, type SqlChart } from '../contract.ts'
import { sqlWords } from './sql-words.ts'

type Props = {
  open: boolean
  /** Renamed or moved; without, a new one is saved. */
  saved?: SavedQuery | undefined
  query?: { sql: string; chart: SqlChart } | undefined
  onClose: () => void
  onSaved?: (saved: SavedQuery) => void
}

/** Name, folder and what it is for. */
export function SaveQueryDialog({ open, saved, query, onClose, onSaved }: Props) {
  const t = useWords(sqlWords)
  const toast = useToast()
  const list = useRoute(routes.listSaved, { query: { limit: 1 } }, { enabled: open, staleTime: 30_000 })
  const create = useChange(routes.save, [routes.listSaved])
  const change = useChange(routes.changeSaved, [routes.listSaved, routes.getSaved])
  const submit = async ({ name, folder, description }: NamedValues) => {
    const values = { name, folder: folder ?? '', description: description ?? '' }
    const done = saved
      ? await change.mutateAsync({ params: { id: saved.id }, body: { version: saved.version, ...values } })
      : query && (await create.mutateAsync({ body: { ...values, ...query } }))
    if (!done) return
    toast.done(t('savedAs', { name: done.name }))
    onSaved?.(done)
  }
  return (
    <FormDialog<NamedValues>
      open={open}
      title={t(saved ? 'editTitle' : 'saveTitle')}
      action={t('save')}
      initial={{
        name: saved?.name ?? '',
        folder: saved?.folder ?? '',
        description: saved?.description ?? '',
      }}
      onClose={onClose}
      onSubmit={submit}
    >
      <NamedFields placeholder={t('namePlaceholder')} folders={list.data?.folders ?? []} />
    </FormDialog>
  )
}
