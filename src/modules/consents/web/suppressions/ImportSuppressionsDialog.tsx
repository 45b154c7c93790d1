import { Alert, Form, Modal, Select, Upload } from 'antd'
import { useState } from 'react'
import { type ChannelKind, channelKinds } from '#slots/channel-kind.ts'
import { channelWords } from '#ui/channel-words.ts'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import type { Answer } from '#web/api-client.ts'
import { useChange } from '#web/use-route.ts'
import { routes } from '../../contract.ts'
import { consentWords } from '../consent-words.ts'

type Taken = Answer<typeof routes.importSuppressions>

/** A file of addresses; says at once which lines are none, the rest goes on in the background. */
export function ImportSuppressionsDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useWords(consentWords)
  const c = useWords(channelWords)
  const [channel, setChannel] = useState<ChannelKind>('email')
  const [taken, setTaken] = useState<Taken>()
  const take = useChange(routes.importSuppressions, [routes.listSuppressions])
  const close = () => {
    setTaken(undefined)
    take.reset()
    onClose()
  }
  const send = async (file: File) => {
    setTaken(undefined)
    try {
      setTaken(await take.mutateAsync({ body: { csv: await file.text(), channel } }))
    } catch {
      // Shown below, from the mutation itself.
    }
  }
  return (
    <Modal open={open} title={t('importTitle')} onCancel={close} footer={null} destroyOnHidden>
      <p className="hw-fine">{t('importText')}</p>
      <Form layout="vertical">
        <Form.Item label={t('importChannel')}>
          <Select
            aria-label={t('importChannel')}
            value={channel}
            options={channelKinds.map((kind) => ({ value: kind, label: c(kind) }))}
            onChange={setChannel}
          />
        </Form.Item>
      </Form>
      <Upload.Dragger
        accept=".csv,text/csv"
        maxCount={1}
        showUploadList={false}
        disabled={take.isPending}
        beforeUpload={(file) => {
          void send(file)
          return false
        }}
      >
        {t('importFile')}
      </Upload.Dragger>
      {take.error && <ErrorState error={take.error} compact />}
      {taken && <Outcome taken={taken} />}
    </Modal>
  )
}

function Outcome({ taken }: { taken: Taken }) {
  const t = useWords(consentWords)
  const faults = taken.faults.map(({ line, why }) => (
    <li key={line}>{t('importFault', { line, why: t(`fault.${why}`) })}</li>
  ))
  return (
    <Alert
      className="consent-link"
      type={taken.faulty > 0 ? 'warning' : 'success'}
      showIcon
      title={t('importStarted', { lines: taken.lines, faulty: taken.faulty })}
      description={faults.length > 0 && <ul>{faults}</ul>}
    />
  )
}
