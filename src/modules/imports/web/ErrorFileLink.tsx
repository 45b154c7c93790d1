import { DownloadOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useWords } from '#ui/i18n.ts'
import { addressOf } from '#web/api-client.ts'
import { useCan } from '#web/session.ts'
import { routes } from '../contract.ts'
import { importWords } from './import-words.ts'

export function ErrorFileLink({ id }: { id: string }) {
  const t = useWords(importWords)
  const can = useCan()
  return (
    <div className="hw-bar">
      <Button
        icon={<DownloadOutlined aria-hidden="true" />}
        href={addressOf(routes.errors.get, { id })}
        download={`${id}-errors.csv`}
      >
        {t('errorsFile')}
      </Button>
      {can('import:write') && (
        <Link to="/imports/new" search={{ again: id }}>
          {t('sendCorrected')}
        </Link>
      )}
      <span className="hw-fine">{t('errorsHint')}</span>
    </div>
  )
}
