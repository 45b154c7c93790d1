import { Alert, Checkbox, Form, Input, Modal, Radio, Select } from 'antd'
import { useState } from 'react'
import { type Profile, routes as profiles } from '#modules/profiles/contract.ts'
import { type ChannelKind, channelKinds } from '#slots/channel-kind.ts'
import { CopyText } from '#ui/CopyText.tsx'
import { channelWords } from '#ui/channel-words.ts'
import { useDisplay } from '#ui/display.tsx'
import { useWords } from '#ui/i18n.ts'
import { TimeText } from '#ui/TimeText.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { FormDialog } from '#web/forms/FormDialog.tsx'
import { useChange, useRoute } from '#web/use-route.ts'
import type { Proof } from '../../contract/shapes.ts'
import { routes } from '../../contract.ts'
import { consentWords } from '../consent-words.ts'

type Values = {
  channel: ChannelKind
  topic: string
  state: 'granted' | 'denied'
  text: string
  confirm: boolean
}
type Props = { person: Profile; open: boolean; onClose: () => void }
// antd takes an empty value for none chosen.
const everything = '*'
const touched = [routes.ofPerson, routes.history, profiles.list, profiles.timeline]

/** Notes what somebody said, and how that is known; or asks them to confirm it. */
export function ChangeConsentDialog({ person, open, onClose }: Props) {
  const t = useWords(consentWords)
  const c = useWords(channelWords)
  const { language } = useDisplay()
  const toast = useToast()
  const [link, setLink] = useState<{ url: string; expiresAt: string }>()
  const topics = useRoute(routes.listTopics, {}, { enabled: open, staleTime: 60_000 })
  const change = useChange(routes.change, touched)
  const ask = useChange(routes.askToConfirm, touched)
  const submit = async ({ channel, topic, state, text, confirm }: Values) => {
    const proof: Proof = text.trim() === '' ? {} : { text: text.trim() }
    const body = {
      channel,
      topic: topic === everything ? null : topic,
      proof,
    }
    const params = { id: person.id }
    if (state === 'granted' && confirm) {
      const asked = await ask.mutateAsync({ params, body: { ...body, language } })
      if (asked.url !== null) setLink({ url: asked.url, expiresAt: asked.expiresAt })
      else toast.done(t(asked.sentBy === 'mail' ? 'sentBy_mail' : 'sentBy_other'))
      return
    }
    await change.mutateAsync({ params, body: { ...body, state } })
    toast.done(t('saved'))
  }
  const choices = (topics.data?.items ?? [])
    .filter((one) => one.archivedAt === null)
    .map((one) => ({ value: one.key, label: one.name[language] }))
  return (
    <>
      <FormDialog<Values>
        open={open}
        title={t('changeTitle')}
        action={t('save')}
        initial={{ channel: 'email', topic: everything, state: 'denied', text: '', confirm: false }}
        onSubmit={submit}
        onClose={onClose}
      >
        <p className="hw-fine">{t('changeHint')}</p>
        <Form.Item name="channel" label={t('channel')}>
          <Select options={channelKinds.map((kind) => ({ value: kind, label: c(kind) }))} />
        </Form.Item>
        <Form.Item name="topic" label={t('topic')}>
          <Select options={[{ value: everything, label: t('allMarketing') }, ...choices]} />
        </Form.Item>
        <Form.Item name="state" label={t('state')}>
          <Radio.Group
            options={(['granted', 'denied'] as const).map((value) => ({ value, label: t(`state.${value}`) }))}
          />
        </Form.Item>
        <Form.Item noStyle shouldUpdate={(before, after) => before.state !== after.state}>
          {({ getFieldValue }) =>
            getFieldValue('state') === 'granted' && (
              <Form.Item name="confirm" valuePropName="checked" extra={t('askConfirmHint')}>
                <Checkbox>{t('askConfirm')}</Checkbox>
              </Form.Item>
            )
          }
        </Form.Item>
        <Form.Item name="text" label={t('proofText')}>
          <Input.TextArea rows={2} maxLength={1000} placeholder={t('proofPlaceholder')} />
        </Form.Item>
      </FormDialog>
      <Modal
        open={link !== undefined}
        title={t('askConfirm')}
        footer={null}
        onCancel={() => setLink(undefined)}
      >
        <Alert type="info" showIcon title={t('notSent')} />
        {link && (
          <p className="consent-link">
            <CopyText text={link.url} />
            <span className="hw-fine">
              {t('linkEnds')} <TimeText value={link.expiresAt} />
            </span>
          </p>
        )}
      </Modal>
    </>
  )
}
