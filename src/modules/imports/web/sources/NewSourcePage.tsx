import { Link } from '@tanstack/react-router'
import { Button, Input, Skeleton, Steps } from 'antd'
import { useState } from 'react'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { useToast } from '#ui/use-toast.tsx'
import { useChange } from '#web/use-route.ts'
import { type Preview, routes } from '../../contract.ts'
import { type SourcePlace, sourceRoutes } from '../../source-contract.ts'
import { FileGone } from '../FileGone.tsx'
import { draftOf, type ImportDraft, isSameSpec, readDraft, savedSpecOf } from '../import-draft.ts'
import { MappingFields } from '../MappingStep.tsx'
import { newSourceRoute } from '../pages.tsx'
import { useKeptFile } from '../use-kept-file.ts'
import { PlaceStep } from './PlaceStep.tsx'
import { draftOfPlace, newPlace, type PlaceDraft } from './place-draft.ts'
import { ScheduleFields } from './ScheduleFields.tsx'
import { newSchedule, type ScheduleDraft, scheduleOf } from './schedule-choice.ts'
import { sourceWords } from './source-words.ts'
import '../imports.css'
import './sources.css'

/** What the server keeps of unfinished choices, with the file that was looked at. */
type Kept = { place: SourcePlace; mapping: ImportDraft; plan: Plan }
type Looked = { place: SourcePlace; preview: Preview }
type Plan = { name: string; when: ScheduleDraft }

const columnsOf = ({ columns }: Preview) => JSON.stringify(columns.map((one) => one.name))
const newPlan = (kind: SourcePlace['kind']): Plan => ({
  name: '',
  when: { ...newSchedule, every: kind === 'folder' ? 'file' : newSchedule.every },
})

/** Where from → columns → when. What was typed in a step is there when one comes back to it. */
export function NewSourcePage() {
  const t = useWords(sourceWords)
  const { step: asked, upload } = newSourceRoute.useSearch()
  const navigate = newSourceRoute.useNavigate()
  const file = useKeptFile(upload)
  const { preview } = file
  const kept = file.draft as Kept | undefined
  const looked = preview && kept?.place && { place: kept.place, preview }
  const draft = preview && (readDraft(kept?.mapping, preview) ?? draftOf(preview))
  const plan = kept?.plan
  // Of the place, what is typed is kept with the file it leads to.
  const [typed, setWhere] = useState<PlaceDraft>()
  const where = typed ?? (kept?.place ? draftOfPlace(kept.place) : newPlace)
  // In the address, so that the browser's own "back" goes back one step and a reload stays where one is.
  const go = (step: 'columns' | 'when' | undefined, of = upload) =>
    void navigate({ search: { step, upload: of } })
  const change = (part: Partial<Kept>) => kept && file.change({ ...kept, ...part })
  const take = (place: SourcePlace, found: Preview) => {
    const isSame = looked && columnsOf(looked.preview) === columnsOf(found)
    const isKind = plan && looked?.place.kind === place.kind
    file.begin(found, {
      place,
      mapping: isSame && draft ? draft : draftOf(found),
      plan: isKind ? plan : newPlan(place.kind),
    } satisfies Kept)
    go('columns', found.upload)
  }
  const step = !asked || !upload || file.error ? 0 : asked === 'when' ? 2 : 1
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
      {asked && file.error && <FileGone error={file.error} retry={file.retry} />}
      {step > 0 && file.loading && <Skeleton active paragraph={{ rows: 8 }} />}
      {step === 0 && <PlaceStep draft={where} onChange={setWhere} onPreview={take} />}
      {step === 1 && looked && draft && (
        <>
          <MappingFields
            preview={looked.preview}
            draft={draft}
            onChange={(mapping) => change({ mapping })}
            onRestart={() => go(undefined)}
          />
          <div className="hw-bar import-foot">
            <span className="hw-bar-grow" />
            <Button onClick={() => go(undefined)}>{t('back')}</Button>
            <Button type="primary" onClick={() => go('when')}>
              {t('next2')}
            </Button>
          </div>
        </>
      )}
      {step === 2 && looked && draft && plan && (
        <WhenStep
          looked={looked}
          draft={draft}
          plan={plan}
          onChange={(next) => change({ plan: next })}
          onBack={() => go('columns')}
        />
      )}
    </div>
  )
}

type WhenProps = {
  looked: Looked
  draft: ImportDraft
  plan: Plan
  onChange: (plan: Plan) => void
  onBack: () => void
}

function WhenStep({ looked, draft, plan, onChange, onBack }: WhenProps) {
  const t = useWords(sourceWords)
  const toast = useToast()
  const navigate = newSourceRoute.useNavigate()
  const { place, preview } = looked
  const { name, when } = plan
  const keep = useChange(routes.saveMapping, [routes.listMappings])
  const create = useChange(sourceRoutes.createSource, [sourceRoutes.listSources])
  const spec = savedSpecOf(draft, preview)
  // The same mapping under another name would only be one more to look after.
  // The one kept by a try whose source was then refused is known as well.
  const known = [...preview.mappings, ...(keep.data ? [keep.data] : [])].find((one) =>
    isSameSpec(one.spec, spec),
  )
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
          onChange={({ target }) => onChange({ ...plan, name: target.value })}
        />
        <span className="hw-fine source-block">{t('nameHint')}</span>
      </div>
      <ScheduleFields kind={place.kind} draft={when} onChange={(next) => onChange({ ...plan, when: next })} />
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
