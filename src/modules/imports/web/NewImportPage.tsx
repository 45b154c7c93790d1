import { Link } from '@tanstack/react-router'
import { Steps } from 'antd'
import { useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import type { Preview } from '../contract.ts'
import { CheckStep } from './CheckStep.tsx'
import { FileStep } from './FileStep.tsx'
import { draftOf, type ImportDraft } from './import-draft.ts'
import { importWords } from './import-words.ts'
import { MappingStep } from './MappingStep.tsx'
import { newImportRoute } from './pages.tsx'
import './imports.css'

/** File → columns → dry run and start. A file is kept by the server for a day; nothing is written before the start. */
export function NewImportPage() {
  const t = useWords(importWords)
  const { again, step: asked } = newImportRoute.useSearch()
  const navigate = newImportRoute.useNavigate()
  const [preview, setPreview] = useState<Preview>()
  const [draft, setDraft] = useState<ImportDraft>()
  const [dryRun, setDryRun] = useState<string>()
  // In the address, so that the browser's own "back" goes back one step and not out of here.
  const go = (step: 'columns' | 'check' | undefined) => void navigate({ search: (now) => ({ ...now, step }) })
  const take = (found: Preview) => {
    setPreview(found)
    setDraft(draftOf(found, again !== undefined))
    go('columns')
  }
  const check = (id: string) => {
    setDryRun(id)
    go('check')
  }
  // A file lives in this page alone: after a reload it is asked for again.
  const step = !preview || !draft || !asked ? 0 : asked === 'check' && dryRun !== undefined ? 2 : 1
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
      {step === 0 && <FileStep onPreview={take} again={again} />}
      {step === 1 && preview && draft && (
        <MappingStep
          preview={preview}
          draft={draft}
          onChange={setDraft}
          onChecked={check}
          onRestart={() => go(undefined)}
        />
      )}
      {step === 2 && preview && draft && dryRun !== undefined && (
        <CheckStep id={dryRun} preview={preview} draft={draft} onBack={() => go('columns')} />
      )}
    </div>
  )
}
