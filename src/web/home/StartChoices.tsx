import { ApiOutlined, ExperimentOutlined, UploadOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import { saveFile } from '#ui/save-file.ts'
import { useToast } from '#ui/use-toast.tsx'
import { homeWords } from '#web/home/home-words.ts'
import { sampleBatch, sampleFile } from '#web/home/sample-people.ts'
import { useCan } from '#web/session.ts'

type Props = { writeKey: string | undefined; onSdk: () => void }

/** Three ways to see something within five minutes. */
export function StartChoices({ writeKey, onSdk }: Props) {
  const t = useWords(homeWords)
  const can = useCan()
  const toast = useToast()
  const navigate = useNavigate()
  const [sending, setSending] = useState(false)
  const sendSample = async () => {
    if (!writeKey) return
    setSending(true)
    await sendBatch(writeKey, sampleBatch(Date.now())).catch(toast.failed)
    setSending(false)
  }
  return (
    <ul className="home-ways" aria-label={t('ways')}>
      {writeKey && (
        <li>
          <ExperimentOutlined aria-hidden="true" />
          <h3>{t('waySample')}</h3>
          <p className="hw-muted">{t('waySampleText')}</p>
          <Button onClick={() => void sendSample()} loading={sending}>
            {t('waySampleDo')}
          </Button>
        </li>
      )}
      {can('import:write') && (
        <li>
          <UploadOutlined aria-hidden="true" />
          <h3>{t('wayFile')}</h3>
          <p className="hw-muted">{t('wayFileText')}</p>
          <span className="hw-bar">
            <Button onClick={() => void navigate({ to: '/imports/new' })}>{t('wayFileDo')}</Button>
            <Button
              type="link"
              onClick={() => saveFile(new Blob([sampleFile()], { type: 'text/csv' }), 'headwater-sample.csv')}
            >
              {t('wayFileSample')}
            </Button>
          </span>
        </li>
      )}
      {writeKey && (
        <li>
          <ApiOutlined aria-hidden="true" />
          <h3>{t('waySdk')}</h3>
          <p className="hw-muted">{t('waySdkText')}</p>
          <Button type="primary" onClick={onSdk}>
            {t('waySdkDo')}
          </Button>
        </li>
      )}
    </ul>
  )
}

/** The same door as every SDK's, so that what arrives is what an SDK would have brought. */
async function sendBatch(writeKey: string, batch: object[]): Promise<void> {
  const reply = await fetch('/v1/batch', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Basic ${btoa(`${writeKey}:`)}` },
    body: JSON.stringify({ batch }),
  })
  if (!reply.ok) throw new Error(`/v1/batch answered ${reply.status}`)
}
