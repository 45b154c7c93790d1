import { Link } from '@tanstack/react-router'
import { Skeleton, Steps } from 'antd'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import type { Preview } from '../contract.ts'
import { CheckStep } from './CheckStep.tsx'
import { FileGone } from './FileGone.tsx'
import { FileStep } from './FileStep.tsx'
import { draftOf, readDraft } from './import-draft.ts'
import { importWords } from './import-words.ts'
import { MappingStep } from './MappingStep.tsx'
import { newImportRoute } from './pages.tsx'
import { useKeptFile } from './use-kept-file.ts'
import './imports.css'

/** File → columns → dry run and start. A file is kept by the server for a day; nothing is written before the start. */
export function NewImportPage() {
  const t = useWords(importWords)
  const { again, step: asked, upload, check: dryRun } = newImportRoute.useSearch()
  const navigate = newImportRoute.useNavigate()
  const file = useKeptFile(upload, again)
  const { preview } = file
  const draft = preview && (readDraft(file.draft, preview) ?? draftOf(preview, again !== undefined))
  // In the address, so that the browser's own "back" goes back one step and a reload stays where one is.
  const go = (change: { step?: 'columns' | 'check' | undefined; upload?: string; check?: string }) =>
    void navigate({ search: (now) => ({ ...now, ...change }) })
  const take = (found: Preview) => {
    file.begin(found, draftOf(found, again !== undefined))
    go({ step: 'columns', upload: found.upload })
  }
  const step = !asked || !upload || file.error ? 0 : asked === 'check' && dryRun !== undefined ? 2 : 1
  return (
    <div className="hw-page import-page">
      <PageHeader
        title={t('newTitle')}
        purpose={t('newPurpose')}
        above={<Link to="/imports">{t('all')}</Link>}
      />
      <Steps
        size="small"
        current={step}
        items={[{ title: t('stepFile') }, { title: t('stepMap') }, { title: t('stepCheck') }]}
      />
      {asked && file.error && <FileGone error={file.error} retry={file.retry} />}
      {step === 0 && <FileStep onPreview={take} again={again} />}
      {step > 0 && file.loading && <Skeleton active paragraph={{ rows: 8 }} />}
      {step === 1 && preview && draft && (
        <MappingStep
          preview={preview}
          draft={draft}
          onChange={file.change}
          onChecked={(id) => go({ step: 'check', check: id })}
          onRestart={() => go({ step: undefined })}
        />
      )}
      {step === 2 && preview && draft && dryRun !== undefined && (
        <CheckStep id={dryRun} preview={preview} draft={draft} onBack={() => go({ step: 'columns' })} />
      )}
    </div>
  )
}
