import { SaveOutlined } from '@ant-design/icons'
import { Button, Input, Popover, Select } from 'antd'
import { useState } from 'react'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { useChange } from '#web/use-route.ts'
import { type Preview, routes, type SavedMapping } from '../contract.ts'
import { draftOfSpec, type ImportDraft, savedSpecOf } from './import-draft.ts'
import { importWords } from './import-words.ts'

type Props = { preview: Preview; draft: ImportDraft; onChange: (draft: ImportDraft) => void }

/** Takes a saved mapping that fits the file, and keeps the present one under a name. */
export function SavedMappings({ preview, draft, onChange }: Props) {
  const t = useWords(importWords)
  const [saved, setSaved] = useState<readonly SavedMapping[]>(preview.mappings)
  const [chosen, setChosen] = useState(preview.mappings[0]?.same ? preview.mappings[0].id : undefined)
  const choose = (id: string | undefined) => {
    setChosen(id)
    const one = saved.find((each) => each.id === id)
    if (one) onChange(draftOfSpec(one.spec, preview))
  }
  const keep = (one: SavedMapping) => {
    setSaved([one, ...saved.filter((each) => each.id !== one.id)])
    setChosen(one.id)
  }
  const current = saved.find((one) => one.id === chosen)
  return (
    <div className="hw-panel hw-panel-body import-saved">
      <div className="hw-bar">
        {saved.length > 0 && (
          <Select
            className="import-saved-choice"
            aria-label={t('savedMapping')}
            placeholder={t('savedMapping')}
            value={chosen}
            options={saved.map((one) => ({ value: one.id, label: one.name }))}
            onChange={choose}
          />
        )}
        <span className="hw-fine">
          {current ? t('mappingTaken', { name: current.name }) : t('mappingHint')}
        </span>
        <span className="hw-bar-grow" />
        <KeepMapping preview={preview} draft={draft} current={current} onKept={keep} />
      </div>
    </div>
  )
}

type KeepProps = {
  preview: Preview
  draft: ImportDraft
  current: SavedMapping | undefined
  onKept: (one: SavedMapping) => void
}

function KeepMapping({ preview, draft, current, onKept }: KeepProps) {
  const t = useWords(importWords)
  const toast = useToast()
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const save = useChange(routes.saveMapping, [routes.listMappings])
  const replace = useChange(routes.replaceMapping, [routes.listMappings])
  const body = {
    name: name.trim(),
    columns: preview.columns.map((column) => column.name),
    spec: savedSpecOf(draft, preview),
  }
  const ending = {
    onSuccess: (one: SavedMapping) => {
      setOpen(false)
      onKept(one)
      toast.done(t('mappingKept', { name: one.name }))
    },
    onError: toast.failed,
  }
  const store = () =>
    current && current.name === body.name
      ? replace.mutate({ params: { id: current.id }, body }, ending)
      : save.mutate({ body }, ending)
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={(next) => {
        setOpen(next)
        if (next) setName(current?.name ?? '')
      }}
      content={
        <form
          className="hw-bar"
          onSubmit={(event) => {
            event.preventDefault()
            if (body.name !== '') store()
          }}
        >
          <Input
            autoFocus
            aria-label={t('mappingName')}
            placeholder={t('mappingName')}
            maxLength={200}
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
          <Button
            type="primary"
            htmlType="submit"
            loading={save.isPending || replace.isPending}
            disabled={body.name === ''}
          >
            {t(current && current.name === body.name ? 'replaceMapping' : 'keepMapping')}
          </Button>
        </form>
      }
    >
      <Button icon={<SaveOutlined aria-hidden="true" />}>{t('keepMapping')}</Button>
    </Popover>
  )
}
