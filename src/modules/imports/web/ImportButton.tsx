import { UploadOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useWords } from '#ui/i18n.ts'
import { useCan } from '#web/session.ts'
import { importWords } from './import-words.ts'

/** The way to a new import from where people are listed; nothing for who may not import. */
export function ImportButton() {
  const t = useWords(importWords)
  const can = useCan()
  const navigate = useNavigate()
  if (!can('import:write')) return null
  return (
    <Button
      icon={<UploadOutlined aria-hidden="true" />}
      onClick={() => void navigate({ to: '/imports/new' })}
    >
      {t('import')}
    </Button>
  )
}
