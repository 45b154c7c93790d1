import { Button, Drawer, Skeleton } from 'antd'
import { type Attempt, routes } from '#modules/webhooks/contract.ts'
import { CopyText } from '#ui/CopyText.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { JsonView } from '#ui/JsonView.tsx'
import { TimeText } from '#ui/TimeText.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { useCan } from '#web/session.ts'
import { useChange, useRoute } from '#web/use-route.ts'
import { DeliveryPill, useAnswerText, useTypeText } from './DeliveryCells.tsx'
import { webhookWords } from './webhook-words.ts'

type Props = { endpoint: string; message: string | undefined; onClose: () => void }

/** One message: what was sent, and what came back each time. */
export function DeliveryDrawer({ endpoint, message, onClose }: Props) {
  const t = useWords(webhookWords)
  return (
    <Drawer
      open={message !== undefined}
      onClose={onClose}
      size={640}
      title={t('message')}
      extra={message && <Again endpoint={endpoint} message={message} />}
      destroyOnHidden
    >
      {message && <Message endpoint={endpoint} message={message} />}
    </Drawer>
  )
}

function Again({ endpoint, message }: { endpoint: string; message: string }) {
  const t = useWords(webhookWords)
  const can = useCan()
  const toast = useToast()
  const again = useChange(routes.sendAgain, [routes.listDeliveries, routes.getDelivery])
  if (!can('webhook:write')) return null
  const send = () =>
    again
      .mutateAsync({ params: { id: endpoint, message } })
      .then(() => toast.done(t('againDone')), toast.failed)
  return (
    <Button onClick={() => void send()} loading={again.isPending}>
      {t('again')}
    </Button>
  )
}

function Message({ endpoint, message }: { endpoint: string; message: string }) {
  const t = useWords(webhookWords)
  const typeText = useTypeText()
  const found = useRoute(routes.getDelivery, { params: { id: endpoint, message } }, { every: 3000 })
  if (found.error && !found.data) return <ErrorState error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Skeleton active paragraph={{ rows: 8 }} />
  const { data } = found
  return (
    <>
      <dl className="set-facts set-facts-plain webhook-facts">
        <dt>{t('type')}</dt>
        <dd>
          {typeText(data.type)} <code className="hw-muted">{data.type}</code>
        </dd>
        <dt>{t('messageId')}</dt>
        <dd>
          <CopyText text={data.id} />
        </dd>
        <dt>{t('state')}</dt>
        <dd>
          <DeliveryPill row={data} />
        </dd>
        <dt>{t('time')}</dt>
        <dd>
          <TimeText value={data.createdAt} as="full" />
        </dd>
        {data.nextAt && (
          <>
            <dt>{t('nextAt')}</dt>
            <dd>
              <TimeText value={data.nextAt} as="full" />
            </dd>
          </>
        )}
      </dl>
      <section className="set-section">
        <h3>{t('attemptLog')}</h3>
        {data.log.length === 0 && <p className="hw-muted">{t('noAttempt')}</p>}
        <ul className="webhook-attempts">
          {data.log.map((attempt) => (
            <AttemptRow key={attempt.at} attempt={attempt} />
          ))}
        </ul>
      </section>
      <section className="set-section">
        <h3>{t('body')}</h3>
        <JsonView value={JSON.parse(data.body)} label={t('body')} openDepth={4} />
      </section>
    </>
  )
}

function AttemptRow({ attempt }: { attempt: Attempt }) {
  const t = useWords(webhookWords)
  const answerText = useAnswerText()
  return (
    <li>
      <div className="hw-bar">
        <strong>{answerText(attempt)}</strong>
        <span className="hw-fine">
          <TimeText value={attempt.at} as="full" /> · {t('took', { ms: attempt.tookMs })}
        </span>
      </div>
      {attempt.status !== null && <pre>{attempt.answer || t('noAnswer')}</pre>}
    </li>
  )
}
