import { DownOutlined, UpOutlined } from '@ant-design/icons'
import { Alert, Button, Drawer, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { SourceName } from '#modules/access/web/SourceName.tsx'
import { type LiveEvent, routes } from '#modules/collect/contract.ts'
import { CopyText } from '#ui/CopyText.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { findWord, useWords, type Words } from '#ui/i18n.ts'
import { JsonView } from '#ui/JsonView.tsx'
import { TimeText } from '#ui/TimeText.tsx'
import { useRoute } from '#web/use-route.ts'
import { collectWords } from './collect-words.ts'
import { EventName, Who } from './live-columns.tsx'
import { OutcomePill } from './OutcomePill.tsx'
import { reasonText } from './reason-text.ts'

type Props = {
  id: string | undefined
  rows: LiveEvent[]
  onOpen: (id: string) => void
  onClose: () => void
}

export function EventDrawer({ id, rows, onOpen, onClose }: Props) {
  const t = useWords(collectWords)
  const at = rows.findIndex((row) => row.id === id)
  const step = (label: string, to: LiveEvent | undefined, icon: ReactNode) => (
    <Button
      type="text"
      icon={icon}
      title={label}
      aria-label={label}
      disabled={at < 0 || !to}
      onClick={() => to && onOpen(to.id)}
    />
  )
  return (
    <Drawer
      open={id !== undefined}
      onClose={onClose}
      size={600}
      title={t('drawerTitle')}
      extra={
        <>
          {step(t('previous'), rows[at - 1], <UpOutlined />)}
          {step(t('next'), rows[at + 1], <DownOutlined />)}
        </>
      }
      destroyOnHidden
    >
      {id && (rows[at] ? <EventBody event={rows[at]} /> : <FetchedEvent id={id} />)}
    </Drawer>
  )
}

/** Of a copied address: the item is read alone, as the newest one older than its successor. */
function FetchedEvent({ id }: { id: string }) {
  const t = useWords(collectWords)
  const [seq, index] = id.split(':')
  const before = `${seq}:${Number(index) + 1}`
  const found = useRoute(routes.live, { query: { before, limit: 1 } })
  const event = found.data?.items[0]
  if (found.error) return <ErrorState error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Skeleton active />
  return event?.id === id ? <EventBody event={event} /> : <p className="hw-muted">{t('gone')}</p>
}

function EventBody({ event }: { event: LiveEvent }) {
  const t = useWords(collectWords)
  const reason = reasonText(event)
  return (
    <>
      <h3 className="live-drawer-name">
        <EventName row={event} /> <OutcomePill outcome={event.outcome} />
      </h3>
      {reason && (
        <Alert
          type={event.outcome === 'rejected' ? 'error' : 'warning'}
          showIcon
          title={reason}
          description={<ReasonDetail event={event} />}
          style={{ marginBottom: 16 }}
        />
      )}
      <dl className="live-facts">
        <dt>{t('time')}</dt>
        <dd>
          <TimeText value={event.receivedAt} as="full" />
        </dd>
        <dt>{t('person')}</dt>
        <dd>
          <Who row={event} />
        </dd>
        {(['userId', 'anonymousId', 'messageId'] as const).map((field) => {
          const value = event[field]
          return (
            value && (
              <Fact key={field} name={t(field)}>
                <CopyText text={value} />
              </Fact>
            )
          )
        })}
        <Fact name={t('source')}>
          <SourceName source={event.source} />
        </Fact>
        <Fact name={t('position')}>
          <span className="hw-mono">{event.id}</span>
        </Fact>
      </dl>
      <h3 className="live-raw">{t('raw')}</h3>
      <JsonView value={event.raw} label={t('raw')} openDepth={4} />
    </>
  )
}

/** The code, and for a broken plan what breaks it. */
function ReasonDetail({ event }: { event: LiveEvent }) {
  const text = (reason: string) => findWord(collectWords as Words, `fault_${reason}`) ?? reason
  return (
    <>
      <code>{event.reason}</code>
      {event.faults && (
        <ul className="live-faults">
          {event.faults.map((fault) => (
            <li key={`${fault.property} ${fault.reason}`}>
              <code>{fault.property}</code> {text(fault.reason)}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}
