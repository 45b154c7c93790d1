import { Form, Input, Modal } from 'antd'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { useMe } from '#web/session.ts'
import { useChange } from '#web/use-route.ts'
import type { Template } from '../../contract/template.ts'
import { routes } from '../../contract.ts'
import { contentWords } from '../content-words.ts'

type Props = { template: Template; language: string; person: string | undefined; onClose: () => void }
const addressesOf = (text: string) => text.split(/[\s,;，；]+/).filter(Boolean)
const areGood = (all: readonly string[]) =>
  all.length >= 1 && all.length <= 5 && all.every((one) => /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(one))

/** The draft by mail, to one’s own team, as the person of the preview would get it. */
export function TestSendDialog({ template, language, person, onClose }: Props) {
  const t = useWords(contentWords)
  const toast = useToast()
  const { user } = useMe()
  const [form] = Form.useForm<{ to: string }>()
  const send = useChange(routes.testSend)
  const submit = ({ to }: { to: string }) =>
    send
      .mutateAsync({
        params: { id: template.id },
        body: { to: addressesOf(to), language, ...(person ? { person } : {}) },
      })
      .then(({ sent }) => {
        toast.done(t('testSent', { count: sent }))
        onClose()
      })
      .catch(toast.failed)
  const check = async (_rule: unknown, to: string) => {
    if (!areGood(addressesOf(to ?? ''))) throw new Error(t('testAddress'))
  }
  return (
    <Modal
      open
      title={t('testSend')}
      okText={t('testSend')}
      cancelText={t('cancel')}
      confirmLoading={send.isPending}
      onOk={() => void form.validateFields().then(submit, () => undefined)}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" requiredMark={false} initialValues={{ to: user?.email ?? '' }}>
        <Form.Item name="to" label={t('testTo')} extra={t('testToHint')} rules={[{ validator: check }]}>
          <Input autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  )
}
