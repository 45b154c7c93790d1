import { DownloadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import { useCan } from '#web/session.ts'
import { ExportDialog, type ExportSubject } from './ExportDialog.tsx'
import { exportWords } from './export-words.ts'

/** Opens the export of what a page shows; nothing for who may not export. */
export function ExportButton({ subject }: { subject: ExportSubject }) {
  const t = useWords(exportWords)
  const can = useCan()
  const [open, setOpen] = useState(false)
  if (!can('export:read')) return null
  return (
    <>
      <Button icon={<DownloadOutlined aria-hidden="true" />} onClick={() => setOpen(true)}>
        {t('export')}
      </Button>
      <ExportDialog open={open} subject={subject} onClose={() => setOpen(false)} />
    </>
  )
}
