import { Form, Input, Segmented, Select } from 'antd'
import { useMemo } from 'react'
import { routes, type User } from '#modules/access/contract.ts'
import { useDisplay } from '#ui/display.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { callRoute } from '#web/api-client.ts'
import { searchByLabel, zoneChoices } from '#web/forms/choices.ts'
import { FormButtons } from '#web/forms/FormButtons.tsx'
import { useSubmit } from '#web/forms/use-submit.ts'
import { enterAs, useMe } from '#web/session.ts'
import { meWords } from './me-words.ts'

/** A Select has no null; the empty value stands for the workspace's zone. */
type Values = Pick<User, 'name' | 'language' | 'theme'> & { timezone: string }

export function ProfileForm() {
  const t = useWords(meWords)
  const toast = useToast()
  const me = useMe()
  const { language } = useDisplay()
  const ownZone = t('timezoneWorkspace', { zone: me.workspace?.timezone ?? 'UTC' })
  const zones = useMemo(() => [{ value: '', label: ownZone }, ...zoneChoices(language)], [language, ownZone])
  const [form] = Form.useForm<Values>()
  const { submit, busy, error } = useSubmit<Values>(form, async (values) => {
    const user = await callRoute(routes.changeMe, { body: { ...values, timezone: values.timezone || null } })
    enterAs({ ...me, user })
    toast.done(t('saved'))
  })
  if (!me.user) return null
  return (
    <section className="hw-panel set-form">
      <div className="hw-panel-head">
        <h2>{t('profile')}</h2>
      </div>
      <div className="hw-panel-body">
        <Form<Values>
          // The user menu changes the same settings.
          key={`${me.user.language}${me.user.theme}${me.user.timezone}`}
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={{ ...me.user, timezone: me.user.timezone ?? '' }}
          onFinish={submit}
        >
          <div className="hw-form-row">
            <Form.Item
              name="name"
              label={t('name')}
              rules={[{ required: true, whitespace: true, max: 120, message: t('nameMissing') }]}
            >
              <Input autoComplete="name" />
            </Form.Item>
            <Form.Item label={t('email')}>
              <Input value={me.user.email} readOnly variant="filled" aria-label={t('email')} />
            </Form.Item>
          </div>
          <div className="hw-form-row">
            <Form.Item name="language" label={t('language')}>
              <Segmented
                block
                options={[
                  { value: 'zh', label: '中文' },
                  { value: 'en', label: 'English' },
                ]}
              />
            </Form.Item>
            <Form.Item name="theme" label={t('theme')}>
              <Segmented
                block
                options={(['light', 'dark', 'system'] as const).map((value) => ({ value, label: t(value) }))}
              />
            </Form.Item>
          </div>
          <Form.Item name="timezone" label={t('timezone')}>
            <Select options={zones} {...searchByLabel} />
          </Form.Item>
          {error !== undefined && <ErrorState error={error} compact />}
          <FormButtons action={t('save')} busy={busy} />
        </Form>
      </div>
    </section>
  )
}
