import { Form, Input } from 'antd'
import { routes } from '#modules/access/contract.ts'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { callRoute } from '#web/api-client.ts'
import { FormButtons } from '#web/forms/FormButtons.tsx'
import { useSubmit } from '#web/forms/use-submit.ts'
import { useMe } from '#web/session.ts'
import { meWords } from './me-words.ts'

type Values = { current: string; new: string }

export function PasswordForm() {
  const t = useWords(meWords)
  const toast = useToast()
  const { user } = useMe()
  const [form] = Form.useForm<Values>()
  const { submit, busy, error } = useSubmit<Values>(form, async (password) => {
    await callRoute(routes.changeMe, { body: { password } })
    form.resetFields()
    toast.done(t('passwordChanged'))
  })
  return (
    <section className="hw-panel set-form">
      <div className="hw-panel-head">
        <h2>{t('password')}</h2>
      </div>
      <div className="hw-panel-body">
        <Form<Values> form={form} layout="vertical" requiredMark={false} onFinish={submit}>
          <input type="email" value={user?.email ?? ''} autoComplete="username" readOnly hidden />
          <div className="hw-form-row">
            <Form.Item
              name="current"
              label={t('current')}
              rules={[{ required: true, message: t('currentMissing') }]}
            >
              <Input.Password autoComplete="current-password" />
            </Form.Item>
            <Form.Item
              name="new"
              label={t('next')}
              extra={t('passwordHint')}
              rules={[{ required: true, min: 8, message: t('nextShort') }]}
            >
              <Input.Password autoComplete="new-password" />
            </Form.Item>
          </div>
          {error !== undefined && <ErrorState error={error} compact />}
          <FormButtons action={t('changePassword')} busy={busy} />
        </Form>
      </div>
    </section>
  )
}
