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
  const { again } = newImportRoute.useSearch()
  const [preview, setPreview] = useState<Preview>()
  const [draft, setDraft] = useState<ImportDraft>()
  const [dryRun, setDryRun] = useState<string>()
  const take = (found: Preview) => {
    setPreview(found)
    setDraft(draftOf(found, again !== undefined))
  }
  const restart = () => {
    setPreview(undefined)
    setDryRun(undefined)
  }
  const step = !preview || !draft ? 0 : dryRun === undefined ? 1 : 2
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
          onChecked={setDryRun}
          onRestart={restart}
        />
      )}
      {step === 2 && preview && draft && dryRun !== undefined && (
        <CheckStep id={dryRun} preview={preview} draft={draft} onBack={() => setDryRun(undefined)} />
      )}
    </div>
  )
}
