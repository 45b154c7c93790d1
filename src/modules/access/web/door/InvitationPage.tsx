import { useRouter } from '@tanstack/react-router'
import { Button, Form, Input, Skeleton } from 'antd'
import { routes } from '#modules/access/contract.ts'
import { useDisplay } from '#ui/display.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { fullTime } from '#ui/format-time.ts'
import { useWords } from '#ui/i18n.ts'
import { Problem } from '#ui/problem.ts'
import { type Answer, callRoute } from '#web/api-client.ts'
import { useSubmit } from '#web/forms/use-submit.ts'
import { enterAs, forgetEverything } from '#web/session.ts'
import { useRoute } from '#web/use-route.ts'
import { invitationRoute } from '../pages.tsx'
import { roleLabel } from '../roles/role-label.ts'
import { DoorFrame } from './DoorFrame.tsx'
import { doorWords } from './door-words.ts'

type Values = { name?: string; password: string }

export function InvitationPage() {
  const t = useWords(doorWords)
  const { token } = invitationRoute.useParams()
  const link = useRoute(routes.openInvitation, { params: { token } })
  if (link.error instanceof Problem && link.error.status === 404) {
    return (
      <DoorFrame title={t('inviteGone')} purpose={t('inviteGoneText')}>
        <p style={{ marginTop: 20 }}>
          <a href="/login">{t('toLogIn')}</a>
        </p>
      </DoorFrame>
    )
  }
  if (link.error) {
    return (
      <DoorFrame title="Headwater">
        <ErrorState error={link.error} retry={() => void link.refetch()} />
      </DoorFrame>
    )
  }
  if (!link.data) {
    return (
      <DoorFrame title="Headwater">
        <Skeleton active paragraph={{ rows: 4 }} />
      </DoorFrame>
    )
  }
  return <AcceptForm token={token} invitation={link.data} />
}

function AcceptForm({
  token,
  invitation,
}: {
  token: string
  invitation: Answer<typeof routes.openInvitation>
}) {
  const t = useWords(doorWords)
  const { language, timezone } = useDisplay()
  const router = useRouter()
  const [form] = Form.useForm<Values>()
  const { submit, busy, error } = useSubmit<Values>(form, async (values) => {
    const me = await callRoute(routes.acceptInvitation, { params: { token }, body: { ...values, language } })
    forgetEverything()
    enterAs(me)
    await router.navigate({ href: '/' })
  })
  const { workspace, invitedBy, email, role, hasAccount, expiresAt } = invitation
  const who = t('inviteBy', { who: invitedBy, email, role: roleLabel(role, language) })
  return (
    <DoorFrame title={t('inviteTitle', { workspace })} purpose={who}>
      <p className="door-purpose">{hasAccount ? t('inviteKnown') : t('inviteNew')}</p>
      <Form<Values> form={form} layout="vertical" requiredMark={false} onFinish={submit}>
        <input type="email" name="email" value={email} autoComplete="username" readOnly hidden />
        {!hasAccount && (
          <Form.Item
            name="name"
            label={t('yourName')}
            rules={[{ required: true, whitespace: true, max: 120, message: t('nameMissing') }]}
          >
            <Input autoFocus autoComplete="name" />
          </Form.Item>
        )}
        <Form.Item
          name="password"
          label={t('password')}
          extra={hasAccount ? undefined : t('passwordHint')}
          rules={[
            hasAccount
              ? { required: true, message: t('passwordMissing') }
              : { required: true, min: 8, message: t('passwordShort') },
          ]}
        >
          <Input.Password autoComplete={hasAccount ? 'current-password' : 'new-password'} />
        </Form.Item>
        {error !== undefined && <ErrorState error={error} compact />}
        <Button type="primary" htmlType="submit" block size="large" loading={busy} style={{ marginTop: 8 }}>
          {t('accept')}
        </Button>
      </Form>
      <p className="hw-fine">
        {t('inviteUntil', { when: fullTime(Date.parse(expiresAt), timezone, language) })}
      </p>
    </DoorFrame>
  )
}
