import { useRouter } from '@tanstack/react-router'
import { Button, Form, Input, Select } from 'antd'
import { useMemo } from 'react'
import { routes } from '#modules/access/contract.ts'
import { useDisplay } from '#ui/display.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { callRoute } from '#web/api-client.ts'
import { machineZone, searchByLabel, zoneChoices } from '#web/forms/choices.ts'
import { useSubmit } from '#web/forms/use-submit.ts'
import { enterAs } from '#web/session.ts'
import { DoorFrame } from './DoorFrame.tsx'
import { doorWords } from './door-words.ts'

type Values = { workspace: string; name: string; email: string; password: string; timezone: string }

/** First visit of an empty instance. */
export function SetUpPage() {
  const t = useWords(doorWords)
  const router = useRouter()
  const { language } = useDisplay()
  const zones = useMemo(() => zoneChoices(language), [language])
  const [form] = Form.useForm<Values>()
  const { submit, busy, error } = useSubmit<Values>(form, async (values) => {
    enterAs(await callRoute(routes.setUp, { body: { ...values, language } }))
    await router.navigate({ href: '/' })
  })
  return (
    <DoorFrame title={t('setUpTitle')} purpose={t('setUpPurpose')} wide>
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ timezone: machineZone() }}
        onFinish={submit}
      >
        <Form.Item
          name="workspace"
          label={t('workspaceName')}
          extra={t('workspaceHint')}
          rules={[{ required: true, whitespace: true, max: 120, message: t('workspaceMissing') }]}
        >
          <Input autoFocus autoComplete="organization" />
        </Form.Item>
        <Form.Item name="timezone" label={t('timezone')} extra={t('timezoneHint')}>
          <Select options={zones} {...searchByLabel} />
        </Form.Item>
        <Form.Item
          name="name"
          label={t('yourName')}
          rules={[{ required: true, whitespace: true, max: 120, message: t('nameMissing') }]}
        >
          <Input autoComplete="name" />
        </Form.Item>
        <Form.Item
          name="email"
          label={t('email')}
          rules={[
            { required: true, message: t('emailMissing') },
            { type: 'email', message: t('emailBad') },
          ]}
        >
          <Input type="email" autoComplete="username" />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('password')}
          extra={t('passwordHint')}
          rules={[{ required: true, min: 8, message: t('passwordShort') }]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        {error !== undefined && <ErrorState error={error} compact />}
        <Button type="primary" htmlType="submit" block size="large" loading={busy} style={{ marginTop: 8 }}>
          {t('setUp')}
        </Button>
      </Form>
    </DoorFrame>
  )
}
