import { Checkbox, Form, Input } from 'antd'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { useCan } from '#web/session.ts'
import { useChange } from '#web/use-route.ts'
import { routes, type SavedView, type ViewList } from '../contract.ts'
import type { ViewContent } from './view-content.ts'
import { viewsWords } from './views-words.ts'

type Props = {
  open: boolean
  list: ViewList
  /** The one whose name and sharing change; without, what is shown becomes a new one. */
  view: SavedView | undefined
  content: ViewContent
  onClose: () => void
  onSaved: (view: SavedView) => void
}
type Values = { name: string; shared: boolean }

/** A view's name, and whether colleagues see it. */
export function ViewDialog({ open, list, view, content, onClose, onSaved }: Props) {
  const t = useWords(viewsWords)
  const can = useCan()
  const toast = useToast()
  const create = useChange(routes.create, [routes.list])
  const update = useChange(routes.update, [routes.list])
  const save = async ({ name, shared }: Values) => {
    const saved = view
      ? await update.mutateAsync({ params: { id: view.id }, body: { version: view.version, name, shared } })
      : await create.mutateAsync({ body: { list, name, content, shared: shared ?? false } })
    // What of the address was changed meanwhile stays changed.
    if (!view) onSaved(saved)
    toast.done(t('saved', { name: saved.name }))
  }
  return (
    <FormDialog<Values>
      open={open}
      title={view ? t('renameTitle') : t('saveTitle')}
      action={t('save')}
      initial={{ name: view?.name ?? '', shared: view?.shared ?? false }}
      onSubmit={save}
      onClose={onClose}
    >
      <Form.Item
        name="name"
        label={t('name')}
        rules={[{ required: true, whitespace: true, message: t('nameMissing') }]}
      >
        <Input maxLength={80} autoFocus />
      </Form.Item>
      {can('view:write') && (
        <Form.Item name="shared" valuePropName="checked" extra={t('shareHint')}>
          <Checkbox>{t('share')}</Checkbox>
        </Form.Item>
      )}
    </FormDialog>
  )
}
