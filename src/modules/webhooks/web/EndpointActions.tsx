import { App, Button } from 'antd'
import { useState } from 'react'
import { routes, type WebhookEndpoint } from '#modules/webhooks/contract.ts'
import { ConfirmDanger } from '#ui/ConfirmDanger.tsx'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { useCan } from '#web/session.ts'
import { useChange } from '#web/use-route.ts'
import { useAnswerText } from './DeliveryCells.tsx'
import { EndpointDialog } from './EndpointDialog.tsx'
import { webhookRoute } from './pages.tsx'
import { ReplayDialog } from './ReplayDialog.tsx'
import { SecretOnce } from './SecretOnce.tsx'
import { webhookWords } from './webhook-words.ts'

type Asked = 'edit' | 'rotate' | 'remove' | 'replay'

export function EndpointActions({ endpoint }: { endpoint: WebhookEndpoint }) {
  const t = useWords(webhookWords)
  const toast = useToast()
  const can = useCan()
  const [asked, setAsked] = useState<Asked>()
  const change = useChange(routes.change, [routes.get, routes.list, routes.listDeliveries])
  const params = { id: endpoint.id }
  if (!can('webhook:write')) return null
  const toggle = () =>
    change
      .mutateAsync({ params, body: { enabled: !endpoint.enabled } })
      .then(() => toast.done(t(endpoint.enabled ? 'switchedOff' : 'switchedOn')), toast.failed)
  const close = () => setAsked(undefined)
  return (
    <>
      <Button danger type="text" onClick={() => setAsked('remove')}>
        {t('remove')}
      </Button>
      <Button onClick={() => setAsked('rotate')}>{t('rotate')}</Button>
      <Button onClick={() => setAsked('replay')} disabled={!endpoint.enabled}>
        {t('replay')}
      </Button>
      <Button onClick={() => setAsked('edit')}>{t('edit')}</Button>
      <Button onClick={() => void toggle()} loading={change.isPending}>
        {t(endpoint.enabled ? 'switchOff' : 'switchOn')}
      </Button>
      <TestButton id={endpoint.id} />
      <EndpointDialog
        open={asked === 'edit'}
        title={t('edit')}
        action={t('save')}
        initial={endpoint}
        onSubmit={async (body) => {
          await change.mutateAsync({ params, body })
          toast.done(t('saved'))
        }}
        onClose={close}
      />
      <ReplayDialog id={endpoint.id} open={asked === 'replay'} onClose={close} />
      <Rotate id={endpoint.id} open={asked === 'rotate'} onClose={close} />
      <Remove endpoint={endpoint} open={asked === 'remove'} onClose={close} />
    </>
  )
}

function TestButton({ id }: { id: string }) {
  const t = useWords(webhookWords)
  const toast = useToast()
  const { message } = App.useApp()
  const answerText = useAnswerText()
  const test = useChange(routes.test, [routes.get, routes.listDeliveries])
  const send = async () => {
    const { delivered, attempt } = await test.mutateAsync({ params: { id } })
    const { status, tookMs: ms } = attempt
    const why = status === null ? answerText(attempt) : t('answered', { status })
    if (delivered) toast.done(t('testDelivered', { status, ms }))
    else void message.warning(t('testFailed', { why }), 8)
  }
  return (
    <Button type="primary" onClick={() => void send().catch(toast.failed)} loading={test.isPending}>
      {t('sendTest')}
    </Button>
  )
}

function Rotate({ id, open, onClose }: { id: string; open: boolean; onClose: () => void }) {
  const t = useWords(webhookWords)
  const rotate = useChange(routes.rotateSecret, [routes.get])
  const [secret, setSecret] = useState<string>()
  return (
    <>
      <ConfirmDanger
        open={open}
        title={t('rotateTitle')}
        action={t('rotate')}
        onConfirm={async () => setSecret((await rotate.mutateAsync({ params: { id } })).secret)}
        onClose={onClose}
      >
        {t('rotateText')}
      </ConfirmDanger>
      <SecretOnce secret={secret} onClose={() => setSecret(undefined)} />
    </>
  )
}

type RemoveProps = { endpoint: WebhookEndpoint; open: boolean; onClose: () => void }

function Remove({ endpoint: { id, url }, open, onClose }: RemoveProps) {
  const t = useWords(webhookWords)
  const toast = useToast()
  const navigate = webhookRoute.useNavigate()
  const remove = useChange(routes.remove, [routes.list])
  return (
    <ConfirmDanger
      open={open}
      title={t('removeTitle')}
      phrase={URL.canParse(url) ? new URL(url).host : url}
      action={t('remove')}
      onConfirm={async () => {
        await remove.mutateAsync({ params: { id } })
        toast.done(t('removed'))
        void navigate({ to: '/settings/webhooks' })
      }}
      onClose={onClose}
    >
      {t('removeText')}
    </ConfirmDanger>
  )
}
