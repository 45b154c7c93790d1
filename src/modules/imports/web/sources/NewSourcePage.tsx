import { Link } from '@tanstack/react-router'
import { Button, Input, Steps } from 'antd'
import { useState } from 'react'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { useChange } from '#web/use-route.ts'
import { type Preview, routes } from '../../contract.ts'
import { type SourcePlace, sourceRoutes } from '../../source-contract.ts'
import { draftOf, type ImportDraft, savedSpecOf } from '../import-draft.ts'
import { MappingFields } from '../MappingStep.tsx'
import { newSourceRoute } from '../pages.tsx'
import { PlaceStep } from './PlaceStep.tsx'
import { newPlace } from './place-draft.ts'
import { ScheduleFields } from './ScheduleFields.tsx'
import { newSchedule, scheduleOf } from './schedule-choice.ts'
import { sourceWords } from './source-words.ts'
import '../imports.css'
import './sources.css'

type Looked = { place: SourcePlace; preview: Preview }

/** Where from → columns → when. What was typed in a step is there when one comes back to it. */
export function NewSourcePage() {
  const t = useWords(sourceWords)
  const [where, setWhere] = useState(newPlace)
  const [looked, setLooked] = useState<Looked>()
  const [draft, setDraft] = useState<ImportDraft>()
  const [step, setStep] = useState(0)
  const take = (place: SourcePlace, preview: Preview) => {
    setLooked({ place, preview })
    setDraft(draftOf(preview))
    setStep(1)
  }
  return (
    <div className="hw-page import-page">
      <PageHeader
        title={t('newTitle')}
        purpose={t('newPurpose')}
        above={<Link to="/imports/sources">{t('allSources')}</Link>}
      />
      <Steps
        size="small"
        current={step}
        items={[{ title: t('stepWhere') }, { title: t('stepMap') }, { title: t('stepWhen') }]}
      />
      {step === 0 && <PlaceStep draft={where} onChange={setWhere} onPreview={take} />}
      {step === 1 && looked && draft && (
        <>
          <MappingFields
            preview={looked.preview}
            draft={draft}
            onChange={setDraft}
            onRestart={() => setStep(0)}
          />
          <div className="hw-bar import-foot">
            <span className="hw-bar-grow" />
            <Button onClick={() => setStep(0)}>{t('back')}</Button>
            <Button type="primary" onClick={() => setStep(2)}>
              {t('next2')}
            </Button>
          </div>
        </>
      )}
      {step === 2 && looked && draft && <WhenStep looked={looked} draft={draft} onBack={() => setStep(1)} />}
    </div>
  )
}

function WhenStep({ looked, draft, onBack }: { looked: Looked; draft: ImportDraft; onBack: () => void }) {
  const t = useWords(sourceWords)
  const toast = useToast()
  const navigate = newSourceRoute.useNavigate()
  const { place, preview } = looked
  const [name, setName] = useState('')
  const [when, setWhen] = useState({
    ...newSchedule,
    every: place.kind === 'folder' ? ('file' as const) : newSchedule.every,
  })
  const keep = useChange(routes.saveMapping, [routes.listMappings])
  const create = useChange(sourceRoutes.createSource, [sourceRoutes.listSources])
  const spec = savedSpecOf(draft, preview)
  // The same mapping under another name would only be one more to look after.
  const known = preview.mappings.find((one) => JSON.stringify(one.spec) === JSON.stringify(spec))
  const save = async () => {
    const columns = preview.columns.map((column) => column.name)
    const mapping = known ?? (await keep.mutateAsync({ body: { name: name.trim(), columns, spec } }))
    const body = { name: name.trim(), place, mapping: mapping.id, schedule: scheduleOf(when), paused: false }
    const made = await create.mutateAsync({ body })
    toast.done(t('finished', { name: made.name }))
    await navigate({ to: '/imports/sources/$id', params: { id: made.id } })
  }
  const error = keep.error ?? create.error
  return (
    <form
      className="hw-panel hw-panel-body"
      onSubmit={(event) => {
        event.preventDefault()
        save().catch(() => undefined) // shown below
      }}
    >
      <div className="hw-field">
        <span>{t('name')}</span>
        <Input
          autoFocus
          aria-label={t('name')}
          className="source-connection"
          maxLength={200}
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <span className="hw-fine source-block">{t('nameHint')}</span>
      </div>
      <ScheduleFields kind={place.kind} draft={when} onChange={setWhen} />
      {error && <ErrorState error={error} compact />}
      <div className="hw-bar source-foot">
        <span className="hw-bar-grow" />
        <Button onClick={onBack}>{t('back')}</Button>
        <Button
          type="primary"
          htmlType="submit"
          disabled={name.trim() === ''}
          loading={keep.isPending || create.isPending}
        >
          {t('finish')}
        </Button>
      </div>
    </form>
  )
}
