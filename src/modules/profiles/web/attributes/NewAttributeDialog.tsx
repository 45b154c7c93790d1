import { Form, Input } from 'antd'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { useChange } from '#web/use-route.ts'
import { routes } from '../../contract.ts'
import { AttributeFields } from './AttributeFields.tsx'
import { type AttributeValues, bodyOf, newValues } from './attribute-draft.ts'
import { attributeCatalogueWords } from './catalogue-words.ts'

type Props = {
  open: boolean
  groups: readonly string[]
  onClose: () => void
  onCreated: (name: string) => void
}

export function NewAttributeDialog({ open, groups, onClose, onCreated }: Props) {
  const t = useWords(attributeCatalogueWords)
  const toast = useToast()
  const create = useChange(routes.createAttribute, [routes.attributes])
  const send = async (values: AttributeValues) => {
    const body = { ...bodyOf({ ...newValues, ...values }), type: values.type || ('text' as const) }
    const made = await create.mutateAsync({ body })
    toast.done(t('created', { name: made.label ?? made.name }))
    onCreated(made.name)
  }
  return (
    <FormDialog<AttributeValues>
      open={open}
      title={t('newTitle')}
      action={t('create')}
      initial={newValues}
      onSubmit={send}
      onClose={onClose}
      width={640}
    >
      <Form.Item
        name="name"
        label={t('key')}
        extra={t('keyHint')}
        rules={[{ required: true, max: 200, pattern: /^\S(.*\S)?$/, message: t('keyMissing') }]}
      >
        <Input autoFocus className="hw-mono" />
      </Form.Item>
      <AttributeFields groups={groups} />
    </FormDialog>
  )
}
