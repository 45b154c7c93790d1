import { Button, Popconfirm } from 'antd'
import { useState } from 'react'
import { type Connection, type Place, routes } from '#modules/connectors/contract.ts'
import { useWords } from '#ui/i18n.ts'
import { TimeText } from '#ui/TimeText.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { useCan } from '#web/session.ts'
import { useChange, useRoute } from '#web/use-route.ts'
import { ConnectionDialog } from './ConnectionDialog.tsx'
import { FaultText } from './SourceTexts.tsx'
import { sourceWords } from './source-words.ts'

/** Ways to places, with how their last test ended. */
export function ConnectionList() {
  const t = useWords(sourceWords)
  const can = useCan()
  const toast = useToast()
  const [adding, setAdding] = useState(false)
  const found = useRoute(routes.list, {})
  const test = useChange(routes.test, [routes.list])
  const items = found.data?.items ?? []
  return (
    <section className="hw-panel" aria-label={t('connections')}>
      <div className="hw-panel-head">
        <div className="hw-bar-grow">
          <h2>{t('connections')}</h2>
          <span className="hw-fine">{t('connectionsText')}</span>
        </div>
        {can('source:write') && <Button onClick={() => setAdding(true)}>{t('newConnection')}</Button>}
      </div>
      {items.length === 0 ? (
        <p className="hw-panel-body hw-muted">{t('connectionsEmpty')}</p>
      ) : (
        <ul className="source-rows">
          {items.map((one) => (
            <ConnectionRow key={one.id} one={one} />
          ))}
        </ul>
      )}
      <ConnectionDialog
        open={adding}
        kinds={['s3', 'postgres', 'mysql']}
        onDone={({ id }) => test.mutate({ params: { id } }, { onError: toast.failed })}
        onClose={() => setAdding(false)}
      />
    </section>
  )
}

const addressOf = (place: Place) =>
  place.kind === 's3'
    ? `${place.endpoint} / ${place.bucket}`
    : `${place.host}:${place.port} / ${place.database}`

function ConnectionRow({ one }: { one: Connection }) {
  const t = useWords(sourceWords)
  const can = useCan()
  const toast = useToast()
  const test = useChange(routes.test, [routes.list])
  const remove = useChange(routes.remove, [routes.list])
  const [changing, setChanging] = useState(false)
  const params = { id: one.id }
  return (
    <li className="source-row">
      <div className="source-row-main">
        <strong>{one.name}</strong>
        <span className="hw-muted">
          {t(`place.${one.place.kind}`)} · <span className="hw-mono">{addressOf(one.place)}</span>
        </span>
        <TestText one={one} />
      </div>
      {can('source:write') && (
        <div className="hw-bar">
          <Button
            size="small"
            loading={test.isPending}
            onClick={() => test.mutate({ params }, { onError: toast.failed })}
          >
            {t('test')}
          </Button>
          <Button size="small" onClick={() => setChanging(true)}>
            {t('edit')}
          </Button>
          <Popconfirm
            title={t('removeConnection', { name: one.name })}
            description={t('removeConnectionText')}
            okText={t('remove')}
            cancelText={t('back')}
            onConfirm={() =>
              remove.mutate({ params }, { onSuccess: () => toast.done(t('removed')), onError: toast.failed })
            }
          >
            <Button size="small">{t('remove')}</Button>
          </Popconfirm>
          <ConnectionDialog
            open={changing}
            kinds={[one.place.kind]}
            of={one}
            // What its last test said was about the connection as it was.
            onDone={() => test.mutate({ params }, { onError: toast.failed })}
            onClose={() => setChanging(false)}
          />
        </div>
      )}
    </li>
  )
}

function TestText({ one }: { one: Connection }) {
  const t = useWords(sourceWords)
  if (!one.tested) return <span className="hw-fine">{t('untested')}</span>
  const { code, message, at } = one.tested
  return (
    <span className={code === null ? 'hw-fine source-good' : 'hw-danger source-fault'}>
      {code === null ? (
        t('testOk')
      ) : (
        <>
          {t('testFailed')} <FaultText code={code} message={message ?? code} />
        </>
      )}{' '}
      · <TimeText value={at} />
    </span>
  )
}
