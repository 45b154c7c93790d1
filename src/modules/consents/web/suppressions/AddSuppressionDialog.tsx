import { Form, Input, Select } from 'antd'
import { type ChannelKind, channelKinds } from '#slots/channel-kind.ts'
import { channelWords } from '#ui/channel-words.ts'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { useChange } from '#web/use-route.ts'
import { suppressionReasons } from '../../contract/shapes.ts'
import { routes } from '../../contract.ts'
import { consentWords } from '../consent-words.ts'

const reasons = suppressionReasons.filter((reason) => reason !== 'erased')
type Values = { channel: ChannelKind; address: string; reason: (typeof reasons)[number]; detail: string }

export function AddSuppressionDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useWords(consentWords)
  const c = useWords(channelWords)
  const toast = useToast()
  const add = useChange(routes.addSuppression, [routes.listSuppressions])
  return (
    <FormDialog<Values>
      open={open}
      title={t('addTitle')}
      action={t('add')}
      initial={{ channel: 'email', address: '', reason: 'manual', detail: '' }}
      onSubmit={async (body) => {
        await add.mutateAsync({ body })
        toast.done(t('added'))
      }}
      onClose={onClose}
    >
      <Form.Item name="channel" label={t('channel')}>
        <Select options={channelKinds.map((kind) => ({ value: kind, label: c(kind) }))} />
      </Form.Item>
      <Form.Item name="address" label={t('address')} rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={512} autoComplete="off" />
      </Form.Item>
      <Form.Item name="reason" label={t('reason')}>
        <Select options={reasons.map((reason) => ({ value: reason, label: t(`reason.${reason}`) }))} />
      </Form.Item>
      <Form.Item name="detail" label={t('detail')}>
        <Input maxLength={300} />
      </Form.Item>
    </FormDialog>
  )
}
