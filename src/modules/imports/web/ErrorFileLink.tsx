import { DownloadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useWords } from '#ui/i18n.ts'
import { addressOf } from '#web/api-client.ts'
import { routes } from '../contract.ts'
import { importWords } from './import-words.ts'

export function ErrorFileLink({ id }: { id: string }) {
  const t = useWords(importWords)
  return (
    <div className="hw-bar">
      <Button
        icon={<DownloadOutlined aria-hidden="true" />}
        href={addressOf(routes.errors.get, { id })}
        download={`${id}-errors.csv`}
      >
        {t('errorsFile')}
      </Button>
      <span className="hw-fine">{t('errorsHint')}</span>
    </div>
  )
}
