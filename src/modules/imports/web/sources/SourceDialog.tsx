import { Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { uiWords } from '#ui/ui-words.ts'
import { useToast } from '#ui/use-toast.tsx'
import { useChange, useRoute } from '#web/use-route.ts'
import { routes } from '../../contract.ts'
import { type Source, sourceRoutes } from '../../source-contract.ts'
import { PlaceFields } from './PlaceFields.tsx'
import { draftOfPlace, placeOfDraft } from './place-draft.ts'
import { ScheduleFields } from './ScheduleFields.tsx'
import { draftOfSchedule, scheduleOf } from './schedule-choice.ts'
import { sourceWords } from './source-words.ts'

/** Everything of a source but its kind. */
export function SourceDialog({ one, onClose }: { one: Source; onClose: () => void }) {
  const t = useWords(sourceWords)
  const ui = useWords(uiWords)
  const toast = useToast()
  const [name, setName] = useState(one.name)
  const [mapping, setMapping] = useState(one.mapping.id)
  const [where, setWhere] = useState(draftOfPlace(one.place))
  const [when, setWhen] = useState(draftOfSchedule(one.schedule))
  const mappings = useRoute(routes.listMappings, {})
  const change = useChange(sourceRoutes.changeSource, [sourceRoutes.getSource, sourceRoutes.listSources])
  const place = placeOfDraft(where)
  const schedule = scheduleOf(when)
  const save = () =>
    place &&
    change.mutate(
      {
        params: { id: one.id },
        body: {
          ...{ name: name.trim(), place, mapping },
          // A schedule that is sent begins anew.
          ...(JSON.stringify(schedule) !== JSON.stringify(one.schedule) && { schedule }),
        },
      },
      {
        onSuccess: () => {
          toast.done(t('saved'))
          onClose()
        },
      },
    )
  const choices = mappings.data?.items ?? [one.mapping]
  return (
    <Modal
      open
      title={t('editTitle')}
      okText={t('save')}
      cancelText={ui('cancel')}
      width={640}
      confirmLoading={change.isPending}
      okButtonProps={{ disabled: !place || name.trim() === '' }}
      onOk={save}
      onCancel={onClose}
    >
      <div className="hw-field">
        <span>{t('name')}</span>
        <Input
          aria-label={t('name')}
          maxLength={200}
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
      </div>
      <PlaceFields draft={where} onChange={(said) => setWhere({ ...where, ...said })} />
      {one.place.kind === 'database' && <p className="hw-fine">{t('sqlAgain')}</p>}
      <div className="hw-field">
        <span>{t('mapping')}</span>
        <Select
          className="source-connection"
          aria-label={t('mapping')}
          value={mapping}
          options={choices.map(({ id, name: label }) => ({ value: id, label }))}
          onChange={setMapping}
        />
      </div>
      <ScheduleFields kind={one.place.kind} draft={when} onChange={setWhen} />
      {change.error && <ErrorState error={change.error} compact />}
    </Modal>
  )
}
