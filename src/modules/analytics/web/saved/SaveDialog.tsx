import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { NamedFields, type NamedValues } from '#web/lists/NamedFields.tsx'
import { useChange, useRoute } from '#web/use-route.ts'
import type { SavedAnalysis } from '../../contract/saved.ts'
import { routes } from '../../contract.ts'
import type { AskedQuestion } from '../kind-view.ts'
import { savedWords } from './saved-words.ts'

type Props = {
  open: boolean
  /** Renamed or moved; without, a new one is saved. */
  saved?: SavedAnalysis | undefined
  question?: AskedQuestion | undefined
  state?: Record<string, unknown>
  folder?: string
  onClose: () => void
  onSaved?: (saved: SavedAnalysis) => void
}

/** Name, folder and what it is for. */
export function SaveDialog({ open, saved, question, state = {}, folder = '', onClose, onSaved }: Props) {
  const t = useWords(savedWords)
  const toast = useToast()
  const list = useRoute(routes.listSaved, { query: { limit: 1 } }, { enabled: open, staleTime: 30_000 })
  const create = useChange(routes.save, [routes.listSaved])
  const change = useChange(routes.changeSaved, [routes.listSaved, routes.getSaved])
  const submit = async ({ name, folder: into, description }: NamedValues) => {
    const values = { name, folder: into ?? '', description: description ?? '' }
    const done = saved
      ? await change.mutateAsync({ params: { id: saved.id }, body: { version: saved.version, ...values } })
      : question && (await create.mutateAsync({ body: { ...values, question, state } }))
    if (!done) return
    toast.done(t('saved', { name: done.name }))
    onSaved?.(done)
  }
  return (
    <FormDialog<NamedValues>
      open={open}
      title={saved ? t('rename') : t('saveTitle')}
      action={t('save')}
      initial={{
        name: saved?.name ?? '',
        folder: saved?.folder ?? folder,
        description: saved?.description ?? '',
      }}
      onClose={onClose}
      onSubmit={submit}
    >
      <NamedFields placeholder={t('namePlaceholder')} folders={list.data?.folders ?? []} />
    </FormDialog>
  )
}
