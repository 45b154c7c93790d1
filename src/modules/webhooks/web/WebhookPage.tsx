import { Link } from '@tanstack/react-router'
import { Alert, Select, Skeleton } from 'antd'
import {
  type Delivery,
  DeliveryState,
  routes,
  type WebhookEndpoint,
  webhookTypes,
} from '#modules/webhooks/contract.ts'
import { useDisplay } from '#ui/display.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { fullTime } from '#ui/format-time.ts'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { type Column, QueryTable } from '#ui/QueryTable.tsx'
import { Stamp } from '#ui/Stamp.tsx'
import { TimeText } from '#ui/TimeText.tsx'
import { usePages, useRoute } from '#web/use-route.ts'
import { DeliveryPill, useAnswerText, useTypeText } from './DeliveryCells.tsx'
import { DeliveryDrawer } from './DeliveryDrawer.tsx'
import { EndpointActions } from './EndpointActions.tsx'
import { EndpointState } from './EndpointState.tsx'
import { webhookRoute } from './pages.tsx'
import { webhookWords } from './webhook-words.ts'
import './webhooks.css'

const refreshMs = 5_000

/** One endpoint: how it fares, and every message to it. */
export function WebhookPage() {
  const t = useWords(webhookWords)
  const { id } = webhookRoute.useParams()
  const found = useRoute(routes.get, { params: { id } }, { every: refreshMs })
  if (found.error && !found.data) return <ErrorState error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Skeleton active paragraph={{ rows: 8 }} className="hw-page" />
  const endpoint = found.data
  return (
    <div className="hw-page hw-page-fill">
      <PageHeader
        above={<Link to="/settings/webhooks">{t('title')}</Link>}
        title={URL.canParse(endpoint.url) ? new URL(endpoint.url).host : endpoint.url}
        purpose={endpoint.description}
        actions={<EndpointActions endpoint={endpoint} />}
      />
      <Notes endpoint={endpoint} />
      <Facts endpoint={endpoint} />
      <Log id={id} />
    </div>
  )
}

function Notes({ endpoint }: { endpoint: WebhookEndpoint }) {
  const t = useWords(webhookWords)
  const { language, timezone } = useDisplay()
  const { off, failingSince, pausedUntil, oldSecretUntil } = endpoint
  const say = (time: string) => fullTime(Date.parse(time), timezone, language)
  const notes = [
    off && { type: 'error' as const, text: t(`off_${off.reason}`) },
    !off && failingSince && { type: 'warning' as const, text: t('failingText', { when: say(failingSince) }) },
    !off && pausedUntil && { type: 'warning' as const, text: t('pausedText', { when: say(pausedUntil) }) },
    oldSecretUntil && { type: 'info' as const, text: t('oldSecretText', { when: say(oldSecretUntil) }) },
  ].filter((note) => note !== null && note !== false && note !== '')
  if (notes.length === 0) return null
  return (
    <div className="webhook-notes">
      {notes.map((note) => (
        <Alert key={note.text} type={note.type} showIcon title={note.text} />
      ))}
    </div>
  )
}

function Facts({ endpoint }: { endpoint: WebhookEndpoint }) {
  const t = useWords(webhookWords)
  return (
    <dl className="set-facts webhook-facts">
      <dt>{t('url')}</dt>
      <dd className="hw-mono">{endpoint.url}</dd>
      <dt>{t('state')}</dt>
      <dd>
        <EndpointState row={endpoint} />
      </dd>
      <dt>{t('types')}</dt>
      <dd>{endpoint.types.map((type) => t(type)).join(' · ')}</dd>
      <dt>{t('recent')}</dt>
      <dd>{t('recentText', endpoint.recent)}</dd>
      <dt>{t('createdBy')}</dt>
      <dd>
        {endpoint.createdBy} · <TimeText value={endpoint.createdAt} as="full" />
      </dd>
    </dl>
  )
}

function Log({ id }: { id: string }) {
  const t = useWords(webhookWords)
  const { state, type, open } = webhookRoute.useSearch()
  const navigate = webhookRoute.useNavigate()
  const source = usePages(
    routes.listDeliveries,
    { params: { id }, query: { state, type } },
    { every: refreshMs, keep: true },
  )
  const show = (message: string | undefined) =>
    void navigate({ search: (now) => ({ ...now, open: message }) })
  const isFiltered = state !== undefined || type !== undefined
  return (
    <>
      <LogFilters />
      <QueryTable
        label={t('log')}
        source={source}
        columns={useColumns()}
        rowKey={(row) => row.id}
        openKey={open}
        onOpen={(row) => show(row.id)}
        card={(row) => <DeliveryCard row={row} />}
        empty={
          isFiltered ? (
            <EmptyState title={t('noMatchTitle')} text={t('noMatchText')} />
          ) : (
            <EmptyState title={t('emptyLogTitle')} text={t('emptyLogText')} />
          )
        }
      />
      <Stamp updatedAt={source.updatedAt || undefined} zone={false} />
      <DeliveryDrawer endpoint={id} message={open} onClose={() => show(undefined)} />
    </>
  )
}

function LogFilters() {
  const t = useWords(webhookWords)
  const { state, type } = webhookRoute.useSearch()
  const navigate = webhookRoute.useNavigate()
  return (
    <div className="hw-bar">
      <Select<DeliveryState | ''>
        value={state ?? ''}
        aria-label={t('state')}
        style={{ width: 140 }}
        onChange={(value) =>
          void navigate({ search: (now) => ({ ...now, state: value || undefined }), replace: true })
        }
        options={[
          { value: '', label: t('anyState') },
          ...DeliveryState.options.map((value) => ({ value, label: t(`state_${value}`) })),
        ]}
      />
      <Select
        value={type ?? ''}
        aria-label={t('type')}
        style={{ width: 180 }}
        onChange={(value) =>
          void navigate({ search: (now) => ({ ...now, type: value || undefined }), replace: true })
        }
        options={[
          { value: '', label: t('anyType') },
          ...[...webhookTypes, 'webhook.test' as const].map((value) => ({ value, label: t(value) })),
        ]}
      />
    </div>
  )
}

function useColumns(): Column<Delivery>[] {
  const t = useWords(webhookWords)
  const answerText = useAnswerText()
  const typeText = useTypeText()
  return [
    { id: 'type', title: t('type'), cell: (row) => <strong>{typeText(row.type)}</strong> },
    { id: 'people', title: t('people'), width: 90, align: 'right', cell: (row) => row.people },
    { id: 'state', title: t('state'), width: 110, cell: (row) => <DeliveryPill row={row} /> },
    { id: 'answer', title: t('answer'), width: 240, cell: answerText },
    { id: 'attempts', title: t('attempts'), width: 90, align: 'right', cell: (row) => row.attempts },
    { id: 'time', title: t('time'), width: 130, cell: (row) => <TimeText value={row.createdAt} /> },
  ]
}

function DeliveryCard({ row }: { row: Delivery }) {
  const answerText = useAnswerText()
  const typeText = useTypeText()
  return (
    <>
      <div className="set-card-top">
        <strong>{typeText(row.type)}</strong>
        <DeliveryPill row={row} />
      </div>
      <div className="hw-fine">
        {answerText(row)} · <TimeText value={row.createdAt} />
      </div>
    </>
  )
}
