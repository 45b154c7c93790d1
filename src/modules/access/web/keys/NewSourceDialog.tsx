import { Form, Input, Segmented } from 'antd'
import { routes, type WriteKey } from '#modules/access/contract.ts'
import { useWords } from '#ui/i18n.ts'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { useChange } from '#web/use-route.ts'
import { keyWords } from './key-words.ts'

type Props = { open: boolean; onClose: () => void; onMade: (id: string) => void }
const kinds = ['web', 'server', 'app', 'other'] as const

export function NewSourceDialog({ open, onClose, onMade }: Props) {
  const t = useWords(keyWords)
  const create = useChange(routes.createWriteKey, [routes.listWriteKeys])
  return (
    <FormDialog<Pick<WriteKey, 'name' | 'kind'>>
      open={open}
      title={t('newSource')}
      action={t('add')}
      initial={{ kind: 'web' }}
      onSubmit={async (body) => onMade((await create.mutateAsync({ body })).id)}
      onClose={onClose}
    >
      <Form.Item
        name="name"
        label={t('sourceName')}
        extra={t('sourceNameHint')}
        rules={[{ required: true, whitespace: true, max: 120, message: t('nameMissing') }]}
      >
        <Input autoFocus />
      </Form.Item>
      <Form.Item name="kind" label={t('kind')}>
        <Segmented block options={kinds.map((kind) => ({ value: kind, label: t(`kind_${kind}`) }))} />
      </Form.Item>
    </FormDialog>
  )
}
