import { AutoComplete, Form, Input } from 'antd'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { useChange, useRoute } from '#web/use-route.ts'
import { routes, type SavedQuery, type SqlChart } from '../contract.ts'
import { sqlWords } from './sql-words.ts'

type Values = { name: string; folder: string; description: string }
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
  const submit = async ({ name, folder, description }: Values) => {
    const values = { name, folder: folder ?? '', description: description ?? '' }
    const done = saved
      ? await change.mutateAsync({ params: { id: saved.id }, body: { version: saved.version, ...values } })
      : query && (await create.mutateAsync({ body: { ...values, ...query } }))
    if (!done) return
    toast.done(t('savedAs', { name: done.name }))
    onSaved?.(done)
  }
  return (
    <FormDialog<Values>
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
      <Form.Item
        name="name"
        label={t('name')}
        rules={[{ required: true, whitespace: true, message: t('nameMissing') }]}
      >
        <Input maxLength={120} placeholder={t('namePlaceholder')} />
      </Form.Item>
      <Form.Item name="folder" label={t('folder')} extra={t('folderHint')}>
        <AutoComplete
          allowClear
          options={(list.data?.folders ?? []).map((value) => ({ value }))}
          maxLength={80}
        />
      </Form.Item>
      <Form.Item name="description" label={t('description')}>
        <Input.TextArea maxLength={1000} autoSize={{ minRows: 2, maxRows: 6 }} />
      </Form.Item>
    </FormDialog>
  )
}
