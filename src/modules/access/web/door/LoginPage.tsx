import { useRouter } from '@tanstack/react-router'
import { Button, Form, Input } from 'antd'
import { routes } from '#modules/access/contract.ts'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { callRoute } from '#web/api-client.ts'
import { useSubmit } from '#web/forms/use-submit.ts'
import { enterAs, forgetEverything } from '#web/session.ts'
import { loginRoute } from '../pages.tsx'
import { DoorFrame } from './DoorFrame.tsx'
import { doorWords } from './door-words.ts'

type Values = { email: string; password: string }

export function LoginPage() {
  const t = useWords(doorWords)
  const router = useRouter()
  const { return: back } = loginRoute.useSearch()
  const [form] = Form.useForm<Values>()
  const { submit, busy, error } = useSubmit<Values>(form, async (body) => {
    const me = await callRoute(routes.logIn, { body })
    forgetEverything()
    enterAs(me)
    await router.navigate({ href: back ?? '/' })
  })
  return (
    <DoorFrame title={t('logInTitle')}>
      <Form<Values> form={form} layout="vertical" requiredMark={false} onFinish={submit}>
        <Form.Item
          name="email"
          label={t('email')}
          rules={[{ required: true, whitespace: true, message: t('emailMissing') }]}
        >
          <Input type="email" autoComplete="username" autoFocus size="large" />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('password')}
          rules={[{ required: true, message: t('passwordMissing') }]}
        >
          <Input.Password autoComplete="current-password" size="large" />
        </Form.Item>
        {error !== undefined && <ErrorState error={error} compact />}
        <Button type="primary" htmlType="submit" block size="large" loading={busy} style={{ marginTop: 12 }}>
          {t('logIn')}
        </Button>
      </Form>
    </DoorFrame>
  )
}
