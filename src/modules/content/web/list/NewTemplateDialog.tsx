import { Form, Input, Modal, Radio, Select } from 'antd'
import { useState } from 'react'
import type { ChannelKind } from '#slots/channel-kind.ts'
import { useDisplay } from '#ui/display.tsx'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { useChange } from '#web/use-route.ts'
import { routes } from '../../contract.ts'
import { startingKinds, startingTemplates } from '../../design/starting-templates.ts'
import { channelKinds } from '../channels.ts'
import { contentWords } from '../content-words.ts'

type Props = { onClose: () => void; onMade: (id: string) => void }
type Fields = {
  name: string
  channel: ChannelKind
  language: string
  start: string
  purpose: 'marketing' | 'transactional'
}
export const offeredLanguages = ['zh-CN', 'en'] as const

/** Channel, name and language; of a mail also what to begin with. */
export function NewTemplateDialog({ onClose, onMade }: Props) {
  const t = useWords(contentWords)
  const { language } = useDisplay()
  const toast = useToast()
  const [form] = Form.useForm<Fields>()
  const [channel, setChannel] = useState<ChannelKind>('email')
  const create = useChange(routes.create, [routes.list])
  const names = new Intl.DisplayNames(language, { type: 'language' })
  const save = (fields: Fields) => {
    const start = startingTemplates.find(
      ({ kind, language }) => kind === fields.start && language === fields.language,
    )
    const { name, language: spoken, purpose } = fields
    const mail = start
      ? { subject: start.subject, preheader: start.preheader, mjml: start.mjml }
      : { mjml: blankMail }
    const body = fields.channel === 'email' ? mail : {}
    create
      .mutateAsync({
        body: { channel: fields.channel, name, language: spoken, purpose, draft: true, ...body } as never,
      })
      .then(({ id }) => onMade(id))
      .catch(toast.failed)
  }
  return (
    <Modal
      open
      title={t('newTemplate')}
      okText={t('make')}
      cancelText={t('cancel')}
      confirmLoading={create.isPending}
      onOk={() => void form.validateFields().then(save, () => undefined)}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{
          channel: 'email',
          language: language === 'zh' ? 'zh-CN' : 'en',
          start: 'welcome',
          purpose: 'marketing',
        }}
        onValuesChange={(changed: Partial<Fields>) => changed.channel && setChannel(changed.channel)}
      >
        <Form.Item
          name="name"
          label={t('name')}
          rules={[{ required: true, whitespace: true, message: t('nameNeeded') }]}
        >
          <Input autoFocus maxLength={120} />
        </Form.Item>
        <Form.Item name="channel" label={t('channel')}>
          <Select options={channelKinds.map((value) => ({ value, label: t(`channel_${value}`) }))} />
        </Form.Item>
        <Form.Item name="language" label={t('language')} extra={t('languageHint')}>
          <Select options={offeredLanguages.map((value) => ({ value, label: names.of(value) ?? value }))} />
        </Form.Item>
        <Form.Item name="purpose" label={t('purposeOf')} extra={t('purposeHint')}>
          <Radio.Group
            options={(['marketing', 'transactional'] as const).map((value) => ({
              value,
              label: t(`purpose_${value}`),
            }))}
          />
        </Form.Item>
        {channel === 'email' && (
          <Form.Item name="start" label={t('startFrom')}>
            <Select
              options={[...startingKinds, 'blank' as const].map((value) => ({
                value,
                label: t(`start_${value}`),
              }))}
            />
          </Form.Item>
        )}
      </Form>
    </Modal>
  )
}

const blankMail = `<mjml>
  <mj-head><hw-brand /></mj-head>
  <mj-body background-color="#F6F8FA">
  <mj-section background-color="#FFFFFF">
    <mj-column>
      <mj-text align="left"><p></p></mj-text>
    </mj-column>
  </mj-section>
  </mj-body>
</mjml>
`
