import { Form, Input, Radio, Select } from 'antd'
import { type ChannelKind, channelKinds } from '#slots/channel-kind.ts'
import { channelWords } from '#ui/channel-words.ts'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { useChange } from '#web/use-route.ts'
import { type Topic, topicKey } from '../../contract/shapes.ts'
import { routes } from '../../contract.ts'
import { consentWords } from '../consent-words.ts'

type Silence = 'policy' | 'allow' | 'refuse'
type Values = {
  key: string
  class: Topic['class']
  name: Topic['name']
  description: Topic['description']
  silence: Partial<Record<ChannelKind, Silence>>
}
/** Channels on which silence is worth a word of its own. */
const asked = ['email', 'sms', 'wechat', 'push'] as const satisfies ChannelKind[]

const blank: Values = {
  key: '',
  class: 'marketing',
  name: { zh: '', en: '' },
  description: { zh: '', en: '' },
  silence: {},
}

const valuesOf = ({ key, class: kind, name, description, defaults }: Topic): Values => ({
  ...{ key, class: kind, name, description },
  silence: Object.fromEntries(asked.map((channel) => [channel, defaults[channel] ?? 'policy'])),
})

/** What is set for channels that are not asked for stays. */
function defaultsOf(silence: Values['silence'], before: Topic['defaults']): Topic['defaults'] {
  const after = { ...before }
  for (const channel of channelKinds) {
    const said = silence[channel]
    if (said === 'policy') delete after[channel]
    else if (said !== undefined) after[channel] = said
  }
  return after
}

export function TopicDialog({ topic, onClose }: { topic: Topic | 'new' | undefined; onClose: () => void }) {
  const t = useWords(consentWords)
  const c = useWords(channelWords)
  const toast = useToast()
  const create = useChange(routes.createTopic, [routes.listTopics])
  const change = useChange(routes.changeTopic, [routes.listTopics])
  const known = topic === 'new' ? undefined : topic
  const submit = async ({ key, class: kind, name, description, silence = {} }: Values) => {
    const defaults = defaultsOf(silence, known?.defaults ?? {})
    if (known) await change.mutateAsync({ params: { key: known.key }, body: { name, description, defaults } })
    else await create.mutateAsync({ body: { key, class: kind, name, description, defaults } })
    toast.done(t('saved'))
  }
  const languages = [
    ['zh', t('nameZh'), t('descriptionZh')],
    ['en', t('nameEn'), t('descriptionEn')],
  ] as const
  return (
    <FormDialog<Values>
      open={topic !== undefined}
      title={known ? t('editTopic') : t('newTopic')}
      action={known ? t('save') : t('create')}
      initial={known ? valuesOf(known) : blank}
      onSubmit={submit}
      onClose={onClose}
      width={560}
    >
      {!known && (
        <Form.Item
          name="key"
          label={t('key')}
          extra={t('keyHint')}
          rules={[{ required: true, pattern: topicKey }]}
        >
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
      )}
      {languages.map(([language, nameLabel, descriptionLabel]) => (
        <div key={language}>
          <Form.Item
            name={['name', language]}
            label={nameLabel}
            rules={[{ required: true, whitespace: true }]}
          >
            <Input maxLength={80} />
          </Form.Item>
          <Form.Item name={['description', language]} label={descriptionLabel}>
            <Input.TextArea rows={2} maxLength={300} />
          </Form.Item>
        </div>
      ))}
      <Form.Item name="class" label={t('class')} extra={t('classFixed')}>
        <Radio.Group
          disabled={known !== undefined}
          orientation="vertical"
          options={(['marketing', 'transactional'] as const).map((value) => ({
            value,
            label: `${t(`class.${value}`)} · ${t(`classHint.${value}`)}`,
          }))}
        />
      </Form.Item>
      <p className="hw-fine">
        {t('silence')} · {t('silenceHint')}
      </p>
      <div className="policy-fields">
        {asked.map((channel) => (
          <Form.Item key={channel} name={['silence', channel]} label={c(channel)}>
            <Select
              placeholder={t('silence.policy')}
              options={(['policy', 'allow', 'refuse'] as const).map((value) => ({
                value,
                label: t(`silence.${value}`),
              }))}
            />
          </Form.Item>
        ))}
      </div>
    </FormDialog>
  )
}
