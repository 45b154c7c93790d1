import { Form, Input } from 'antd'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { useChange } from '#web/use-route.ts'
import { routes } from '../../contract.ts'
import { listWords } from './list-words.ts'

type Values = { name: string }

/** A list begins empty; people are put on it on its own page. */
export function NewListDialog({
  open,
  onClose,
  onMade,
}: {
  open: boolean
  onClose: () => void
  onMade: (id: string) => void
}) {
  const t = useWords(listWords)
  const toast = useToast()
  const create = useChange(routes.create, [routes.list])
  return (
    <FormDialog<Values>
      open={open}
      title={t('newListTitle')}
      action={t('create')}
      initial={{ name: '' }}
      onClose={onClose}
      onSubmit={async ({ name }) => {
        const list = await create.mutateAsync({ body: { name, kind: 'list' } })
        toast.done(t('created', { name: list.name }))
        onMade(list.id)
      }}
    >
      <p className="hw-fine">{t('newListText')}</p>
      <Form.Item
        name="name"
        label={t('name')}
        rules={[{ required: true, whitespace: true, message: t('nameMissing') }]}
      >
        <Input maxLength={120} placeholder={t('namePlaceholder')} />
      </Form.Item>
    </FormDialog>
  )
}
